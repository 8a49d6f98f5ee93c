//! One strict pass over the payload (RFC 7519 section 7.2, RFC 8259).

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::json::{AnyValue, Name, Names, Value};
use super::others::Others;
use super::plain::Plain;
use super::spans::Spans;
use super::texts::Texts;
use super::{Claims, Field, List, Span};

/// The last second of the year 9999: a NumericDate beyond is a mistake or an attempt to overflow.
pub(in crate::token) const LATEST: u64 = 253_402_300_799;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::token) enum ParseError {
    /// Not one JSON object in UTF-8.
    NotAnObject,
    /// A member of the object is there twice.
    Duplicate,
}

impl Claims {
    /// To be filled by [`read`](Self::read).
    pub(in crate::token) fn unread() -> Self {
        Self {
            json: String::new(),
            unescaped: String::new(),
            texts: Spans::new(),
            others: Others::default(),
            fields: Fields::default(),
        }
    }

    /// Fills unread claims, where they are: to move them about would take as long as to read some.
    pub(in crate::token) fn read(&mut self, payload: Vec<u8>) -> Result<(), ParseError> {
        let json = String::from_utf8(payload).map_err(|_| ParseError::NotAnObject)?;
        let mut reader = Reader::of(&json, &mut self.fields, &mut self.others);
        if !reader.read_plain()? {
            self.fields = Fields::default();
            self.others = Others::default();
            reader = Reader::of(&json, &mut self.fields, &mut self.others);
            reader.read()?;
        }
        let Texts {
            unescaped, spans, ..
        } = reader.texts;
        self.unescaped = unescaped;
        self.texts = spans;
        self.json = json;
        Ok(())
    }
}

/// The claims that have a type of their own.
#[derive(Clone, Copy, Debug, Default)]
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
}

struct Reader<'c, 'j> {
    fields: &'c mut Fields,
    texts: Texts<'j>,
    others: &'c mut Others,
    names: Names<'j>,
    duplicate: bool,
}

impl<'c, 'j> Reader<'c, 'j> {
    fn of(json: &'j str, fields: &'c mut Fields, others: &'c mut Others) -> Self {
        Self {
            fields,
            texts: Texts::of(json),
            others,
            names: Names::default(),
            duplicate: false,
        }
    }

    /// Whether it was plain JSON; where not, the reader is of no more use.
    fn read_plain(&mut self) -> Result<bool, ParseError> {
        let mut tokenizer = Plain::new(self.texts.json);
        let read = (&mut tokenizer)
            .deserialize_map(&mut *self)
            .and_then(|()| tokenizer.end());
        self.not_twice()?;
        Ok(read.is_ok())
    }

    fn read(&mut self) -> Result<(), ParseError> {
        let mut tokenizer = serde_json::Deserializer::from_str(self.texts.json);
        let read = (&mut tokenizer)
            .deserialize_map(&mut *self)
            .and_then(|()| tokenizer.end());
        self.not_twice()?;
        read.map_err(|_| ParseError::NotAnObject)
    }

    fn not_twice(&self) -> Result<(), ParseError> {
        match self.duplicate {
            true => Err(ParseError::Duplicate),
            false => Ok(()),
        }
    }
}

impl<'j> Visitor<'j> for &mut Reader<'_, 'j> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        let Reader { fields, texts, .. } = self;
        while let Some(name) = map.next_key_seed(Name)? {
            let new = match name.as_ref() {
                "iss" => fields.issuer.fill(read_text(texts, &mut map)?),
                "sub" => fields.subject.fill(read_text(texts, &mut map)?),
                "jti" => fields.id.fill(read_text(texts, &mut map)?),
                "exp" => fields.expires_at.fill(read_time(&mut map)?),
                "nbf" => fields.not_before.fill(read_time(&mut map)?),
                "iat" => fields.issued_at.fill(read_time(&mut map)?),
                "aud" => fields.audience.fill(read_list(texts, Text::One, &mut map)?),
                "roles" => fields
                    .roles
                    .fill(read_list(texts, Text::Refused, &mut map)?),
                "scope" => fields.scope.fill(read_list(texts, Text::Words, &mut map)?),
                "scp" => fields.scp.fill(read_list(texts, Text::Words, &mut map)?),
                _ => {
                    let value = map.next_value_seed(AnyValue)?;
                    self.others.keep(texts, &name, &value);
                    self.names.insert(name)
                }
            };
            if !new {
                self.duplicate = true;
                return Err(A::Error::custom("a claim is there twice"));
            }
        }
        Ok(())
    }
}

impl<T> Field<T> {
    /// Whether it was absent until now.
    fn fill(&mut self, value: Self) -> bool {
        matches!(std::mem::replace(self, value), Self::Absent)
    }
}

/// A NumericDate from 1970 to 9999, whole or with a fraction (RFC 7519 section 2).
fn read_time<'j, A: MapAccess<'j>>(map: &mut A) -> Result<Field<Duration>, A::Error> {
    Ok(match map.next_value_seed(AnyValue)? {
        Value::Null => Field::Null,
        Value::Unsigned(seconds) if seconds <= LATEST => Field::Value(Duration::from_secs(seconds)),
        Value::Float(seconds) => match Duration::try_from_secs_f64(seconds) {
            Ok(time) if time.as_secs() <= LATEST => Field::Value(time),
            _ => Field::Invalid,
        },
        _ => Field::Invalid,
    })
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

fn read_text<'j, A: MapAccess<'j>>(
    texts: &mut Texts<'j>,
    map: &mut A,
) -> Result<Field<Span>, A::Error> {
    Ok(match map.next_value_seed(AnyValue)? {
        Value::Null => Field::Null,
        Value::Text(text) => Field::Value(texts.place(&text)),
        _ => Field::Invalid,
    })
}

fn read_list<'j, A: MapAccess<'j>>(
    texts: &mut Texts<'j>,
    text: Text,
    map: &mut A,
) -> Result<Field<List>, A::Error> {
    map.next_value_seed(ListSeed { texts, text })
}

pub(super) struct ListSeed<'t, 'j> {
    pub(super) texts: &'t mut Texts<'j>,
    pub(super) text: Text,
}

impl<'j> DeserializeSeed<'j> for ListSeed<'_, 'j> {
    type Value = Field<List>;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'j> ListSeed<'_, 'j> {
    fn single(self, text: Cow<'j, str>) -> Field<List> {
        let texts = self.texts;
        let start = texts.spans.len();
        match self.text {
            Text::Refused => return Field::Invalid,
            Text::One => {
                let span = texts.place(&text);
                texts.spans.push(span);
            }
            Text::Words => {
                let whole = texts.place(&text);
                let mut at = whole.start();
                for word in text.as_bytes().split(|byte| *byte == b' ') {
                    if !word.is_empty() {
                        texts.spans.push(Span::new(at, word.len()));
                    }
                    at = at.saturating_add(word.len()).saturating_add(1);
                }
            }
        }
        texts.list_from(start)
    }
}

impl<'j> Visitor<'j> for ListSeed<'_, 'j> {
    type Value = Field<List>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Field<List>, E> {
        Ok(Field::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Field<List>, E> {
        Ok(Field::Invalid)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Field<List>, E> {
        Ok(Field::Invalid)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Field<List>, E> {
        Ok(Field::Invalid)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Field<List>, E> {
        Ok(Field::Invalid)
    }

    fn visit_borrowed_str<E>(self, text: &'j str) -> Result<Field<List>, E> {
        Ok(self.single(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Field<List>, E> {
        Ok(self.single(Cow::Owned(text.to_owned())))
    }

    fn visit_map<A: MapAccess<'j>>(self, object: A) -> Result<Field<List>, A::Error> {
        AnyValue.visit_map(object)?;
        Ok(Field::Invalid)
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut array: A) -> Result<Field<List>, A::Error> {
        let texts = self.texts;
        let start = texts.spans.len();
        let mut only_texts = true;
        while let Some(element) = array.next_element_seed(AnyValue)? {
            if let Value::Text(text) = element {
                let span = texts.place(&text);
                texts.spans.push(span);
            } else {
                only_texts = false;
            }
        }
        Ok(if only_texts {
            texts.list_from(start)
        } else {
            Field::Invalid
        })
    }
}
