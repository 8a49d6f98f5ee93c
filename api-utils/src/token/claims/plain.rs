//! A second tokenizer, for the JSON that issuers write nearly always: strings without an escape,
//! whole numbers, lists and objects of these. It is quick because it gives up at anything else,
//! and serde_json reads the payload then.
//!
//! It accepts a part of what serde_json accepts, and says the same of it to the same visitor.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Lists and objects in one another; serde_json goes deeper.
const DEEPEST: u8 = 8;
/// Of a whole number: as many fit a `u64` whatever they are.
const MOST_DIGITS: usize = 18;

/// Anything but plain JSON, a syntax error among it, or what the visitor refused.
#[derive(Debug)]
pub(super) struct NotPlain;

pub(super) struct Plain<'j> {
    json: &'j str,
    at: usize,
    depth: u8,
}

impl<'j> Plain<'j> {
    pub(super) fn new(json: &'j str) -> Self {
        Self {
            json,
            at: 0,
            depth: 0,
        }
    }

    /// Nothing may follow the value.
    pub(super) fn end(&mut self) -> Result<(), NotPlain> {
        self.peek().map_or(Ok(()), |_| Err(NotPlain))
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.json.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.pass(1),
                byte => return byte.copied(),
            }
        }
    }

    fn pass(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    fn string(&mut self) -> Result<&'j str, NotPlain> {
        let start = self.at.saturating_add(1);
        let bytes = self.json.as_bytes().get(start..).ok_or(NotPlain)?;
        let length = plain_bytes(bytes);
        if bytes.get(length) != Some(&b'"') {
            return Err(NotPlain);
        }
        let end = start.saturating_add(length);
        self.at = end.saturating_add(1);
        self.json.get(start..end).ok_or(NotPlain)
    }

    fn whole_number(&mut self) -> Result<u64, NotPlain> {
        let bytes = self.json.as_bytes().get(self.at..).unwrap_or_default();
        let mut number = 0u64;
        let mut digits = 0usize;
        for digit in bytes.iter().map(|byte| byte.wrapping_sub(b'0')) {
            if digit > 9 {
                break;
            }
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
            digits = digits.saturating_add(1);
        }
        if digits > MOST_DIGITS {
            return Err(NotPlain);
        }
        let is_fraction = matches!(bytes.get(digits), Some(b'.' | b'e' | b'E'));
        if is_fraction || (digits > 1 && bytes.first() == Some(&b'0')) {
            return Err(NotPlain);
        }
        self.pass(digits);
        Ok(number)
    }

    fn word<T>(&mut self, word: &str, value: T) -> Result<T, NotPlain> {
        let rest = self.json.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(NotPlain);
        }
        self.pass(word.len());
        Ok(value)
    }

    /// Reads what is between two brackets, to the closing one.
    fn inside<T>(
        &mut self,
        close: u8,
        read: impl FnOnce(&mut Members<'_, 'j>) -> Result<T, NotPlain>,
    ) -> Result<T, NotPlain> {
        if self.depth == DEEPEST {
            return Err(NotPlain);
        }
        self.depth = self.depth.saturating_add(1);
        self.pass(1);
        let mut members = Members {
            plain: self,
            close,
            place: Place::First,
        };
        let value = read(&mut members)?;
        if members.place != Place::End {
            return Err(NotPlain);
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(value)
    }
}

/// How many bytes there are before a quote, an escape or a control character. Eight at a time:
/// of the bits that mark one, the lowest is always right.
fn plain_bytes(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let is_zero = |eight: u64| eight.wrapping_sub(ONES) & !eight & HIGHS;
    let of = |byte: u8| ONES.wrapping_mul(u64::from(byte));
    let mut rest = bytes;
    while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
        let eight = u64::from_le_bytes(*eight);
        let control = eight.wrapping_sub(of(b' ')) & !eight & HIGHS;
        let marks = control | is_zero(eight ^ of(b'"')) | is_zero(eight ^ of(b'\\'));
        if marks != 0 {
            let before = usize::try_from(marks.trailing_zeros().wrapping_shr(3)).unwrap_or(0);
            let passed = bytes.len().saturating_sub(rest.len());
            return passed.saturating_add(before);
        }
        rest = behind;
    }
    let is_plain = |byte: &&u8| **byte >= b' ' && !matches!(**byte, b'"' | b'\\');
    let last = rest.iter().take_while(is_plain).count();
    let passed = bytes.len().saturating_sub(rest.len());
    passed.saturating_add(last)
}

impl<'j> Deserializer<'j> for &mut Plain<'j> {
    type Error = NotPlain;

    #[inline]
    fn deserialize_any<V: Visitor<'j>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        match self.peek().ok_or(NotPlain)? {
            b'"' => visitor.visit_borrowed_str(self.string()?),
            b'0'..=b'9' => visitor.visit_u64(self.whole_number()?),
            b'[' => self.inside(b']', |members| visitor.visit_seq(members)),
            b'{' => self.inside(b'}', |members| visitor.visit_map(members)),
            b't' => visitor.visit_bool(self.word("true", true)?),
            b'f' => visitor.visit_bool(self.word("false", false)?),
            b'n' => {
                self.word("null", ())?;
                visitor.visit_unit()
            }
            _ => Err(NotPlain),
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'j>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

/// Where in a list or an object the reader is.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    First,
    Later,
    End,
}

struct Members<'p, 'j> {
    plain: &'p mut Plain<'j>,
    close: u8,
    place: Place,
}

impl Members<'_, '_> {
    /// Whether there is another, of which the reader stands at the first byte.
    fn next(&mut self) -> Result<bool, NotPlain> {
        let next = self.plain.peek().ok_or(NotPlain)?;
        match self.place {
            Place::End => return Ok(false),
            _ if next == self.close => {
                self.place = Place::End;
                self.plain.pass(1);
                return Ok(false);
            }
            Place::First => self.place = Place::Later,
            Place::Later if next == b',' => self.plain.pass(1),
            Place::Later => return Err(NotPlain),
        }
        Ok(true)
    }
}

impl<'j> SeqAccess<'j> for &mut Members<'_, 'j> {
    type Error = NotPlain;

    fn next_element_seed<T: DeserializeSeed<'j>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NotPlain> {
        if self.next()? {
            seed.deserialize(&mut *self.plain).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'j> MapAccess<'j> for &mut Members<'_, 'j> {
    type Error = NotPlain;

    fn next_key_seed<K: DeserializeSeed<'j>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, NotPlain> {
        if !self.next()? {
            return Ok(None);
        }
        if self.plain.peek() != Some(b'"') {
            return Err(NotPlain);
        }
        let name = self.plain.string()?;
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'j>>(&mut self, seed: V) -> Result<V::Value, NotPlain> {
        if self.plain.peek() != Some(b':') {
            return Err(NotPlain);
        }
        self.plain.pass(1);
        seed.deserialize(&mut *self.plain)
    }
}

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not plain JSON")
    }
}

impl std::error::Error for NotPlain {}

impl Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize as _;
    use serde_json::Value;

    use super::*;

    fn plain(json: &str) -> Option<Value> {
        let mut tokenizer = Plain::new(json);
        let value = Value::deserialize(&mut tokenizer).ok()?;
        tokenizer.end().ok().map(|()| value)
    }

    const DOCUMENTS: [&str; 4] = [
        r#"{"iss":"https://login.example.org/","sub":"5f1c2a7e-81c5","exp":1795600000,"n":null}"#,
        " {\"aud\" : [\"a\", \"b b\"],\t\"roles\":[],\"deep\":{\"a\":[{\"b\":true}], \"c\":{}}} \r\n",
        r#"["",0,10,999999999999999999,false,"ä€𝄞",[[1],[2,[3]]]]"#,
        r#"{"a":1,"a":{"a":2,"b":"x"},"long name of a claim":"and a text of more than eight"}"#,
    ];

    #[test]
    fn what_issuers_write_is_plain() {
        for json in DOCUMENTS {
            assert_eq!(plain(json), serde_json::from_str(json).ok(), "{json}");
            assert!(plain(json).is_some(), "{json}");
        }
    }

    #[test]
    fn what_it_accepts_serde_json_accepts_and_says_the_same() {
        let bytes = b"\"\\,:[]{}0129-+.eEtfn \t\n\r\x00\x1f\x7f/a\xc3\xa4\xff";
        let mut accepted = 0;
        let mut check = |json: Vec<u8>| {
            // The payload is checked for UTF-8 before it is read.
            if let Ok(json) = String::from_utf8(json)
                && let Some(value) = plain(&json)
            {
                accepted += 1;
                assert_eq!(
                    serde_json::from_str::<Value>(&json).ok(),
                    Some(value),
                    "{json:?}"
                );
            }
        };
        for document in DOCUMENTS.map(str::as_bytes) {
            for at in 0..document.len() {
                let (front, back) = document.split_at(at);
                check(front.to_vec());
                check([front, &back[1..]].concat());
                for byte in bytes {
                    check([front, &[*byte], back].concat());
                    check([front, &[*byte], &back[1..]].concat());
                    for other in bytes {
                        check([front, &[*byte, *other], &back[1..]].concat());
                    }
                }
            }
        }
        assert!(accepted > 10_000, "{accepted}");
    }

    #[test]
    fn anything_unusual_is_left_to_serde_json() {
        for json in [
            r#"{"a":"\n"}"#,
            r#"{"\u0061":1}"#,
            "[-1]",
            "[1.0]",
            "[1e3]",
            "[1000000000000000000]",
            "[[[[[[[[[1]]]]]]]]]",
        ] {
            assert!(serde_json::from_str::<Value>(json).is_ok(), "{json}");
            assert_eq!(plain(json), None, "{json}");
        }
    }
}
