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

/// The variables of a process. Each is asked for by its name when a load comes to it: a copy of
/// all of them would take longer than the load, and hold what is nobody's setting.
pub(crate) struct Environment {
    variables: Variables,
}

enum Variables {
    OfProcess,
    /// Wiped when the load is over.
    Given(Vec<(OsString, OsString)>),
}

/// The value of a variable, wiped when it is dropped.
pub(crate) struct Variable(OsString);

impl Environment {
    pub(crate) fn of_process() -> Self {
        Self {
            variables: Variables::OfProcess,
        }
    }

    pub(crate) fn given(variables: impl Iterator<Item = (OsString, OsString)>) -> Self {
        Self {
            variables: Variables::Given(variables.collect()),
        }
    }

    /// Like `getenv`: the first of that name.
    pub(crate) fn variable(&self, name: &str) -> Option<Variable> {
        let value = match &self.variables {
            Variables::OfProcess => std::env::var_os(name)?,
            // A length that differs is seen at once, so a walk is faster than an index would be
            // built.
            Variables::Given(variables) => variables
                .iter()
                .find(|(one, _)| same(one.as_encoded_bytes(), name.as_bytes()))
                .map(|(_, value)| value.clone())?,
        };
        Some(Variable(value))
    }

    fn names(&self) -> Vec<String> {
        let name = |name: &OsStr| name.to_str().map(str::to_owned);
        match &self.variables {
            Variables::OfProcess => std::env::vars_os()
                .filter_map(|(one, value)| {
                    drop(Variable(value));
                    name(&one)
                })
                .collect(),
            Variables::Given(variables) => {
                variables.iter().filter_map(|(one, _)| name(one)).collect()
            }
        }
    }

    fn read_file(key: &Key<'_>, path: &OsStr) -> Result<Option<Value>, SourceFault> {
        let variable = key.file();
        // The path is not shown: whoever took the variable for that of the secret itself has put
        // the secret there.
        let fault = |reason: &str| {
            let reason = format!("cannot be read: {variable} {reason}");
            SourceFault::new(Origin::environment(variable), reason)
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

impl Variable {
    pub(crate) fn as_os_str(&self) -> &OsStr {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same memory, or nothing where it is not UTF-8.
    fn into_text(mut self) -> Option<Zeroizing<String>> {
        match std::mem::take(&mut self.0).into_string() {
            Ok(text) => Some(Zeroizing::new(text)),
            Err(other) => {
                drop(Self(other));
                None
            }
        }
    }
}

impl Drop for Variable {
    fn drop(&mut self) {
        std::mem::take(&mut self.0).into_encoded_bytes().zeroize();
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
        if let Some(path) = self.variable(key.file()) {
            let name = key.name();
            return match plain {
                Some(plain) if !plain.is_empty() => Err(SourceFault::new(
                    Origin::variable(key.to_name()),
                    format!(
                        "is set by {name} and by {}; drop one of the two",
                        key.file()
                    ),
                )),
                _ => Self::read_file(key, path.as_os_str()),
            };
        }
        let Some(value) = plain else {
            return Ok(None);
        };
        let origin = Origin::variable(key.to_name());
        match value.into_text() {
            Some(text) => Ok(Some(Value::secret_text(text, origin))),
            // A variable that is not UTF-8 is an error only if somebody asks for it.
            None => Err(SourceFault::new(origin, "is not UTF-8 text")),
        }
    }

    fn __plain(&self, name: &str, file: &str) -> Option<String> {
        let text = match &self.variables {
            Variables::OfProcess if std::env::var_os(file).is_some() => return None,
            Variables::OfProcess => std::env::var(name).ok()?,
            Variables::Given(_) if self.variable(file).is_some() => return None,
            Variables::Given(_) => std::mem::take(&mut *self.variable(name)?.into_text()?),
        };
        (!text.is_empty()).then_some(text)
    }

    fn place(&self, key: &Key<'_>) -> String {
        Origin::variable(key.to_name()).to_string()
    }

    /// Another spelling of it, or below the program's own prefix a name that is near.
    fn __similar(&self, key: &Key<'_>, prefix: &str) -> Option<String> {
        let all = self.names();
        let names = || all.iter().map(String::as_str);
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
        if let Variables::Given(variables) = &mut self.variables {
            variables
                .drain(..)
                .for_each(|(_, value)| drop(Variable(value)));
        }
    }
}

/// The names, never the values.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
