//! A value as a source has it, and how a field's type is made from it.

use std::fmt;

use zeroize::Zeroizing;

use super::content::Content;
use super::items::ItemValue;
use super::loader::Scope;
use super::origin::Origin;

/// What a source has for a setting, and where it has it. Its `Debug` does not show the content.
///
/// ```
/// use api_utils::config::{Origin, Value};
///
/// let value = Value::text("hunter2", Origin::environment("DB_PASSWORD"));
/// assert_eq!(value.as_text(), Some("hunter2"));
/// assert!(!format!("{value:?}").contains("hunter2"));
/// ```
pub struct Value {
    content: Content,
    origin: Origin,
}

impl Value {
    /// A value of any content.
    ///
    /// ```
    /// use api_utils::config::{Content, Origin, Value};
    /// let value = Value::new(Content::Bool(true), Origin::file("app.toml:3:10"));
    /// assert_eq!(value.as_text(), None);
    /// ```
    #[must_use]
    pub fn new(content: Content, origin: Origin) -> Self {
        Self { content, origin }
    }

    /// A value that is text.
    ///
    /// ```
    /// use api_utils::config::{Origin, Value};
    /// let value = Value::text("8080", Origin::environment("PORT"));
    /// assert_eq!(value.as_text(), Some("8080"));
    /// ```
    pub fn text(text: impl Into<String>, origin: Origin) -> Self {
        Self::secret_text(Zeroizing::new(text.into()), origin)
    }

    pub(crate) fn secret_text(text: Zeroizing<String>, origin: Origin) -> Self {
        Self::new(Content::Text(text), origin)
    }

    /// What it is.
    ///
    /// ```
    /// use api_utils::config::{Content, Origin, Value};
    /// let value = Value::text("8080", Origin::environment("PORT"));
    /// assert!(matches!(value.content(), Content::Text(_)));
    /// ```
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Its text, where it is text.
    ///
    /// ```
    /// use api_utils::config::{Origin, Value};
    /// let value = Value::text("8080", Origin::environment("PORT"));
    /// assert_eq!(value.as_text(), Some("8080"));
    /// ```
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Where it is.
    ///
    /// ```
    /// use api_utils::config::{Origin, Value};
    /// let value = Value::text("8080", Origin::environment("PORT"));
    /// assert_eq!(value.origin().from(), "environment");
    /// ```
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    pub(crate) fn into_parts(self) -> (Content, Origin) {
        (self.content, self.origin)
    }

    /// Another one of the same, of which the text is wiped as well.
    pub(crate) fn copy(&self) -> Self {
        Self::new(self.content.copy(), self.origin.clone())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.as_text().is_some_and(str::is_empty)
    }
}

/// Where it is and of which kind it is; never what it is.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Value")
            .field("content", &self.content)
            .field("origin", &self.origin)
            .finish()
    }
}

/// A type that a setting can have.
///
/// Implemented for
///
/// - `String`, `char`, `bool` (`true` or `false`), the integers and floats, `PathBuf`;
/// - socket and IP addresses, [`url::Url`], [`Duration`](std::time::Duration) (`90s`, `5m`),
///   [`ByteSize`](super::ByteSize) (`64KiB`, `10MB`);
/// - `Vec`, `BTreeSet` and `HashSet` of these: arrays of a document, and text where the field states
///   a `delimiter`; `BTreeMap` and `HashMap` from text to these: tables of a document;
/// - the secrets [`SecretString`](crate::SecretString), [`SecretUrl`](crate::SecretUrl),
///   [`SecretSlice<u8>`](crate::secret::SecretSlice) and [`SecretBox`](crate::SecretBox) of what
///   is `FromStr`;
/// - `Option` of each.
///
/// Another type is read by its `FromStr` with `#[config(parse)]`, or by serde's `Deserialize` with
/// `#[config(serde)]`, or implements the trait:
///
/// ```
/// use api_utils::Config;
/// use api_utils::config::{FromValue, ItemValue, Refusal, Sources, Value};
///
/// enum Mode {
///     Fast,
///     Careful,
/// }
///
/// impl FromValue for Mode {
///     const EXPECTED: &'static str = "`fast` or `careful`";
///
///     fn from_value(value: &Value) -> Result<Self, Refusal> {
///         match value.as_text() {
///             Some("fast") => Ok(Self::Fast),
///             Some("careful") => Ok(Self::Careful),
///             _ => Err(Refusal::unexpected()),
///         }
///     }
///
///     fn show(&self) -> ItemValue {
///         match self {
///             Self::Fast => "fast".into(),
///             Self::Careful => "careful".into(),
///         }
///     }
/// }
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "a tool without tokens")]
/// struct Tool {
///     mode: Mode,
/// }
///
/// let report = Tool::load_from(Sources::of_environment([("MODE", "quick")])).err();
/// let said = report.map(|report| report.to_string()).unwrap_or_default();
/// assert!(said.contains("MODE is not `fast` or `careful`"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a configuration value",
    label = "is no type that a setting can have",
    note = "a struct of settings takes `#[config(flatten)]`",
    note = "for a type of your own implement `api_utils::config::FromValue`"
)]
pub trait FromValue: Sized {
    /// What a value must be, to follow "is not" in a report: ``"`true` or `false`"``.
    const EXPECTED: &'static str;

    /// Whether values of this type are secrets: never shown, by any path.
    const SECRET: bool = false;

    /// Whether "not set" is a value of this type, as it is of `Option`.
    const OPTIONAL: bool = false;

    /// Whether it is plain text, which anything can be in, a password as well: a field of such a
    /// type whose name says "secret" is refused by the compiler.
    #[doc(hidden)]
    const TEXT: bool = false;

    /// Whether the section that holds such a setting checks its strength, with all it knows.
    #[doc(hidden)]
    const STRENGTH_BY_SECTION: bool = false;

    /// Whether `__from_text` reads whatever this type takes from text.
    #[doc(hidden)]
    const __PLAIN: bool = false;

    /// The value, or why not.
    ///
    /// # Errors
    ///
    /// [`Refusal`]. For a secret only its kind is reported, not its text.
    fn from_value(value: &Value) -> Result<Self, Refusal>;

    /// The value for "not set", for a type that has one.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// How the value is shown to people who may see the configuration. Not called for secrets.
    fn show(&self) -> ItemValue;

    /// The same, where what a source had may be taken over.
    #[doc(hidden)]
    fn __show_from(&self, _: Content) -> ItemValue {
        self.show()
    }

    /// The value of a text that is as usual; `from_value` says what is wrong with any other.
    #[doc(hidden)]
    fn __from_text(_: &mut String) -> Option<Self> {
        None
    }

    /// The text that it is, for a type that is one and shows it as it is.
    #[doc(hidden)]
    fn __text(&self) -> Option<&str> {
        None
    }

    #[doc(hidden)]
    fn __read(scope: &mut Scope<'_, '_>) -> Option<Self> {
        scope.read(None)
    }

    #[doc(hidden)]
    fn __read_or(scope: &mut Scope<'_, '_>, default: fn() -> Self) -> Option<Self> {
        scope.read(Some(default))
    }
}

/// Why a type refuses a value.
///
/// ```
/// use api_utils::config::Refusal;
///
/// let plain = Refusal::unexpected();           // "PORT is not a whole number from 0 to 65535"
/// let own = Refusal::because("is a port that needs the rights of root");
/// ```
#[derive(Debug)]
pub struct Refusal {
    reason: Option<String>,
}

impl Refusal {
    /// The value is not what [`FromValue::EXPECTED`] says.
    ///
    /// ```
    /// let refusal = api_utils::config::Refusal::unexpected();
    /// ```
    #[must_use]
    pub fn unexpected() -> Self {
        Self { reason: None }
    }

    /// A reason of its own, which completes the sentence that the setting's name begins. Do not
    /// repeat the value in it.
    ///
    /// ```
    /// let refusal = api_utils::config::Refusal::because("is a port below 1024");
    /// ```
    pub fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: Some(reason.into()),
        }
    }

    /// The reason in words, where the type expects `expected`. For a secret, what its type says of
    /// the value is not repeated.
    pub(crate) fn into_words(self, expected: &str, secret: bool) -> String {
        match self.reason {
            Some(reason) if !secret => reason,
            _ => format!("is not {expected}"),
        }
    }
}
