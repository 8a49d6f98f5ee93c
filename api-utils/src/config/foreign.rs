//! Types of other crates: a URL, and by the field's own word whatever is `FromStr` or has serde's
//! `Deserialize`.

use secrecy::{SecretBox, SecretSlice};
use url::Url;
use zeroize::Zeroize;

use super::content::Content;
use super::items::ItemValue;
use super::value::{FromValue, Refusal, Value};
use crate::secret::SecretUrl;

impl FromValue for Url {
    const EXPECTED: &'static str = "a URL, like https://example.org/path";
    const TEXT: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .and_then(|text| Self::parse(text).ok())
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        self.as_str().into()
    }
}

impl FromValue for SecretUrl {
    const EXPECTED: &'static str = "a URL with a scheme and a host";
    const SECRET: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .and_then(|text| text.parse().ok())
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        ItemValue::secret()
    }
}

/// A secret that is no text: what its type parses. The parser's own words are not repeated.
impl<T: std::str::FromStr + Zeroize> FromValue for SecretBox<T> {
    const EXPECTED: &'static str = "what its type reads";
    const SECRET: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        let parsed = text.parse().map_err(|_| Refusal::unexpected())?;
        Ok(Self::new(Box::new(parsed)))
    }

    fn show(&self) -> ItemValue {
        ItemValue::secret()
    }
}

/// The bytes of a text.
impl FromValue for SecretSlice<u8> {
    const EXPECTED: &'static str = "text";
    const SECRET: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        Ok(Self::from(text.as_bytes().to_vec()))
    }

    fn show(&self) -> ItemValue {
        ItemValue::secret()
    }
}

/// What `#[config(parse)]` reads a field by.
#[derive(Debug)]
pub struct Parsed<T> {
    value: T,
    shown: ItemValue,
}

impl<T: std::str::FromStr> FromValue for Parsed<T> {
    const EXPECTED: &'static str = "what its type reads";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        let parsed = text.parse().map_err(|_| Refusal::unexpected())?;
        Ok(Self::of(parsed, text))
    }

    fn show(&self) -> ItemValue {
        self.shown.clone()
    }
}

/// What `#[config(serde)]` reads a field by.
#[derive(Debug)]
pub struct Deserialized<T> {
    value: T,
    shown: ItemValue,
}

impl<T: serde::de::DeserializeOwned> FromValue for Deserialized<T> {
    const EXPECTED: &'static str = "what its type reads";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        // By way of JSON's model, whose error would repeat the value and is dropped.
        let json = serde_json::to_value(shown(value)).map_err(|_| Refusal::unexpected())?;
        match serde_json::from_value(json) {
            Ok(read) => Ok(Self {
                value: read,
                shown: shown(value),
            }),
            Err(_) => Err(Refusal::unexpected()),
        }
    }

    fn show(&self) -> ItemValue {
        self.shown.clone()
    }
}

/// As a source has it.
fn shown(value: &Value) -> ItemValue {
    match value.content() {
        Content::Text(text) => text.as_str().into(),
        Content::Bool(value) => ItemValue::Bool(*value),
        Content::Integer(number) => ItemValue::Integer(*number),
        Content::Float(number) => ItemValue::Float(*number),
        Content::List(list) => ItemValue::List(list.iter().map(shown).collect()),
        Content::Table(rows) => ItemValue::Map(
            rows.iter()
                .map(|(key, value)| (key.clone(), shown(value)))
                .collect(),
        ),
    }
}

macro_rules! read_by {
    ($($by:ident)*) => {$(
        impl<T> $by<T> {
            /// A default, shown as it was written.
            pub fn of(value: T, written: &str) -> Self {
                Self { value, shown: written.into() }
            }

            /// The field's value.
            pub fn into_inner(self) -> T {
                self.value
            }
        }
    )*};
}

read_by! { Parsed Deserialized }
