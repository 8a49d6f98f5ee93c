//! What serde_json's tokenizer says, without a tree of it: one value, one name, the names seen.
//!
//! Unknown values are read to their end as strictly as known ones: `serde::de::IgnoredAny` would
//! let serde_json skip the checks of numbers, escapes and depth.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// One JSON value, its text as a `T`; what is inside an array or an object has been read and let
/// go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::token) enum Value<T> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(T),
    Array,
    Object,
}

impl<T> Value<T> {
    pub(super) fn map_text<U>(self, text: impl FnOnce(T) -> U) -> Value<U> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Unsigned(value) => Value::Unsigned(value),
            Self::Signed(value) => Value::Signed(value),
            Self::Float(value) => Value::Float(value),
            Self::Text(value) => Value::Text(text(value)),
            Self::Array => Value::Array,
            Self::Object => Value::Object,
        }
    }
}

/// Reads any value.
#[derive(Clone, Copy)]
pub(in crate::token) struct AnyValue;

impl<'j> DeserializeSeed<'j> for AnyValue {
    type Value = Value<Cow<'j, str>>;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'j> Visitor<'j> for AnyValue {
    type Value = Value<Cow<'j, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Value::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Value::Signed(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_borrowed_str<E>(self, text: &'j str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        while array.next_element_seed(self)?.is_some() {}
        Ok(Value::Array)
    }

    fn visit_map<A: MapAccess<'j>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        match object.next_key_seed(Name)? {
            None => return Ok(Value::Object),
            Some(name) if is_number(&name) => return number(object),
            Some(_) => drop(object.next_value_seed(self)?),
        }
        while object.next_key_seed(self)?.is_some() {
            object.next_value_seed(self)?;
        }
        Ok(Value::Object)
    }
}

/// Whether an object whose first member has this name is a number in truth.
///
/// Somebody else in the tree may turn on serde_json's feature `arbitrary_precision`, for all. Its
/// tokenizer then has a number that is not whole, or too large, for an object of one member with
/// this name, the digits as its text. Without the feature there is no such thing.
pub(super) fn is_number(name: &str) -> bool {
    static ARE_OBJECTS: LazyLock<bool> =
        LazyLock::new(|| serde_json::from_str::<serde_json::Number>("1e400").is_ok());
    name == "$serde_json::private::Number" && *ARE_OBJECTS
}

/// The same number as without the feature, out of range among it.
fn number<'j, A: MapAccess<'j>>(mut object: A) -> Result<Value<Cow<'j, str>>, A::Error> {
    let digits = object.next_value_seed(Name)?;
    let number: f64 = digits.parse().unwrap_or(f64::INFINITY);
    if !number.is_finite() || object.next_key_seed(Name)?.is_some() {
        return Err(A::Error::custom("a number is out of range"));
    }
    Ok(Value::Float(number))
}

/// Reads the name of a member.
#[derive(Clone, Copy)]
pub(in crate::token) struct Name;

impl<'j> DeserializeSeed<'j> for Name {
    type Value = Cow<'j, str>;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<Cow<'j, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'j> Visitor<'j> for Name {
    type Value = Cow<'j, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, text: &'j str) -> Result<Cow<'j, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'j, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

const FEW: usize = 16;

/// The names an object has shown so far. Up to 16 that are written plainly need no allocation; a
/// set of the others keeps an object of very many members linear.
#[derive(Default)]
pub(in crate::token) struct Names<'j> {
    few: [&'j str; FEW],
    count: usize,
    more: BTreeSet<Cow<'j, str>>,
}

impl<'j> Names<'j> {
    /// Whether the name is new.
    pub(in crate::token) fn insert(&mut self, name: Cow<'j, str>) -> bool {
        if self.few.iter().take(self.count).any(|seen| *seen == name) {
            return false;
        }
        match (self.few.get_mut(self.count), name) {
            // A name with escapes may be in the set, spelt otherwise.
            (Some(slot), Cow::Borrowed(name)) if self.more.is_empty() => {
                *slot = name;
                self.count = self.count.saturating_add(1);
                true
            }
            (_, name) => self.more.insert(name),
        }
    }
}
