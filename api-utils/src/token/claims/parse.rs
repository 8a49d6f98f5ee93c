//! One strict pass over the payload (RFC 7519 section 7.2, RFC 8259), with serde_json's tokenizer
//! where it is not plain.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::fields::{Fields, Text};
use super::json::{AnyValue, Name, Names, Value};
use super::others::Others;
use super::spans::Spans;
use super::texts::Texts;
use super::{Claims, Field, List, Span, plain};

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
        match plain::read(&json, self) {
            Some(read) => read?,
            None => self.read_any(&json)?,
        }
        self.json = json;
        Ok(())
    }

    /// Begins anew, with serde_json.
    pub(super) fn read_any(&mut self, json: &str) -> Result<(), ParseError> {
        *self = Self::unread();
        let mut reader = Reader {
            fields: &mut self.fields,
            texts: Texts::of(json),
            others: &mut self.others,
            names: Names::default(),
            duplicate: false,
        };
        reader.read()?;
        self.unescaped = reader.texts.unescaped;
        self.texts = reader.texts.spans;
        Ok(())
    }
}

struct Reader<'c, 'j> {
    fields: &'c mut Fields,
    texts: Texts<'j>,
    others: &'c mut Others,
    names: Names<'j>,
    duplicate: bool,
}

impl Reader<'_, '_> {
    fn read(&mut self) -> Result<(), ParseError> {
        let mut tokenizer = serde_json::Deserializer::from_str(self.texts.json);
        let read = (&mut tokenizer)
            .deserialize_map(&mut *self)
            .and_then(|()| tokenizer.end());
        if self.duplicate {
            return Err(ParseError::Duplicate);
        }
        read.map_err(|_| ParseError::NotAnObject)
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
                "iss" => fields.issuer.fill(read_value(texts, &mut map)?.into()),
                "sub" => fields.subject.fill(read_value(texts, &mut map)?.into()),
                "jti" => fields.id.fill(read_value(texts, &mut map)?.into()),
                "exp" => fields.expires_at.fill(read_value(texts, &mut map)?.into()),
                "nbf" => fields.not_before.fill(read_value(texts, &mut map)?.into()),
                "iat" => fields.issued_at.fill(read_value(texts, &mut map)?.into()),
                "cnf" => fields
                    .confirmation
                    .fill(read_value(texts, &mut map)?.into()),
                "aud" => fields.audience.fill(read_list(texts, Text::One, &mut map)?),
                "roles" => fields
                    .roles
                    .fill(read_list(texts, Text::Refused, &mut map)?),
                "scope" => fields.scope.fill(read_list(texts, Text::Words, &mut map)?),
                "scp" => fields.scp.fill(read_list(texts, Text::Words, &mut map)?),
                _ => {
                    let value = read_value(texts, &mut map)?;
                    self.others.keep(texts.place(&name), value);
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

fn read_value<'j, A: MapAccess<'j>>(
    texts: &mut Texts<'j>,
    map: &mut A,
) -> Result<Value<Span>, A::Error> {
    let value = map.next_value_seed(AnyValue)?;
    Ok(value.map_text(|text| texts.place(&text)))
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

impl ListSeed<'_, '_> {
    fn single(self, text: &str) -> Field<List> {
        let place = self.texts.place(text);
        self.text.list(place, &mut self.texts.spans)
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

    fn visit_str<E>(self, text: &str) -> Result<Field<List>, E> {
        Ok(self.single(text))
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
            texts.spans.list_from(start)
        } else {
            Field::Invalid
        })
    }
}
