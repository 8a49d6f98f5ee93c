//! One `Authorization` field to the token in it (RFC 6750 section 2.1, RFC 9110 section 11).

use http::header::{AUTHORIZATION, HeaderMap};

use super::{AuthenticateError, Reason};

const SCHEME: &[u8] = b"bearer";

const MALFORMED: AuthenticateError =
    AuthenticateError::MalformedRequest(Reason::MalformedAuthorization);

/// The token of the one `Authorization` field: `Bearer`, in any case, one or more spaces, token.
pub(super) fn bearer(headers: &HeaderMap) -> Result<&[u8], AuthenticateError> {
    let mut fields = headers.get_all(AUTHORIZATION).iter();
    let Some(field) = fields.next() else {
        return Err(AuthenticateError::NoCredentials(Reason::NoCredentials));
    };
    if fields.next().is_some() {
        // Two parts of a deployment may each look at another one.
        return Err(AuthenticateError::MalformedRequest(
            Reason::RepeatedAuthorization,
        ));
    }
    token(field.as_bytes())
}

fn token(field: &[u8]) -> Result<&[u8], AuthenticateError> {
    let mut field = field;
    while let [b' ', rest @ ..] | [rest @ .., b' '] = field {
        field = rest;
    }
    match field.split_at_checked(SCHEME.len()) {
        Some((scheme, mut token @ [b' ', ..])) if scheme.eq_ignore_ascii_case(SCHEME) => {
            while let [b' ', rest @ ..] = token {
                token = rest;
            }
            Ok(token)
        }
        _ => Err(why_none(field)),
    }
}

/// What is wrong with a field, without spaces around it, that is not the scheme and a token.
fn why_none(field: &[u8]) -> AuthenticateError {
    if field.is_empty() {
        return AuthenticateError::NoCredentials(Reason::NoCredentials);
    }
    let ends = |byte: &u8| !is_token_char(*byte);
    let scheme = field
        .iter()
        .position(ends)
        .map_or(Some(field), |end| field.get(..end));
    match scheme {
        None | Some([]) => MALFORMED,
        Some(scheme) if scheme.eq_ignore_ascii_case(SCHEME) => MALFORMED,
        Some(_) if std::str::from_utf8(field).is_err() => MALFORMED,
        Some(_) => AuthenticateError::NoCredentials(Reason::OtherScheme),
    }
}

/// `tchar` of RFC 9110 section 5.6.2, of which a scheme is made.
const fn is_token_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// Whether a text is a `b64token` of RFC 6750 section 2.1.
///
/// Asked only about refused tokens, to tell a malformed request from an invalid token: what
/// verifies is one.
pub(super) fn is_b64token(text: &[u8]) -> bool {
    let mut characters = text;
    while let [rest @ .., b'='] = characters {
        characters = rest;
    }
    !characters.is_empty()
        && characters.iter().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_one_scheme_one_token() {
        let malformed = Err(AuthenticateError::MalformedRequest(
            Reason::MalformedAuthorization,
        ));
        let other = Err(AuthenticateError::NoCredentials(Reason::OtherScheme));
        let none = Err(AuthenticateError::NoCredentials(Reason::NoCredentials));
        for (field, expected) in [
            ("Bearer a.b.c", Ok("a.b.c")),
            ("bEaReR a.b.c", Ok("a.b.c")),
            ("Bearer   a.b.c", Ok("a.b.c")),
            ("Bearer a.b.c ", Ok("a.b.c")),
            ("Bearer a b", Ok("a b")),
            ("", none),
            ("   ", none),
            ("Bearer", malformed),
            ("Bearer   ", malformed),
            ("Bearer\ta", malformed),
            ("Bearer, a", malformed),
            ("Bearer\"a\"", malformed),
            ("\u{ff22}earer a", malformed),
            ("Basic a", other),
            ("Bearer-Token a", other),
            ("a.b.c", other),
        ] {
            assert_eq!(
                token(field.as_bytes()),
                expected.map(str::as_bytes),
                "{field:?}"
            );
        }
        // What is not UTF-8 is no `b64token` either.
        assert_eq!(token(b"Bearer \xff"), Ok(&b"\xff"[..]));
        for field in [&b"Basic \xff"[..], b"\xff", b"Bearer\xff"] {
            assert_eq!(token(field), Err(MALFORMED), "{field:?}");
        }
    }

    #[test]
    fn b64token_is_the_abnf() {
        for good in ["a", "a.b.c", "-._~+/==", "A9="] {
            assert!(is_b64token(good.as_bytes()), "{good:?}");
        }
        for bad in ["", "=", "a=b", "a b", "a,b", "\"a\"", "é"] {
            assert!(!is_b64token(bad.as_bytes()), "{bad:?}");
        }
    }
}
