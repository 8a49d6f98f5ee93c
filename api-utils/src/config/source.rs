//! Where settings are looked up: one small trait.

use std::borrow::Cow;
use std::fmt;

use super::origin::Origin;
use super::table::Setting;
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

    /// The text of the variable `name`, where it is one of the environment with something in it,
    /// and there is none called `file`; `find` answers any other question.
    #[doc(hidden)]
    fn __plain(&self, _name: &str, _file: &str) -> Option<String> {
        None
    }

    /// What it has that nobody asked for.
    #[doc(hidden)]
    fn __unasked(&self) -> Vec<Unasked> {
        Vec::new()
    }

    /// A name that it has and that was likely meant to be this one.
    #[doc(hidden)]
    fn __similar(&self, _: &Key<'_>, _prefix: &str) -> Option<String> {
        None
    }
}

/// Why a source is none: the reason, and where in it.
pub(crate) struct OpenFault {
    pub(crate) reason: String,
    pub(crate) origin: Option<Origin>,
}

impl OpenFault {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            origin: None,
        }
    }

    pub(crate) fn at(self, origin: Origin) -> Self {
        Self {
            origin: Some(origin),
            ..self
        }
    }
}

/// Something in a source that is no setting, unless a setting of its name was refused before this
/// source was asked.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unasked {
    /// As the source has it.
    pub(crate) name: String,
    /// As a setting would be called.
    pub(crate) setting: String,
    pub(crate) origin: Origin,
}

/// A full name, and the same with `_FILE` behind it: a setting is looked up by both. Without a
/// prefix the program's own texts, so without a copy.
#[derive(Clone)]
pub(crate) enum Name {
    Of(&'static Setting),
    /// With `_FILE`.
    Joined(Box<str>),
}

const FILE: &str = "_FILE";

impl Name {
    pub(crate) fn joined(prefix: &str, name: &str) -> Self {
        Self::Joined([prefix, name, FILE].concat().into())
    }

    /// `NAME_FILE`.
    pub(crate) fn file(&self) -> &str {
        match self {
            Self::Of(setting) => setting.file,
            Self::Joined(file) => file,
        }
    }

    pub(crate) fn to_text(&self) -> Cow<'static, str> {
        match self {
            Self::Of(setting) => Cow::Borrowed(setting.name),
            Self::Joined(_) => Cow::Owned(String::from(&**self)),
        }
    }
}

impl std::ops::Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Of(setting) => setting.name,
            Self::Joined(file) => file.strip_suffix(FILE).unwrap_or(file),
        }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
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
    name: &'a Name,
    /// What a document has it under, where that is not its name.
    in_document: Option<&'a str>,
}

impl<'a> Key<'a> {
    pub(crate) fn new(name: &'a Name) -> Self {
        Self {
            name,
            in_document: None,
        }
    }

    pub(crate) fn spelled(self, in_document: Option<&'a str>) -> Self {
        Self {
            in_document,
            ..self
        }
    }

    pub(crate) fn in_document(&self) -> &str {
        self.in_document.unwrap_or(self.name)
    }

    pub(crate) fn to_name(&self) -> Cow<'static, str> {
        self.name.to_text()
    }

    /// `NAME_FILE`.
    pub(crate) fn file(&self) -> &str {
        self.name.file()
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
