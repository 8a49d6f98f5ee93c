//! The claims of one token: one text, parsed once, and where in it the registered claims are.
//!
//! Nothing here judges a claim; a missing or mistyped one is recorded and left to the check whose
//! business it is. Imports nothing of ours from outside this folder.

pub(in crate::token) mod json;
mod lookup;
mod others;
mod parse;
mod plain;
mod role_source;
mod roles;
mod spans;
mod texts;
mod value;

use std::fmt;
use std::ops::Range;

use others::Others;
use spans::Spans;

pub(in crate::token) use lookup::LookupError;
pub(in crate::token) use parse::{Fields, LATEST, ParseError};
pub use role_source::RoleSource;
pub use value::ClaimValue;

/// The claims of a verified token (RFC 7519 section 4).
///
/// It is what a rule or a handler looks claims up in; there is no way to one but through
/// [`Token::claims`](crate::Token::claims). Its `Debug` shows no claim.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, ClaimValue, Issuer};
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
/// let minted = Issuer::of(&auth)?.token("alice").claim("tenant", "blue").mint()?;
/// let token = auth.verify(&minted.token)?;
/// assert_eq!(token.claims().get(&["tenant"]), ClaimValue::Text("blue".into()));
/// assert_eq!(token.claims().get(&["floor"]), ClaimValue::Absent);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Claims {
    /// The payload, as signed.
    json: String,
    /// Texts that the payload spells with escapes, decoded, one after the other.
    unescaped: String,
    /// The elements of all lists, one list after the other.
    texts: Spans,
    /// The members that are no registered claims, for the rules that compare them.
    others: Others,
    pub(super) fields: Fields,
}

/// A claim that has a type of its own.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::token) enum Field<T> {
    #[default]
    Absent,
    Null,
    /// Another type, or a number out of range.
    Invalid,
    Value(T),
}

impl<T: Copy> Field<T> {
    pub(in crate::token) fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            _ => None,
        }
    }
}

/// Where a text is: in the payload, or beyond its end in the decoded texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::token) struct Span {
    start: usize,
    length: usize,
}

/// Where a list is among the texts.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::token) struct List {
    start: usize,
    end: usize,
}

impl Claims {
    /// The value under a path of member names, whole or inside of objects.
    ///
    /// Each segment is one member name, whatever is in it: `&["https://id.example/roles"]` is a
    /// claim, not a path of two. An object in which a member is there twice answers
    /// [`ClaimValue::Other`], whichever of its members is asked for.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, ClaimValue, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").claim("floor", 7).mint()?;
    /// # let token = auth.verify(&minted.token)?;
    /// assert_eq!(token.claims().get(&["floor"]), ClaimValue::Integer(7));
    /// assert_eq!(token.claims().get(&["floor", "room"]), ClaimValue::Absent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn get(&self, path: &[&str]) -> ClaimValue<'_> {
        match self.others.find(self, path) {
            Some(value) => value,
            None => lookup::at(&self.json, path),
        }
    }

    /// The claim `name` as a `T`; `None` where it is not there.
    pub(super) fn deserialize<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<T>, LookupError> {
        lookup::deserialize(&self.json, name)
    }

    /// All claims as a `T`.
    pub(super) fn whole<T: serde::de::DeserializeOwned>(&self) -> Result<T, LookupError> {
        serde_json::from_str(&self.json).map_err(|_| LookupError)
    }

    /// How much memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.json
            .capacity()
            .saturating_add(self.unescaped.capacity())
            .saturating_add(self.texts.heap_bytes())
            .saturating_add(self.others.bytes())
            .saturating_add(size_of::<Self>())
    }

    pub(super) fn text(&self, span: Span) -> &str {
        resolve(&self.json, &self.unescaped, span)
    }

    pub(super) fn list(
        &self,
        field: Field<List>,
    ) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator + Clone + use<'_> {
        self.spans(field).iter().map(|span| self.text(*span))
    }

    /// Whether `text` is in a list; most that are not differ in their length, so that a rule of
    /// many roles looks at few texts.
    pub(super) fn has(&self, field: Field<List>, text: &str) -> bool {
        self.spans(field)
            .iter()
            .any(|span| span.length == text.len() && self.text(*span) == text)
    }

    fn spans(&self, field: Field<List>) -> &[Span] {
        let List { start, end } = field.value().unwrap_or_default();
        self.texts.get(Range { start, end }).unwrap_or_default()
    }
}

fn resolve<'t>(json: &'t str, unescaped: &'t str, span: Span) -> &'t str {
    let Span { start, length } = span;
    match start.checked_sub(json.len()) {
        None => part(json, start, length),
        Some(start) => part(unescaped, start, length),
    }
}

fn part(text: &str, start: usize, length: usize) -> &str {
    let end = start.saturating_add(length);
    text.get(start..end).unwrap_or_default()
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(..)")
    }
}
