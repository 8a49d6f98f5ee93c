//! Reading the text of one file, so that no freed memory keeps it.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

/// The most bytes that a file of one setting may have.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// Why a file was not read. It knows nothing of what is in the file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum FileFault {
    #[error("cannot be read: {0}")]
    Unreadable(ErrorKind),
    #[error("cannot be read: it is a folder or a device, not a file")]
    NotAFile,
    #[error("is larger than 64 KiB")]
    TooLarge,
    #[error("is not UTF-8 text")]
    NotText,
}

/// The text of the file at `path` without its last line break, or nothing when there is none.
///
/// Exactly one `\n` or `\r\n` at the end is removed: editors and `echo` put it there, and more
/// than that may belong to the secret.
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, FileFault> {
    let unreadable = |error: std::io::Error| FileFault::Unreadable(error.kind());
    // Before it is opened: opening a pipe waits for its writer.
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Err(FileFault::NotAFile),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    }
    let file = File::open(path).map_err(unreadable)?;
    // And of the opened file: what is checked is what is read.
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(FileFault::NotAFile);
    }
    // One buffer of the largest size that never grows: growing would leave a copy behind.
    let most = MOST_BYTES.saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    file.take(u64::try_from(most).unwrap_or(u64::MAX))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| FileFault::NotText)?;
    Ok(Some(Zeroizing::new(without_line_break(text).to_owned())))
}

fn without_line_break(text: &str) -> &str {
    match text.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line),
        None => text,
    }
}
