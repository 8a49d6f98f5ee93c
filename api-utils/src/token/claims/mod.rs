//! The claims of one token: one text, parsed once, and where in it the registered claims are.
//!
//! `plain` reads what issuers write nearly always, `parse` whatever JSON there is; a test holds the
//! two to the same claims.
//!
//! Nothing here judges a claim; a missing or mistyped one is recorded and left to the check whose
//! business it is. Imports nothing of ours from outside this folder.

mod fields;
pub(in crate::token) mod json;
mod lookup;
mod others;
mod parse;
mod plain;
mod role_source;
mod roles;
mod scan;
mod spans;
mod texts;
mod value;
mod words;

use std::fmt;
use std::ops::Range;

use others::Others;
use spans::Spans;

pub(in crate::token) use fields::{Field, Fields, LATEST};
pub(in crate::token) use lookup::LookupError;
pub(in crate::token) use parse::ParseError;
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

/// Where a text is: in the payload, or beyond its end in the decoded texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::token) struct Span {
    start: u32,
    length: u32,
}

impl Span {
    const fn new(start: usize, length: usize) -> Self {
        Self {
            start: narrow(start),
            length: narrow(length),
        }
    }

    const fn start(self) -> usize {
        self.start as usize
    }

    const fn length(self) -> usize {
        self.length as usize
    }
}

/// A place in a token, which is no longer than 8 KiB. What would not fit is nowhere: no text is
/// found there.
const fn narrow(place: usize) -> u32 {
    if place > u32::MAX as usize {
        return u32::MAX;
    }
    place as u32
}

/// Where a list is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::token) enum List {
    /// Among the texts.
    At { start: u32, end: u32 },
    /// In one text, the words of which `split_words` has yet to tell apart: no element until then.
    Words(Span),
}

impl Default for List {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl List {
    const fn new(start: usize, end: usize) -> Self {
        Self::At {
            start: narrow(start),
            end: narrow(end),
        }
    }

    const fn range(self) -> Range<usize> {
        match self {
            Self::At { start, end } => start as usize..end as usize,
            Self::Words(_) => 0..0,
        }
    }
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

    /// Not inlined, so that a comparison of lengths, which is most of them, is a short loop.
    #[inline(never)]
    fn is(&self, span: Span, text: &str) -> bool {
        self.text(span) == text
    }

    pub(super) fn list(
        &self,
        field: Field<List>,
    ) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator + Clone + use<'_> {
        self.spans(field).iter().map(|span| self.text(*span))
    }

    /// To look for many texts in one list.
    pub(super) fn texts(&self, field: Field<List>) -> TextList<'_> {
        TextList {
            claims: self,
            spans: self.spans(field),
        }
    }

    fn spans(&self, field: Field<List>) -> &[Span] {
        let list = field.value().unwrap_or_default();
        self.texts.get(list.range()).unwrap_or_default()
    }
}

/// The texts of one list.
#[derive(Clone, Copy)]
pub(crate) struct TextList<'c> {
    claims: &'c Claims,
    spans: &'c [Span],
}

impl<'c> TextList<'c> {
    pub(in crate::token) fn first(self) -> Option<&'c str> {
        self.spans.first().map(|span| self.claims.text(*span))
    }

    /// Most texts that it has not differ in their length from those that it has.
    #[inline]
    pub(crate) fn contains(self, text: &str) -> bool {
        self.spans
            .iter()
            .any(|span| span.length() == text.len() && self.claims.is(*span, text))
    }
}

fn resolve<'t>(json: &'t str, unescaped: &'t str, span: Span) -> &'t str {
    match span.start().checked_sub(json.len()) {
        None => part(json, span.start(), span.length()),
        Some(start) => part(unescaped, start, span.length()),
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
