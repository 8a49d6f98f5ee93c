//! Reading the text of one file, so that no freed memory keeps it.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use zeroize::{Zeroize as _, Zeroizing};

/// The most bytes that a file of one setting may have.
const MOST_BYTES: usize = 64 * 1024;

/// Why a file was not read. It knows nothing of what is in the file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum FileFault {
    #[error("cannot be read: {0}")]
    Unreadable(ErrorKind),
    #[error("cannot be read: it is a folder or a device, not a file")]
    NotAFile,
    #[error("is larger than {} KiB", .most.div_euclid(1024))]
    TooLarge { most: usize },
    #[error("is not UTF-8 text")]
    NotText,
}

/// The text of the file at `path` without its last line break, or nothing when there is none.
///
/// Exactly one `\n` or `\r\n` at the end is removed: editors and `echo` put it there, and more
/// than that may belong to the secret.
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, FileFault> {
    let Some(bytes) = read_bytes(path, MOST_BYTES)? else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| FileFault::NotText)?;
    Ok(Some(Zeroizing::new(without_line_break(text).to_owned())))
}

/// The whole text of a file of many settings.
pub(crate) fn read_up_to(path: &Path, most: usize) -> Result<Option<Zeroizing<String>>, FileFault> {
    let Some(mut bytes) = read_bytes(path, most)? else {
        return Ok(None);
    };
    match String::from_utf8(std::mem::take(&mut bytes)) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) => {
            error.into_bytes().zeroize();
            Err(FileFault::NotText)
        }
    }
}

fn read_bytes(path: &Path, most: usize) -> Result<Option<Zeroizing<Vec<u8>>>, FileFault> {
    let unreadable = |error: std::io::Error| FileFault::Unreadable(error.kind());
    let file = match open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // Of the opened file: what is checked is what is read.
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FileFault::NotAFile);
    }
    // One buffer that never grows: growing would leave a copy behind. The size that the file says
    // is only a guess, which may be too small: then nothing was read into it yet but this much.
    let limit = most.saturating_add(1);
    let guess =
        usize::try_from(metadata.len()).map_or(limit, |said| said.saturating_add(1).min(limit));
    let mut bytes = Zeroizing::new(vec![0; guess]);
    let mut file = file.take(u64::try_from(limit).unwrap_or(u64::MAX));
    let mut length = 0usize;
    loop {
        let Some(free) = bytes.get_mut(length..).filter(|free| !free.is_empty()) else {
            if length >= limit {
                return Err(FileFault::TooLarge { most });
            }
            let mut larger = Zeroizing::new(vec![0; limit]);
            if let Some(front) = larger.get_mut(..length) {
                front.copy_from_slice(&bytes);
            }
            bytes = larger;
            continue;
        };
        match file.read(free) {
            Ok(0) => break,
            Ok(count) => length = length.saturating_add(count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    bytes.truncate(length);
    Ok(Some(bytes))
}

/// Without waiting: opening a pipe waits for its writer otherwise, and to look first would only be
/// to look at what was there before. For a file it means nothing.
#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    let mut options = File::options();
    options.read(true).custom_flags(libc::O_NONBLOCK);
    options.open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

fn without_line_break(text: &str) -> &str {
    match text.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line),
        None => text,
    }
}
