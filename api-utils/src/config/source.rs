//! Where settings are looked up: one small trait, and the environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

use super::origin::Origin;
use super::value::Value;

/// A place that has settings by name. Write one to load from somewhere else.
///
/// ```
/// use api_utils::config::{Key, Origin, Source, SourceFault, Sources, Value};
///
/// struct Vault;
///
/// impl Source for Vault {
///     fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
///         let place = Origin::file(self.place(key));
///         Ok((key.name() == "DB_PASSWORD").then(|| Value::text("from the vault", place)))
///     }
///
///     fn place(&self, key: &Key<'_>) -> String {
///         format!("vault:{}", key.name())
///     }
/// }
///
/// let sources = Sources::empty().source(Vault);
/// ```
pub trait Source: Send + Sync {
    /// What this source has for a setting, if it has it.
    ///
    /// # Errors
    ///
    /// [`SourceFault`] where it has something that cannot be read. No lower source is asked then.
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault>;

    /// Where it looks for a setting, to tell people where they can put one.
    fn place(&self, key: &Key<'_>) -> String;
}

/// What a [`Source`] is asked for.
///
/// ```
/// # use api_utils::config::Key;
/// fn variable(key: &Key<'_>) -> String {
///     key.name().to_owned()
/// }
/// ```
#[derive(Debug)]
pub struct Key<'a> {
    name: &'a str,
}

impl<'a> Key<'a> {
    pub(crate) fn new(name: &'a str) -> Self {
        Self { name }
    }

    /// The setting's name with every prefix: letters, digits and `_`.
    ///
    /// ```
    /// # use api_utils::config::Key;
    /// fn variable(key: &Key<'_>) -> String {
    ///     key.name().to_owned()
    /// }
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        self.name
    }
}

/// A source has something for a setting that cannot be read.
///
/// ```
/// use api_utils::config::{Origin, SourceFault};
///
/// let fault = SourceFault::new(Origin::file("/run/secrets/TOKEN"), "cannot be read");
/// ```
#[derive(Debug)]
pub struct SourceFault {
    pub(crate) origin: Origin,
    pub(crate) reason: String,
}

impl SourceFault {
    /// Where, and why, to follow the setting's name; nothing of the content.
    ///
    /// ```
    /// use api_utils::config::{Origin, SourceFault};
    /// let fault = SourceFault::new(Origin::file("/run/secrets/TOKEN"), "cannot be read");
    /// ```
    pub fn new(origin: Origin, reason: impl Into<String>) -> Self {
        Self {
            origin,
            reason: reason.into(),
        }
    }
}

/// The variables of the process, each read once, by its exact name, or those of a test.
pub(crate) enum Environment {
    Process,
    Given(BTreeMap<String, OsString>),
}

impl Environment {
    /// A variable's text. One that is not UTF-8 is an error only if somebody asks for it.
    pub(crate) fn variable(&self, name: &str) -> Result<Option<Zeroizing<String>>, SourceFault> {
        let value = match self {
            Self::Process => std::env::var_os(name),
            Self::Given(variables) => variables.get(name).cloned(),
        };
        value
            .map(|value| match value.into_string() {
                Ok(text) => Ok(Zeroizing::new(text)),
                Err(bytes) => {
                    bytes.into_encoded_bytes().zeroize();
                    let origin = Origin::environment(name);
                    Err(SourceFault::new(origin, "is not UTF-8 text"))
                }
            })
            .transpose()
    }
}

impl Source for Environment {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let text = self.variable(key.name())?;
        Ok(text.map(|text| Value::secret_text(text, Origin::environment(key.name()))))
    }

    fn place(&self, key: &Key<'_>) -> String {
        Origin::environment(key.name()).to_string()
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        if let Self::Given(variables) = self {
            for value in std::mem::take(variables).into_values() {
                value.into_encoded_bytes().zeroize();
            }
        }
    }
}

/// The names, never the values.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process => f.write_str("Process"),
            Self::Given(variables) => f.debug_set().entries(variables.keys()).finish(),
        }
    }
}
