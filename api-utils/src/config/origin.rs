//! Where a value came from, exactly enough to go there and change it.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

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
    place: Place,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    File,
    Environment,
    Default,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Place {
    /// A path, or the name of a variable.
    Named(Cow<'static, str>),
    /// In a file of many settings. Made for each setting of a document, so without copying the
    /// path, and put into words only when somebody asks.
    Line {
        file: Arc<str>,
        line: usize,
        column: Option<usize>,
    },
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
            place: Place::Named(String::from(place.into()).into()),
        }
    }

    /// A line and column of a document.
    pub(crate) fn in_document(file: Arc<str>, line: usize, column: usize) -> Self {
        Self {
            kind: Kind::File,
            place: Place::Line {
                file,
                line,
                column: Some(column),
            },
        }
    }

    /// A line of a file of variables.
    pub(crate) fn in_dotenv(file: Arc<str>, line: usize) -> Self {
        Self {
            kind: Kind::Environment,
            place: Place::Line {
                file,
                line,
                column: None,
            },
        }
    }

    /// A variable of the environment, by its name.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::environment("PORT").from(), "environment");
    /// ```
    pub fn environment(variable: impl Into<Box<str>>) -> Self {
        Self::variable(String::from(variable.into()).into())
    }

    pub(crate) fn variable(name: Cow<'static, str>) -> Self {
        Self {
            kind: Kind::Environment,
            place: Place::Named(name),
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
            place: Place::Named(Cow::Borrowed("")),
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

    /// The file that holds this one value, and no other.
    pub(crate) fn own_file(&self) -> Option<&Path> {
        match &self.place {
            Place::Named(path) if self.is_file() => Some(Path::new(path.as_ref())),
            _ => None,
        }
    }

    /// Whether it is in a file of many settings, which people copy and commit.
    pub(crate) fn is_document(&self) -> bool {
        self.is_file() && matches!(self.place, Place::Line { .. })
    }

    /// The same place, in which `hide` has replaced what must not be shown.
    pub(crate) fn hidden_by(self, hide: impl Fn(&str) -> String) -> Self {
        let place = match self.place {
            Place::Named(name) => Place::Named(hide(&name).into()),
            Place::Line { file, line, column } => Place::Line {
                file: hide(&file).into(),
                line,
                column,
            },
        };
        Self { place, ..self }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.place) {
            (Kind::Default, _) => f.write_str("default of the program"),
            (Kind::Environment, Place::Named(name)) => write!(f, "environment variable {name}"),
            (_, Place::Named(path)) => f.write_str(path),
            (_, Place::Line { file, line, column }) => {
                write!(f, "{file}:{line}")?;
                column.map_or(Ok(()), |column| write!(f, ":{column}"))
            }
        }
    }
}
