//! The JOSE header, strictly: which algorithm, which key, and nothing that asks for more
//! (RFC 7515 section 4, RFC 8725 sections 3.1, 3.10 and 3.11).

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};

use super::Algorithm;
use super::Reason;
use super::claims::json::{AnyValue, Name, Names, Value};

/// What a header may say here.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Header<'h> {
    pub(super) algorithm: Algorithm,
    pub(super) kid: Option<Cow<'h, str>>,
}

/// Members that ask for what this verifier does not do. An embedded key or a place to get one is
/// never used, so a token that brings one was meant for somebody else; the last ones are those of
/// an encrypted token.
const REFUSED: [&str; 15] = [
    "crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "epk", "apu", "apv", "iv", "tag",
    "p2s", "p2c",
];

/// How long a header may be, encoded. It is read before the signature is checked, for anybody.
pub(super) const MAX_HEADER_CHARACTERS: usize = 1024;

/// How many members it may have beside `alg`, `kid` and `typ`, for the same reason.
const MOST_OTHERS: usize = 16;

/// Media types of an access token; compared in any case, with or without `application/`.
const TYPES: [&str; 2] = ["jwt", "at+jwt"];

/// Reads the decoded header.
pub(super) fn parse(json: &[u8]) -> Result<Header<'_>, Reason> {
    let text = std::str::from_utf8(json).map_err(|_| Reason::HeaderInvalid)?;
    let mut members = Members::default();
    let mut tokenizer = serde_json::Deserializer::from_str(text);
    (&mut tokenizer)
        .deserialize_map(MembersVisitor(&mut members))
        .and_then(|()| tokenizer.end())
        .map_err(|_| Reason::HeaderInvalid)?;
    members.judge()
}

#[derive(Default)]
struct Members<'h> {
    alg: Option<Value<Cow<'h, str>>>,
    kid: Option<Value<Cow<'h, str>>>,
    typ: Option<Value<Cow<'h, str>>>,
    refused: bool,
    others: Names<'h>,
    count: usize,
}

impl<'h> Members<'h> {
    fn judge(self) -> Result<Header<'h>, Reason> {
        let algorithm = match &self.alg {
            Some(Value::Text(name)) => name.parse().map_err(|_| Reason::AlgorithmRefused)?,
            _ => return Err(Reason::AlgorithmRefused),
        };
        if self.refused {
            return Err(Reason::HeaderRefused);
        }
        match &self.typ {
            None => {}
            Some(Value::Text(typ)) if is_access_token(typ) => {}
            Some(_) => return Err(Reason::HeaderRefused),
        }
        let kid = match self.kid {
            None => None,
            Some(Value::Text(kid)) => Some(kid),
            Some(_) => return Err(Reason::HeaderInvalid),
        };
        Ok(Header { algorithm, kid })
    }
}

fn is_access_token(typ: &str) -> bool {
    const PREFIX: &str = "application/";
    let subtype = match typ.split_at_checked(PREFIX.len()) {
        Some((prefix, subtype)) if prefix.eq_ignore_ascii_case(PREFIX) => subtype,
        _ => typ,
    };
    TYPES
        .iter()
        .any(|known| subtype.eq_ignore_ascii_case(known))
}

struct MembersVisitor<'m, 'h>(&'m mut Members<'h>);

impl<'h> Visitor<'h> for MembersVisitor<'_, 'h> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'h>>(self, mut map: A) -> Result<(), A::Error> {
        let members = self.0;
        while let Some(name) = map.next_key_seed(Name)? {
            let value = map.next_value_seed(AnyValue)?;
            let slot = match name.as_ref() {
                "alg" => &mut members.alg,
                "kid" => &mut members.kid,
                "typ" => &mut members.typ,
                other => {
                    members.refused |= REFUSED.contains(&other);
                    members.count = members.count.saturating_add(1);
                    if members.count > MOST_OTHERS {
                        return Err(A::Error::custom("very many members"));
                    }
                    if !members.others.insert(name) {
                        return Err(A::Error::custom("a member is there twice"));
                    }
                    continue;
                }
            };
            if slot.replace(value).is_some() {
                return Err(A::Error::custom("a member is there twice"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many_members(count: usize) -> String {
        let others: String = (0..count).map(|at| format!(r#""x{at}":1,"#)).collect();
        format!(r#"{{{others}"typ":"JWT","kid":"k","alg":"HS256"}}"#)
    }

    fn reason(json: &str) -> Option<Reason> {
        parse(json.as_bytes()).err()
    }

    #[test]
    fn says_algorithm_and_key() {
        let header = parse(br#"{"typ":"JWT","alg":"HS384","kid":"a\u002fb","x":[{}]}"#).unwrap();
        assert_eq!(header.algorithm, Algorithm::Hs384);
        assert!(parse(many_members(16).as_bytes()).is_ok());
        assert_eq!(header.kid.as_deref(), Some("a/b"));
    }

    #[test]
    fn types_of_access_tokens() {
        for typ in [
            "JWT",
            "jwt",
            "at+jwt",
            "AT+JWT",
            "application/jwt",
            "Application/AT+jwt",
        ] {
            let json = format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#);
            assert_eq!(reason(&json), None, "{typ}");
        }
        for typ in [
            "",
            "JWE",
            "logout+jwt",
            "application/",
            "application/application/jwt",
        ] {
            let json = format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#);
            assert_eq!(reason(&json), Some(Reason::HeaderRefused), "{typ}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (json, expected) in [
            (r#"{"alg":"none"}"#, Reason::AlgorithmRefused),
            (r#"{"alg":"hs256"}"#, Reason::AlgorithmRefused),
            (r#"{"alg":["HS256"]}"#, Reason::AlgorithmRefused),
            (r#"{"Alg":"HS256"}"#, Reason::AlgorithmRefused),
            ("{}", Reason::AlgorithmRefused),
            (r#"{"alg":"HS256","crit":[]}"#, Reason::HeaderRefused),
            (r#"{"alg":"HS256","\u0063rit":[]}"#, Reason::HeaderRefused),
            (r#"{"alg":"HS256","b64":true}"#, Reason::HeaderRefused),
            (
                r#"{"alg":"HS256","jku":"https://a"}"#,
                Reason::HeaderRefused,
            ),
            (r#"{"alg":"HS256","typ":null}"#, Reason::HeaderRefused),
            (r#"{"alg":"HS256","kid":7}"#, Reason::HeaderInvalid),
            (r#"{"alg":"HS256","alg":"HS256"}"#, Reason::HeaderInvalid),
            (
                r#"{"alg":"HS256","\u0061lg":"HS256"}"#,
                Reason::HeaderInvalid,
            ),
            (r#"{"alg":"HS256","x":1,"x":1}"#, Reason::HeaderInvalid),
            (r#"{"alg":"HS256"}{}"#, Reason::HeaderInvalid),
            (r#"{"alg":"HS256"} x"#, Reason::HeaderInvalid),
            (r#"{"alg":"HS256","x":1e400}"#, Reason::HeaderInvalid),
            (r#"{"alg":"HS256","x":"\ud800"}"#, Reason::HeaderInvalid),
            (r#"["alg","HS256"]"#, Reason::HeaderInvalid),
            (&many_members(17), Reason::HeaderInvalid),
            ("null", Reason::HeaderInvalid),
            ("", Reason::HeaderInvalid),
            ("\u{feff}{\"alg\":\"HS256\"}", Reason::HeaderInvalid),
        ] {
            assert_eq!(reason(json), Some(expected), "{json}");
        }
        assert_eq!(
            parse(b"{\"alg\":\"HS256\",\"x\":\"\xff\"}"),
            Err(Reason::HeaderInvalid)
        );
    }
}
