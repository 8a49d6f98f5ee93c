//! Roles from elsewhere than the claim `roles`: one more pass over the payload for each list.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::fields::Text;
use super::json::{self, AnyValue, Name, Names};
use super::parse::ListSeed;
use super::role_source::RoleSource;
use super::spans::Spans;
use super::texts::Texts;
use super::{Claims, Field, List};

impl Claims {
    /// Makes the roles those of `source`.
    pub(in crate::token) fn collect_roles(&mut self, source: &RoleSource) {
        let json = std::mem::take(&mut self.json);
        let mut texts = Texts {
            json: &json,
            unescaped: std::mem::take(&mut self.unescaped),
            spans: std::mem::replace(&mut self.texts, Spans::new()),
        };
        let start = texts.spans.len();
        let sound = source.lists.iter().all(|list| {
            let first = texts.spans.len();
            let seed = Roles {
                texts: &mut texts,
                path: &list.path,
            };
            let read = seed.deserialize(&mut serde_json::Deserializer::from_str(&json));
            texts.put_before(&list.prefix, first);
            matches!(read, Ok(true))
        });
        let end = texts.spans.len();
        self.fields.roles = if sound {
            Field::Value(List::new(start, end))
        } else {
            Field::Invalid
        };
        self.unescaped = texts.unescaped;
        self.texts = texts.spans;
        self.json = json;
    }
}

/// Reads the list under a path; whether it is one, or not there.
struct Roles<'t, 'j, 'p> {
    texts: &'t mut Texts<'j>,
    path: &'p [Box<str>],
}

impl<'j> DeserializeSeed<'j> for Roles<'_, 'j, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<bool, D::Error> {
        if !self.path.is_empty() {
            return deserializer.deserialize_any(self);
        }
        let list = ListSeed {
            texts: self.texts,
            text: Text::Refused,
        };
        Ok(!matches!(list.deserialize(deserializer)?, Field::Invalid))
    }
}

/// The object on the way to the list. `null` is as good as absent; anything else is a mistake.
impl<'j> Visitor<'j> for Roles<'_, 'j, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'j>>(self, array: A) -> Result<bool, A::Error> {
        AnyValue.visit_seq(array)?;
        Ok(false)
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<bool, A::Error> {
        let (wanted, rest) = self
            .path
            .split_first()
            .ok_or_else(|| A::Error::custom("an empty path"))?;
        let mut names = Names::default();
        let mut sound = true;
        while let Some(name) = map.next_key_seed(Name)? {
            sound &= !json::is_number(&name);
            if *name == **wanted {
                sound = map.next_value_seed(Roles {
                    texts: &mut *self.texts,
                    path: rest,
                })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            if !names.insert(name) {
                return Err(A::Error::custom("a member is there twice"));
            }
        }
        Ok(sound)
    }
}
