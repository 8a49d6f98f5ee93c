//! The claims that have a type of their own, and what a JSON value is in their place.

use std::mem;
use std::time::Duration;

use super::json::Value;
use super::spans::Spans;
use super::{List, Span};

/// The last second of the year 9999: a NumericDate beyond is a mistake or an attempt to overflow.
pub(in crate::token) const LATEST: u64 = 253_402_300_799;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::token) struct Fields {
    pub(in crate::token) issuer: Field<Span>,
    pub(in crate::token) subject: Field<Span>,
    pub(in crate::token) id: Field<Span>,
    pub(in crate::token) expires_at: Field<Duration>,
    pub(in crate::token) not_before: Field<Duration>,
    pub(in crate::token) issued_at: Field<Duration>,
    pub(in crate::token) audience: Field<List>,
    pub(in crate::token) roles: Field<List>,
    pub(in crate::token) scope: Field<List>,
    pub(in crate::token) scp: Field<List>,
    pub(in crate::token) confirmation: Field<Span>,
}

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

impl<T> Field<T> {
    /// Whether it was absent until now.
    #[inline]
    pub(super) fn fill(&mut self, value: Self) -> bool {
        matches!(mem::replace(self, value), Self::Absent)
    }
}

/// A string.
impl From<Value<Span>> for Field<Span> {
    #[inline]
    fn from(value: Value<Span>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Text(text) => Self::Value(text),
            _ => Self::Invalid,
        }
    }
}

/// A NumericDate from 1970 to 9999, whole or with a fraction (RFC 7519 section 2).
impl From<Value<Span>> for Field<Duration> {
    #[inline]
    fn from(value: Value<Span>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Unsigned(seconds) if seconds <= LATEST => {
                Self::Value(Duration::from_secs(seconds))
            }
            Value::Float(seconds) => match Duration::try_from_secs_f64(seconds) {
                Ok(time) if time.as_secs() <= LATEST => Self::Value(time),
                _ => Self::Invalid,
            },
            _ => Self::Invalid,
        }
    }
}

/// What a string stands for in the place of an array.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// The list's one element (`aud`).
    One,
    /// Nothing: an array is the only list (`roles`).
    Refused,
    /// Elements between spaces (`scope`, RFC 8693 section 4.2).
    Words,
}

impl Text {
    /// The list that a string stands for.
    pub(super) fn list(self, place: Span, spans: &mut Spans) -> Field<List> {
        match self {
            Self::Refused => Field::Invalid,
            Self::Words => Field::Value(List::Words(place)),
            Self::One => {
                let start = spans.len();
                spans.push(place);
                spans.list_from(start)
            }
        }
    }
}
