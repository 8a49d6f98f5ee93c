//! A claim by its path, read from the payload when it is asked for.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::ClaimValue;
use super::json::{AnyValue, Name, Names, Value};

/// The claim is there and is no such `T`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::token) struct LookupError;

/// The value under `path`. The payload has been read once without an error; one now (a member of
/// an object on the path is there twice) is no value that a rule may compare.
pub(super) fn at<'c>(json: &'c str, path: &[&str]) -> ClaimValue<'c> {
    let mut tokenizer = serde_json::Deserializer::from_str(json);
    At { path }
        .deserialize(&mut tokenizer)
        .unwrap_or(ClaimValue::Other)
}

#[derive(Clone, Copy)]
struct At<'p> {
    path: &'p [&'p str],
}

impl<'c> DeserializeSeed<'c> for At<'_> {
    type Value = ClaimValue<'c>;

    fn deserialize<D: Deserializer<'c>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.path.is_empty() {
            return Ok(match AnyValue.deserialize(deserializer)? {
                Value::Bool(value) => ClaimValue::Bool(value),
                Value::Signed(value) => ClaimValue::Integer(value),
                Value::Unsigned(value) => {
                    i64::try_from(value).map_or(ClaimValue::Other, ClaimValue::Integer)
                }
                Value::Text(text) => ClaimValue::Text(text),
                Value::Null | Value::Float(_) | Value::Array | Value::Object => ClaimValue::Other,
            });
        }
        deserializer.deserialize_any(self)
    }
}

/// The object on the way to the value; what is no object has no members.
impl<'c> Visitor<'c> for At<'_> {
    type Value = ClaimValue<'c>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<ClaimValue<'c>, E> {
        Ok(ClaimValue::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<ClaimValue<'c>, E> {
        Ok(ClaimValue::Absent)
    }

    fn visit_u64<E>(self, _: u64) -> Result<ClaimValue<'c>, E> {
        Ok(ClaimValue::Absent)
    }

    fn visit_i64<E>(self, _: i64) -> Result<ClaimValue<'c>, E> {
        Ok(ClaimValue::Absent)
    }

    fn visit_f64<E>(self, _: f64) -> Result<ClaimValue<'c>, E> {
        Ok(ClaimValue::Absent)
    }

    fn visit_str<E>(self, _: &str) -> Result<ClaimValue<'c>, E> {
        Ok(ClaimValue::Absent)
    }

    fn visit_seq<A: SeqAccess<'c>>(self, array: A) -> Result<ClaimValue<'c>, A::Error> {
        AnyValue.visit_seq(array)?;
        Ok(ClaimValue::Absent)
    }

    fn visit_map<A: MapAccess<'c>>(self, mut map: A) -> Result<ClaimValue<'c>, A::Error> {
        let mut names = Names::default();
        let mut found = ClaimValue::Absent;
        let (wanted, rest) = self
            .path
            .split_first()
            .ok_or_else(|| A::Error::custom("an empty path"))?;
        while let Some(name) = map.next_key_seed(Name)? {
            if name == *wanted {
                found = map.next_value_seed(At { path: rest })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            if !names.insert(name) {
                return Err(A::Error::custom("a member is there twice"));
            }
        }
        Ok(found)
    }
}

/// The top-level member `name` as a `T`.
pub(super) fn deserialize<T: DeserializeOwned>(
    json: &str,
    name: &str,
) -> Result<Option<T>, LookupError> {
    serde_json::Deserializer::from_str(json)
        .deserialize_map(Member {
            name,
            value: PhantomData,
        })
        .map_err(|_| LookupError)
}

struct Member<'n, T> {
    name: &'n str,
    value: PhantomData<T>,
}

impl<'c, T: DeserializeOwned> Visitor<'c> for Member<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'c>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let mut found = None;
        while let Some(name) = map.next_key_seed(Name)? {
            if name == self.name {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_followed_through_objects() {
        let json = r#"{"a":{"b":{"c":"x","n":null,"l":[1]},"b.c":1},"t":true,
            "i":-7,"u":18446744073709551615,"f":7.0,"e":"\u0061"}"#;
        for (path, value) in [
            (&["a", "b", "c"][..], ClaimValue::Text("x".into())),
            (&["a", "b.c"], ClaimValue::Integer(1)),
            (&["t"], ClaimValue::Bool(true)),
            (&["i"], ClaimValue::Integer(-7)),
            (&["e"], ClaimValue::Text("a".into())),
            (&["u"], ClaimValue::Other),
            (&["f"], ClaimValue::Other),
            (&["a"], ClaimValue::Other),
            (&["a", "b", "n"], ClaimValue::Other),
            (&["a", "b", "l"], ClaimValue::Other),
            (&[], ClaimValue::Other),
            (&["A"], ClaimValue::Absent),
            (&["a", "c"], ClaimValue::Absent),
            (&["t", "a"], ClaimValue::Absent),
            (&["e", "a"], ClaimValue::Absent),
            (&["a", "b", "n", "x"], ClaimValue::Absent),
            (&["a", "b", "l", "0"], ClaimValue::Absent),
        ] {
            assert_eq!(at(json, path), value, "{path:?}");
        }
    }

    #[test]
    fn an_object_with_a_member_twice_has_no_value() {
        let json = r#"{"a":{"x":1,"b":"good","x":1},"c":{"b":"1","\u0062":"2"}}"#;
        for path in [&["a", "b"][..], &["a", "x"], &["a", "none"], &["c", "b"]] {
            assert_eq!(at(json, path), ClaimValue::Other, "{path:?}");
        }
    }

    #[test]
    fn a_typed_claim() {
        let json = r#"{"n":7,"o":{"x":[1,2]}}"#;
        assert_eq!(deserialize::<u8>(json, "n"), Ok(Some(7)));
        assert_eq!(deserialize::<u8>(json, "m"), Ok(None));
        assert_eq!(deserialize::<String>(json, "n"), Err(LookupError));
    }
}
