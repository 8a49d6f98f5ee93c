//! A folder with one file per setting: how Docker, Kubernetes and systemd hand over secrets.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::origin::Origin;
use super::source::{Key, Source, SourceFault, Unasked};
use super::value::Value;
use crate::secret::file;

/// A folder in which the file `NAME` holds the setting `NAME`. The file may be called
/// `name` or `na-me` as well: Kubernetes and Docker have such names.
pub(crate) struct Folder {
    /// As it was given, to be shown.
    shown: PathBuf,
    /// What is read: Kubernetes swaps the link `..data` to a new folder when a secret changes, and
    /// following it once keeps one load within one generation.
    read: PathBuf,
    files: BTreeMap<String, Found>,
}

struct Found {
    file: String,
    /// A second file for the same setting.
    other: Option<String>,
    asked: AtomicBool,
}

impl Folder {
    pub(crate) fn open(path: PathBuf) -> Result<Self, String> {
        match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err("is not a folder".to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err("is not there".to_owned());
            }
            Err(error) => return Err(unreadable(&error)),
        }
        let read = match path.join("..data").canonicalize() {
            Ok(resolved) => resolved,
            Err(error) if error.kind() == ErrorKind::NotFound => path.clone(),
            Err(error) => return Err(unreadable(&error)),
        };
        let files = list(&read).map_err(|error| unreadable(&error))?;
        Ok(Self {
            shown: path,
            read,
            files,
        })
    }
}

impl Folder {
    /// Names of files are compared in capitals, and a few settings have no such name.
    fn file_of(&self, name: &str) -> Option<&Found> {
        if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
            self.files.get(&setting_of(name))
        } else {
            self.files.get(name)
        }
    }
}

fn unreadable(error: &std::io::Error) -> String {
    format!("cannot be read: {}", error.kind())
}

fn list(folder: &Path) -> std::io::Result<BTreeMap<String, Found>> {
    let mut files: BTreeMap<String, Found> = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        // A name that is not UTF-8 is that of no setting; one with a dot is not meant to be seen.
        let Ok(file) = entry?.file_name().into_string() else {
            continue;
        };
        if file.starts_with('.') {
            continue;
        }
        match files.get_mut(&setting_of(&file)) {
            Some(found) => found.other = Some(file),
            None => {
                let found = Found {
                    file: file.clone(),
                    other: None,
                    asked: AtomicBool::new(false),
                };
                files.insert(setting_of(&file), found);
            }
        }
    }
    Ok(files)
}

/// `jwt-secret` holds `JWT_SECRET`.
pub(crate) fn setting_of(written: &str) -> String {
    let mut setting = String::with_capacity(written.len());
    push_setting(&mut setting, written);
    setting
}

pub(crate) fn push_setting(into: &mut String, written: &str) {
    let start = into.len();
    if written.contains('-') {
        into.push_str(&written.replace('-', "_"));
    } else {
        into.push_str(written);
    }
    if let Some(setting) = into.get_mut(start..) {
        setting.make_ascii_uppercase();
    }
}

impl Source for Folder {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let Some(found) = self.file_of(key.name()) else {
            return Ok(None);
        };
        found.asked.store(true, Ordering::Relaxed);
        let origin = Origin::file(self.shown.join(&found.file).display().to_string());
        if let Some(other) = &found.other {
            let reason = format!("is in two files, {} and {other}", found.file);
            return Err(SourceFault::new(origin, reason));
        }
        match file::read(&self.read.join(&found.file)) {
            Ok(Some(text)) => Ok(Some(Value::secret_text(text, origin))),
            // It is in the folder, so it was meant: what is below it was not.
            Ok(None) => Err(SourceFault::new(
                origin,
                "cannot be read: it is a link to nothing, or was just removed",
            )),
            Err(fault) => Err(SourceFault::new(origin, fault.to_string())),
        }
    }

    fn place(&self, key: &Key<'_>) -> String {
        self.shown.join(key.name()).display().to_string()
    }

    /// Files only: a folder inside is not meant for a setting.
    fn __unasked(&self) -> Vec<Unasked> {
        self.files
            .iter()
            .filter(|(_, found)| !found.asked.load(Ordering::Relaxed))
            .filter(|(_, found)| self.read.join(&found.file).is_file())
            .map(|(setting, found)| Unasked {
                name: found.file.clone(),
                setting: setting.clone(),
                origin: Origin::file(self.shown.join(&found.file).display().to_string()),
            })
            .collect()
    }
}
