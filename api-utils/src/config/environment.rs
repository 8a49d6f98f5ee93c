//! The environment: `NAME`, or `NAME_FILE` with the path of the file that holds the value.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;

use zeroize::{Zeroize as _, Zeroizing};

use super::nearest;
use super::origin::Origin;
use super::source::{Key, Source, SourceFault};
use super::value::Value;
use crate::secret::file;

const FILE: &str = "_FILE";

/// The variables of a process, read once: one load sees one state of them. They are wiped when
/// the load is over.
pub(crate) struct Environment {
    variables: Vec<(OsString, OsString)>,
    /// Whether any of them may be a `NAME_FILE`.
    has_files: bool,
}

impl Environment {
    pub(crate) fn of_process() -> Self {
        Self::given(std::env::vars_os())
    }

    pub(crate) fn given(variables: impl Iterator<Item = (OsString, OsString)>) -> Self {
        let variables: Vec<(OsString, OsString)> = variables.collect();
        let is_file = |(name, _): &(OsString, OsString)| {
            let name = name.as_encoded_bytes();
            name.last_chunk::<{ FILE.len() }>()
                .is_some_and(|end| same(end, FILE.as_bytes()))
        };
        Self {
            has_files: variables.iter().any(is_file),
            variables,
        }
    }

    /// Like `getenv`: the first of that name. A length that differs is seen at once, so a walk is
    /// faster than an index would be built.
    fn raw(&self, is_named: impl Fn(&[u8]) -> bool) -> Option<&OsStr> {
        self.variables
            .iter()
            .find(|(name, _)| is_named(name.as_encoded_bytes()))
            .map(|(_, value)| value.as_os_str())
    }

    pub(crate) fn variable(&self, name: &str) -> Option<&OsStr> {
        self.raw(|one| same(one, name.as_bytes()))
    }

    /// What `NAME_FILE` says.
    fn file_of(&self, name: &str) -> Option<&OsStr> {
        if !self.has_files {
            return None;
        }
        self.raw(|one| {
            one.split_last_chunk::<{ FILE.len() }>()
                .is_some_and(|(stem, end)| {
                    same(end, FILE.as_bytes()) && same(stem, name.as_bytes())
                })
        })
    }

    fn read_file(key: &Key<'_>, path: &OsStr) -> Result<Option<Value>, SourceFault> {
        let variable = format!("{}{FILE}", key.name());
        // The path is not shown: whoever took the variable for that of the secret itself has put
        // the secret there.
        let fault = |reason: &str| {
            let reason = format!("cannot be read: {variable} {reason}");
            SourceFault::new(Origin::environment(variable.as_str()), reason)
        };
        if path.is_empty() {
            return Err(fault("is empty"));
        }
        match file::read(Path::new(path)) {
            Ok(Some(text)) => {
                let origin = Origin::file(Path::new(path).display().to_string());
                Ok(Some(Value::secret_text(text, origin)))
            }
            Ok(None) => Err(fault("names a file that is not there")),
            Err(reason) => Err(fault(&format!("names a file that {reason}"))),
        }
    }
}

/// Windows does not tell `Path` from `PATH`.
fn same(left: &[u8], right: &[u8]) -> bool {
    if cfg!(windows) {
        left.eq_ignore_ascii_case(right)
    } else {
        left == right
    }
}

impl Source for Environment {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let plain = self.variable(key.name());
        if let Some(path) = self.file_of(key.name()) {
            let name = key.name();
            return match plain {
                Some(plain) if !plain.is_empty() => Err(SourceFault::new(
                    Origin::variable(key.to_name()),
                    format!("is set by {name} and by {name}{FILE}; drop one of the two"),
                )),
                _ => Self::read_file(key, path),
            };
        }
        let Some(value) = plain else {
            return Ok(None);
        };
        let origin = Origin::variable(key.to_name());
        match value.to_str() {
            // One copy of its exact size, wiped when it is dropped.
            Some(text) => Ok(Some(Value::secret_text(
                Zeroizing::new(text.to_owned()),
                origin,
            ))),
            // A variable that is not UTF-8 is an error only if somebody asks for it.
            None => Err(SourceFault::new(origin, "is not UTF-8 text")),
        }
    }

    fn place(&self, key: &Key<'_>) -> String {
        Origin::variable(key.to_name()).to_string()
    }

    /// Another spelling of it, or below the program's own prefix a name that is near.
    fn __similar(&self, key: &Key<'_>, prefix: &str) -> Option<String> {
        let names = || self.variables.iter().filter_map(|(name, _)| name.to_str());
        names()
            .find(|name| name.eq_ignore_ascii_case(key.name()))
            .or_else(|| {
                let own = names().filter(|name| !prefix.is_empty() && name.starts_with(prefix));
                nearest::nearest(key.name(), own)
            })
            .map(str::to_owned)
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        for (_, value) in self.variables.drain(..) {
            value.into_encoded_bytes().zeroize();
        }
    }
}

/// The names, never the values.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.variables.iter().map(|(name, _)| name))
            .finish()
    }
}
