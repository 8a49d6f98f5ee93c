//! One claim, as far as a rule can compare it.

use std::borrow::Cow;

/// The value of one claim, as far as a rule can compare it.
///
/// ```
/// use api_utils::token::ClaimValue;
///
/// let value = ClaimValue::Text("blue".into());
/// assert_eq!(value.as_str(), Some("blue"));
/// assert_eq!(ClaimValue::Bool(true).as_str(), None);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ClaimValue<'c> {
    /// There is no such claim.
    Absent,
    /// A string.
    Text(Cow<'c, str>),
    /// `true` or `false`.
    Bool(bool),
    /// A number without fraction or exponent that an `i64` holds.
    Integer(i64),
    /// Anything else: `null`, another number, an array, an object.
    Other,
}

impl ClaimValue<'_> {
    /// The text of a string.
    ///
    /// ```
    /// assert_eq!(api_utils::token::ClaimValue::Absent.as_str(), None);
    /// ```
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}
