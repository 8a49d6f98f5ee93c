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
pub struct Origin(Place);

/// Small, for a load makes and moves one for every setting.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Place {
    Default,
    Variable(Cow<'static, str>),
    File(Cow<'static, str>),
    Document(Line),
    Dotenv(Line),
}

/// In a file of many settings: without copying the path, and put into words only when somebody
/// asks.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Line {
    file: Arc<str>,
    line: u32,
    /// From one; 0 for a line as a whole.
    column: u32,
}

impl Origin {
    /// A file, by its path, and where it helps by line and column.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::file("/run/secrets/JWT_SECRET").from(), "file");
    /// ```
    pub fn file(place: impl Into<Box<str>>) -> Self {
        Self(Place::File(String::from(place.into()).into()))
    }

    /// A line and column of a document.
    pub(crate) fn in_document(file: Arc<str>, line: usize, column: usize) -> Self {
        Self(Place::Document(Line::new(file, line, column)))
    }

    /// A line of a file of variables.
    pub(crate) fn in_dotenv(file: Arc<str>, line: usize) -> Self {
        Self(Place::Dotenv(Line::new(file, line, 0)))
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
        Self(Place::Variable(name))
    }

    /// The program's own default.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::default_value().from(), "default");
    /// ```
    #[must_use]
    pub fn default_value() -> Self {
        Self(Place::Default)
    }

    /// `file`, `environment` or `default`.
    ///
    /// ```
    /// use api_utils::config::Origin;
    /// assert_eq!(Origin::default_value().from(), "default");
    /// ```
    #[must_use]
    pub fn from(&self) -> &'static str {
        match self.0 {
            Place::File(_) | Place::Document(_) => "file",
            Place::Variable(_) | Place::Dotenv(_) => "environment",
            Place::Default => "default",
        }
    }

    pub(crate) fn is_default(&self) -> bool {
        matches!(self.0, Place::Default)
    }

    pub(crate) fn is_file(&self) -> bool {
        matches!(self.0, Place::File(_) | Place::Document(_))
    }

    /// The file that holds this one value, and no other.
    pub(crate) fn own_file(&self) -> Option<&Path> {
        match &self.0 {
            Place::File(path) => Some(Path::new(path.as_ref())),
            _ => None,
        }
    }

    /// Whether it is in a file of many settings, which people copy and commit.
    pub(crate) fn is_document(&self) -> bool {
        matches!(self.0, Place::Document(_))
    }

    /// The same place, in which `hide` has replaced what must not be shown.
    pub(crate) fn hidden_by(self, hide: impl Fn(&str) -> String) -> Self {
        let hide_line = |line: Line| Line {
            file: hide(&line.file).into(),
            ..line
        };
        Self(match self.0 {
            Place::Default => Place::Default,
            Place::Variable(name) => Place::Variable(hide(&name).into()),
            Place::File(path) => Place::File(hide(&path).into()),
            Place::Document(line) => Place::Document(hide_line(line)),
            Place::Dotenv(line) => Place::Dotenv(hide_line(line)),
        })
    }
}

impl Line {
    /// A file has fewer lines, and a line fewer columns, than could be too many.
    fn new(file: Arc<str>, line: usize, column: usize) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            file,
            line: small(line),
            column: small(column),
        }
    }
}

/// Where else a setting is set: mostly nowhere or in one place, and then without a list.
#[derive(Clone, Debug, Default)]
pub(super) enum Places {
    #[default]
    None,
    One(Origin),
    More(Vec<Origin>),
}

impl Places {
    pub(super) fn push(&mut self, origin: Origin) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(origin),
            Self::One(first) => Self::More(vec![first, origin]),
            Self::More(mut places) => {
                places.push(origin);
                Self::More(places)
            }
        };
    }

    pub(super) fn as_slice(&self) -> &[Origin] {
        match self {
            Self::None => &[],
            Self::One(origin) => std::slice::from_ref(origin),
            Self::More(places) => places,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Default => f.write_str("default of the program"),
            Place::Variable(name) => write!(f, "environment variable {name}"),
            Place::File(path) => f.write_str(path),
            Place::Document(Line { file, line, column }) => write!(f, "{file}:{line}:{column}"),
            Place::Dotenv(Line { file, line, .. }) => write!(f, "{file}:{line}"),
        }
    }
}
