//! The claims of a payload in plain JSON, read in one go; the other way is in `parse`.

use super::fields::Text;
use super::json::Value;
use super::others::Others;
use super::parse::ParseError;
use super::scan::Scan;
use super::spans::Spans;
use super::{Claims, Field, List, Span};

/// Members that are no registered claims: with more, to compare all names with one another takes
/// longer than to keep a set of them, as the other way does.
const MOST_OTHERS: usize = 32;

/// `None` where the payload is not plain JSON, to be read the other way from the beginning.
///
/// A registered name is looked at where it stands, before its end is known. To look for the end
/// first would be to wait for it at each name: where the next thing begins depends on it.
pub(super) fn read(json: &str, claims: &mut Claims) -> Option<Result<(), ParseError>> {
    let Claims {
        fields,
        others,
        texts,
        ..
    } = claims;
    let mut scan = Scan::of(json);
    let mut duplicate = false;
    let read = scan.inside(*b"{}", |scan| {
        scan.take(b'"')?;
        let rest = scan.rest();
        let new = match rest.first_chunk()? {
            b"iss\"" => fields.issuer.fill(value(scan, 4)?.into()),
            b"sub\"" => fields.subject.fill(value(scan, 4)?.into()),
            b"jti\"" => fields.id.fill(value(scan, 4)?.into()),
            b"exp\"" => fields.expires_at.fill(value(scan, 4)?.into()),
            b"nbf\"" => fields.not_before.fill(value(scan, 4)?.into()),
            b"iat\"" => fields.issued_at.fill(value(scan, 4)?.into()),
            b"cnf\"" => fields.confirmation.fill(value(scan, 4)?.into()),
            b"aud\"" => fields.audience.fill(list(scan, 4, Text::One, texts)?),
            b"scp\"" => fields.scp.fill(list(scan, 4, Text::Words, texts)?),
            b"role" if rest.starts_with(b"roles\"") => {
                fields.roles.fill(list(scan, 6, Text::Refused, texts)?)
            }
            b"scop" if rest.starts_with(b"scope\"") => {
                fields.scope.fill(list(scan, 6, Text::Words, texts)?)
            }
            _ => other(scan, others)?,
        };
        duplicate = !new;
        new.then_some(())
    });
    if duplicate {
        return Some(Err(ParseError::Duplicate));
    }
    read?;
    scan.end()?;
    Some(Ok(()))
}

/// What stands behind so many bytes of a name, and the colon.
#[inline(always)]
fn value(scan: &mut Scan<'_>, name: usize) -> Option<Value<Span>> {
    scan.pass(name);
    scan.take(b':')?;
    scan.value()
}

/// The same of a claim that is a list.
fn list(scan: &mut Scan<'_>, name: usize, text: Text, texts: &mut Spans) -> Option<Field<List>> {
    scan.pass(name);
    scan.take(b':')?;
    let start = texts.len();
    if scan.peek()? != b'[' {
        return Some(match scan.value()? {
            Value::Null => Field::Null,
            Value::Text(place) => text.list(place, texts),
            _ => Field::Invalid,
        });
    }
    let mut only_texts = true;
    scan.inside(*b"[]", |scan| {
        match scan.value()? {
            Value::Text(place) => texts.push(place),
            _ => only_texts = false,
        }
        Some(())
    })?;
    Some(match only_texts {
        true => texts.list_from(start),
        false => Field::Invalid,
    })
}

/// Keeps a claim that is no registered one; whether its name is new.
#[inline(never)]
fn other(scan: &mut Scan<'_>, others: &mut Others) -> Option<bool> {
    let place = scan.rest_of_string()?;
    scan.take(b':')?;
    let value = scan.value()?;
    let name = scan.text(place);
    if others.names().any(|seen| scan.text(seen) == name) {
        return Some(false);
    }
    if others.names().len() == MOST_OTHERS {
        return None;
    }
    others.keep(place, value);
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::super::fields::Fields;
    use super::*;

    type Read = Result<(Fields, Vec<Span>, Others), ParseError>;

    /// The claims as this way and as the other one read them.
    fn both(json: &str) -> [Option<Read>; 2] {
        let parts = |claims: Claims| (claims.fields, claims.texts.to_vec(), claims.others);
        let mut here = Claims::unread();
        let mut there = Claims::unread();
        let read = read(json, &mut here);
        let other = there.read_any(json);
        [
            read.map(|read| read.map(|()| parts(here))),
            Some(other.map(|()| parts(there))),
        ]
    }

    const DOCUMENTS: [&str; 5] = [
        r#"{"iss":"https://login.example.org/","aud":"api","sub":"5f1c2a7e-81c5","exp":1795600000,
            "nbf":1795600000,"iat":1,"jti":"b7","roles":["admin","role-0001"],"scope":"a:b  c "}"#,
        r#"{"scp":["a"],"aud":["a","b b"],"roles":[],"scope":"","cnf":{"jkt":""},"realm":{"a":[{"b":true}],"c":{}}}"#,
        " {\"sub\" : null ,\t\"n\":0, \"long name of a claim\":\"a text of more than eight\"} \r\n",
        r#"{"exp":253402300799,"iat":253402300800,"nbf":"1","aud":1,"roles":"admin","scp":"a b"}"#,
        r#"{"a":1,"b":true,"":false,"isss":"","is":"","rolesx":"ä€𝄞","role":[],"scope2":"","z":"a"}"#,
    ];

    #[test]
    fn what_issuers_write_is_read_here() {
        for json in DOCUMENTS {
            let [here, there] = both(json);
            assert_eq!(here, there, "{json}");
            assert!(matches!(here, Some(Ok(_))), "{json}");
        }
    }

    #[test]
    fn what_is_read_here_is_read_the_same_there() {
        let bytes = b"\"\\,:[]{}0129-+.eEtfnisoucp \t\n\r\x00\x1f\x7f/a\xc3\xa4\xff";
        let (mut accepted, mut twice) = (0, 0);
        let mut check = |json: Vec<u8>| {
            // The payload is checked for UTF-8 before it is read.
            let Ok(json) = String::from_utf8(json) else {
                return;
            };
            let [here, there] = both(&json);
            if here.is_some() {
                accepted += usize::from(matches!(here, Some(Ok(_))));
                twice += usize::from(matches!(here, Some(Err(_))));
                assert_eq!(here, there, "{json:?}");
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
        assert!(twice > 10, "{twice}");
    }

    #[test]
    fn a_claim_that_is_there_twice_is_found_whichever_it_is() {
        let names = [
            "iss", "sub", "jti", "exp", "nbf", "iat", "aud", "scp", "cnf", "roles", "scope",
            "tenant", "",
        ];
        for name in names {
            let json = format!(r#"{{"{name}":1,"x":[1],"{name}":"again"}}"#);
            let twice = Some(Err(ParseError::Duplicate));
            assert!(both(&json).iter().all(|read| *read == twice), "{json}");
        }
    }

    #[test]
    fn a_second_one_counts_only_where_it_is_whole() {
        for json in [r#"{"a":1,"a":1.}"#, r#"{"a":1,"a":1e400}"#] {
            let [here, there] = both(json);
            assert!(here.is_none() && there == Some(Err(ParseError::NotAnObject)));
        }
    }

    #[test]
    fn very_many_members_are_left_to_the_other_way() {
        let json = |count: usize| {
            let members: Vec<_> = (0..count).map(|at| format!(r#""m{at}":{at}"#)).collect();
            format!("{{{}}}", members.join(","))
        };
        let [here, there] = both(&json(MOST_OTHERS));
        assert_eq!(here, there);
        let [here, there] = both(&json(MOST_OTHERS + 1));
        assert!(here.is_none() && matches!(there, Some(Ok(_))));
    }
}
