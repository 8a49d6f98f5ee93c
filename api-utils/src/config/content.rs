//! What a source has for a setting, apart from where it has it.

use std::fmt;

use zeroize::Zeroizing;

use super::value::Value;

/// The content of a [`Value`]: text, which the field's type parses, or a typed node of a document.
///
/// ```
/// use api_utils::config::{Content, Origin, Value};
///
/// let value = Value::new(Content::Integer(8080), Origin::file("app.toml:1:8"));
/// assert!(matches!(value.content(), Content::Integer(8080)));
/// ```
#[non_exhaustive]
pub enum Content {
    /// Text, wiped when it is dropped.
    Text(Zeroizing<String>),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A list.
    List(Vec<Value>),
    /// A table of a document, in the order of its keys.
    Table(Vec<(String, Value)>),
}

impl Content {
    pub(super) fn copy(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.clone()),
            Self::Bool(value) => Self::Bool(*value),
            Self::Integer(number) => Self::Integer(*number),
            Self::Float(number) => Self::Float(*number),
            Self::List(list) => Self::List(list.iter().map(Value::copy).collect()),
            Self::Table(rows) => Self::Table(
                rows.iter()
                    .map(|(key, value)| (key.clone(), value.copy()))
                    .collect(),
            ),
        }
    }

    /// Whether they say the same, one of them perhaps as text: a variable `8080` is the number
    /// 8080 of a document.
    pub(super) fn says(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(text), typed) | (typed, Self::Text(text)) => match typed {
                Self::Text(other) => text == other,
                Self::Bool(value) => text.parse() == Ok(*value),
                Self::Integer(number) => text.parse() == Ok(*number),
                Self::Float(number) => text.parse() == Ok(*number),
                Self::List(_) | Self::Table(_) => false,
            },
            _ => self == other,
        }
    }
}

/// The kind of content; never the content.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text([REDACTED])",
            Self::Bool(_) => "Bool([REDACTED])",
            Self::Integer(_) => "Integer([REDACTED])",
            Self::Float(_) => "Float([REDACTED])",
            Self::List(_) => "List([REDACTED])",
            Self::Table(_) => "Table([REDACTED])",
        })
    }
}

/// Equal in content; where they are does not matter.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(left), Self::Text(right)) => left == right,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::Integer(left), Self::Integer(right)) => left == right,
            (Self::Float(left), Self::Float(right)) => left == right,
            (Self::List(left), Self::List(right)) => left
                .iter()
                .map(Value::content)
                .eq(right.iter().map(Value::content)),
            (Self::Table(left), Self::Table(right)) => left
                .iter()
                .map(|(key, value)| (key, value.content()))
                .eq(right.iter().map(|(key, value)| (key, value.content()))),
            _ => false,
        }
    }
}
