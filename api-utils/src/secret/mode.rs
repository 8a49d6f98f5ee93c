//! Who else can read or change the file of a secret.

use std::path::Path;

/// What is wrong with a file's mode. Readable by the process's own group is fine: Kubernetes'
/// `fsGroup` makes it so. `strict` looks at the folder and the owner as well.
#[cfg(unix)]
pub(crate) fn fault(path: &Path, strict: bool) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;

    const READ_BY_OTHERS: u32 = 0o004;
    const WRITE_BY_OTHERS: u32 = 0o002;

    let metadata = std::fs::metadata(path).ok()?;
    if metadata.mode() & WRITE_BY_OTHERS != 0 {
        return Some("is in a file that every user can change");
    }
    if metadata.mode() & READ_BY_OTHERS != 0 {
        return Some("is in a file that every user can read");
    }
    if !strict {
        return None;
    }
    let folder = path.parent()?;
    if std::fs::metadata(folder).is_ok_and(|folder| folder.mode() & WRITE_BY_OTHERS != 0) {
        return Some("is in a folder that every user can write to");
    }
    if own_user().is_some_and(|own| metadata.uid() != own && metadata.uid() != 0) {
        return Some("is in a file of another user");
    }
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) if !file.starts_with(&folder) => Some("is a link out of its folder"),
        _ => None,
    }
}

/// The user of this process, where the system shows it as a file.
#[cfg(unix)]
fn own_user() -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;

    std::fs::metadata("/proc/self")
        .ok()
        .map(|process| process.uid())
}

#[cfg(not(unix))]
pub(crate) fn fault(_: &Path, _: bool) -> Option<&'static str> {
    None
}
