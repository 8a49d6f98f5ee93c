//! The members of the claims that are no registered ones, kept as far as a rule can compare them,
//! so that a rule does not read the payload again.

use std::borrow::Cow;

use super::json::Value;
use super::{ClaimValue, Claims, Span};

/// In the order of the payload.
#[derive(Default)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) struct Others(Vec<Member>);

#[cfg_attr(test, derive(Debug, PartialEq))]
struct Member {
    name: Span,
    value: Kept,
}

#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug, PartialEq))]
enum Kept {
    Text(Span),
    Bool(bool),
    Integer(i64),
    /// It may have the member that a path goes on to.
    Object,
    Other,
}

/// What the parser keeps elsewhere.
const REGISTERED: [&str; 10] = [
    "iss", "sub", "jti", "exp", "nbf", "iat", "aud", "roles", "scope", "scp",
];

impl Others {
    pub(super) fn keep(&mut self, name: Span, value: Value<Span>) {
        let value = match value {
            Value::Text(text) => Kept::Text(text),
            Value::Bool(value) => Kept::Bool(value),
            Value::Signed(value) => Kept::Integer(value),
            Value::Unsigned(value) => i64::try_from(value).map_or(Kept::Other, Kept::Integer),
            Value::Object => Kept::Object,
            Value::Null | Value::Float(_) | Value::Array => Kept::Other,
        };
        self.0.push(Member { name, value });
    }

    pub(super) fn names(&self) -> impl ExactSizeIterator<Item = Span> {
        self.0.iter().map(|member| member.name)
    }

    /// The value under `path`; none where only the payload can tell.
    pub(super) fn find<'c>(&self, claims: &'c Claims, path: &[&str]) -> Option<ClaimValue<'c>> {
        let (first, rest) = path.split_first()?;
        if REGISTERED.contains(first) {
            return None;
        }
        let named = |member: &&Member| claims.text(member.name) == *first;
        let Some(member) = self.0.iter().find(named) else {
            return Some(ClaimValue::Absent);
        };
        match (member.value, rest) {
            (Kept::Object, [_, ..]) => None,
            // What is no object has no members.
            (_, [_, ..]) => Some(ClaimValue::Absent),
            (Kept::Text(span), []) => Some(ClaimValue::Text(Cow::Borrowed(claims.text(span)))),
            (Kept::Bool(value), []) => Some(ClaimValue::Bool(value)),
            (Kept::Integer(value), []) => Some(ClaimValue::Integer(value)),
            (Kept::Object | Kept::Other, []) => Some(ClaimValue::Other),
        }
    }

    /// The memory it holds, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.0.capacity().saturating_mul(size_of::<Member>())
    }
}
