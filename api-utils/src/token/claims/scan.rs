//! A tokenizer for the JSON that issuers write nearly always: strings without an escape, whole
//! numbers, lists and objects of these. It is quick because it gives up at anything else, and
//! serde_json reads the payload then.
//!
//! It accepts a part of what serde_json accepts, and says the same of it. `None` is anything but
//! plain JSON, a syntax error among it.
//!
//! Its small steps are put into the code that reads the claims: called, they hand over the place
//! through memory, and every step waits for the place.

use super::Span;
use super::json::Value;

/// Lists and objects in one another; serde_json goes deeper.
const DEEPEST: u8 = 8;
/// Of a whole number: as many fit a `u64`, and an `i64`, whatever they are.
const MOST_DIGITS: usize = 18;

pub(super) struct Scan<'j> {
    json: &'j str,
    at: usize,
}

impl<'j> Scan<'j> {
    pub(super) const fn of(json: &'j str) -> Self {
        Self { json, at: 0 }
    }

    /// Nothing may follow the value.
    pub(super) fn end(&mut self) -> Option<()> {
        self.peek().is_none().then_some(())
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'j [u8] {
        self.json.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.json.as_bytes().get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.pass(1),
                byte => return byte.copied(),
            }
        }
    }

    /// No overflow: a place in a text, or a little behind it.
    #[inline(always)]
    pub(super) fn pass(&mut self, count: usize) {
        self.at = self.at.wrapping_add(count);
    }

    /// Goes behind this byte, which must be the next that is no white space.
    #[inline(always)]
    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.pass(1))
    }

    /// What is between two brackets, to the closing one: `read` reads one of it.
    #[inline(always)]
    pub(super) fn inside(
        &mut self,
        brackets: [u8; 2],
        mut read: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let [open, close] = brackets;
        self.take(open)?;
        if self.peek()? == close {
            self.pass(1);
            return Some(());
        }
        loop {
            read(self)?;
            let next = self.peek()?;
            self.pass(1);
            match next {
                b',' => {}
                _ if next == close => return Some(()),
                _ => return None,
            }
        }
    }

    pub(super) fn string(&mut self) -> Option<Span> {
        self.take(b'"')?;
        self.rest_of_string()
    }

    /// What is left of a string.
    pub(super) fn rest_of_string(&mut self) -> Option<Span> {
        let bytes = self.rest();
        let length = plain_bytes(bytes);
        if bytes.get(length) != Some(&b'"') {
            return None;
        }
        let span = Span::new(self.at, length);
        self.pass(length.wrapping_add(1));
        Some(span)
    }

    /// The text of a string that was read.
    pub(super) fn text(&self, span: Span) -> &'j str {
        super::part(self.json, span.start(), span.length())
    }

    #[inline(always)]
    pub(super) fn value(&mut self) -> Option<Value<Span>> {
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'0'..=b'9' => self.whole_number().map(Value::Unsigned),
            _ => self.other(DEEPEST),
        }
    }

    /// Any value, in which there may be so many more lists and objects in one another.
    #[inline(never)]
    fn other(&mut self, depth: u8) -> Option<Value<Span>> {
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'0'..=b'9' => self.whole_number().map(Value::Unsigned),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            b'[' => {
                let depth = depth.checked_sub(1)?;
                self.inside(*b"[]", |scan| scan.other(depth).map(drop))?;
                Some(Value::Array)
            }
            b'{' => {
                let depth = depth.checked_sub(1)?;
                self.inside(*b"{}", |scan| {
                    scan.string()?;
                    scan.take(b':')?;
                    scan.other(depth).map(drop)
                })?;
                Some(Value::Object)
            }
            _ => None,
        }
    }

    fn whole_number(&mut self) -> Option<u64> {
        let bytes = self.rest();
        let mut number = 0u64;
        let mut digits = 0usize;
        for digit in bytes.iter().map(|byte| byte.wrapping_sub(b'0')) {
            if digit > 9 {
                break;
            }
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
            digits = digits.saturating_add(1);
        }
        let is_fraction = matches!(bytes.get(digits), Some(b'.' | b'e' | b'E'));
        let begins_with_zero = digits > 1 && bytes.first() == Some(&b'0');
        if digits > MOST_DIGITS || is_fraction || begins_with_zero {
            return None;
        }
        self.pass(digits);
        Some(number)
    }

    fn word(&mut self, word: &str, value: Value<Span>) -> Option<Value<Span>> {
        self.rest().starts_with(word.as_bytes()).then(|| {
            self.pass(word.len());
            value
        })
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
            let passed = bytes.len().wrapping_sub(rest.len());
            return passed.wrapping_add(before);
        }
        rest = behind;
    }
    let is_plain = |byte: &&u8| **byte >= b' ' && !matches!(**byte, b'"' | b'\\');
    let last = rest.iter().take_while(is_plain).count();
    let passed = bytes.len().wrapping_sub(rest.len());
    passed.saturating_add(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(json: &str) -> Option<Value<&str>> {
        let mut scan = Scan::of(json);
        let value = scan.value()?;
        scan.end()?;
        Some(value.map_text(|span| scan.text(span)))
    }

    #[test]
    fn what_issuers_write_is_plain() {
        for (json, value) in [
            ("null", Value::Null),
            (" true\r\n", Value::Bool(true)),
            ("\tfalse", Value::Bool(false)),
            ("0", Value::Unsigned(0)),
            (
                "999999999999999999",
                Value::Unsigned(999_999_999_999_999_999),
            ),
            (r#""""#, Value::Text("")),
            (r#""eight ch""#, Value::Text("eight ch")),
            (r#""ä€𝄞 and more""#, Value::Text("ä€𝄞 and more")),
            ("[]", Value::Array),
            ("[ 1 , [ \"2\" ],{ } ]", Value::Array),
            ("{}", Value::Object),
            (r#"{"a":1,"a":{"":[true,null]}}"#, Value::Object),
            ("[[[[[[[[1]]]]]]]]", Value::Array),
        ] {
            assert_eq!(plain(json), Some(value), "{json}");
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok());
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_serde_json() {
        for json in [
            r#""\n""#,
            r#"{"\u0061":1}"#,
            "-1",
            "1.0",
            "1e3",
            "1E3",
            "1000000000000000000",
            "[[[[[[[[[1]]]]]]]]]",
        ] {
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok());
            assert_eq!(plain(json), None, "{json}");
        }
    }

    #[test]
    fn what_is_no_json_is_not_plain() {
        for json in [
            "",
            " ",
            "tru",
            "nul",
            "truee",
            "null null",
            "00",
            "01",
            "1 2",
            "1a",
            "+1",
            "\"",
            "\"a",
            "\"\n\"",
            "\"a\u{1f}\"",
            "'a'",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1}",
            "{",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "{1:1}",
            "{\"a\":1]",
            "]",
            "}",
            ",",
            ":",
        ] {
            assert!(serde_json::from_str::<serde_json::Value>(json).is_err());
            assert_eq!(plain(json), None, "{json}");
        }
    }
}
