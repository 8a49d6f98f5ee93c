//! Where a value came from, exactly enough to go there and change it.

use std::fmt;

/// Where a value came from: which kind of source, and the place in it.
///
/// ```
/// use api_utils::config::Origin;
///
/// let origin = Origin::environment("PORT");
/// assert_eq!(origin.from(), "environment");
/// assert_eq!(origin.to_string(), "environment variable PORT");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Origin {
    kind: Kind,
    place: Box<str>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    File,
    Environment,
    Default,
}

impl Origin {
    /// A file, by its path, and where it helps by line and column.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::file("/run/secrets/JWT_SECRET").from(), "file");
    /// ```
    pub fn file(place: impl Into<Box<str>>) -> Self {
        Self {
            kind: Kind::File,
            place: place.into(),
        }
    }

    /// A variable of the environment, by its name.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::environment("PORT").from(), "environment");
    /// ```
    pub fn environment(variable: impl Into<Box<str>>) -> Self {
        Self {
            kind: Kind::Environment,
            place: variable.into(),
        }
    }

    /// The program's own default.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::default_value().from(), "default");
    /// ```
    #[must_use]
    pub fn default_value() -> Self {
        Self {
            kind: Kind::Default,
            place: "".into(),
        }
    }

    /// `file`, `environment` or `default`.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::default_value().from(), "default");
    /// ```
    #[must_use]
    pub fn from(&self) -> &'static str {
        match self.kind {
            Kind::File => "file",
            Kind::Environment => "environment",
            Kind::Default => "default",
        }
    }

    pub(crate) fn is_default(&self) -> bool {
        self.kind == Kind::Default
    }

    pub(crate) fn is_file(&self) -> bool {
        self.kind == Kind::File
    }

    /// The same place, in which `hide` has replaced what must not be shown.
    pub(crate) fn hidden_by(self, hide: impl Fn(&str) -> String) -> Self {
        Self {
            kind: self.kind,
            place: hide(&self.place).into(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::File => f.write_str(&self.place),
            Kind::Environment => write!(f, "environment variable {}", self.place),
            Kind::Default => f.write_str("default of the program"),
        }
    }
}
