//! Folders and files of a test.

use std::fs;
use std::path::PathBuf;

/// A folder that is removed at the end of the test. Its files are for this user only.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(test: &str) -> Self {
        let name = format!("api-utils-{test}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).unwrap();
        self.mode(name, 0o600);
    }

    #[cfg(unix)]
    pub(super) fn mode(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(self.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    #[cfg(not(unix))]
    pub(super) fn mode(&self, _: &str, _: u32) {}

    pub(super) fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a file may be and no setting is in: opening the pipe would wait for its writer, and the
/// device has no end.
#[cfg(unix)]
impl Folder {
    pub(super) fn with_pipe(self, name: &str) -> Self {
        let made = std::process::Command::new("mkfifo")
            .arg(self.0.join(name))
            .status();
        assert!(made.unwrap().success());
        self
    }

    pub(super) fn with_link(self, name: &str, target: impl AsRef<std::path::Path>) -> Self {
        std::os::unix::fs::symlink(target, self.0.join(name)).unwrap();
        self
    }
}
