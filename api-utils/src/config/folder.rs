//! A folder with one file per setting: how Docker, Kubernetes and systemd hand over secrets.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::origin::Origin;
use super::source::{Key, Source, SourceFault};
use super::value::Value;
use crate::secret::file;

/// A folder in which the file `NAME` holds the setting `NAME`.
pub(crate) struct Folder {
    /// As it was given, to be shown.
    shown: PathBuf,
    /// What is read: Kubernetes swaps the link `..data` to a new folder when a secret changes, and
    /// following it once keeps one load within one generation.
    read: PathBuf,
}

impl Folder {
    pub(crate) fn open(path: PathBuf) -> Result<Self, String> {
        match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err("is not a folder".to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err("is not there".to_owned());
            }
            Err(error) => return Err(format!("cannot be read: {}", error.kind())),
        }
        let generation = path.join("..data");
        let read = match generation.canonicalize() {
            Ok(resolved) => resolved,
            Err(error) if error.kind() == ErrorKind::NotFound => path.clone(),
            Err(error) => return Err(format!("cannot be read: {}", error.kind())),
        };
        Ok(Self { shown: path, read })
    }
}

impl Source for Folder {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let origin = Origin::file(self.place(key));
        match file::read(&self.read.join(key.name())) {
            Ok(text) => Ok(text.map(|text| Value::secret_text(text, origin))),
            Err(fault) => Err(SourceFault::new(origin, fault.to_string())),
        }
    }

    fn place(&self, key: &Key<'_>) -> String {
        self.shown.join(key.name()).display().to_string()
    }
}
