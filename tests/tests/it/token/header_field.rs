//! The `Authorization` field to one of the three answers of RFC 6750 section 3.

use api_utils::token::{AuthenticateError, Reason};
use http::{HeaderMap, HeaderValue};

use super::support::{auth, claims, token};

fn authenticate(fields: &[&[u8]]) -> Result<String, AuthenticateError> {
    let mut headers = HeaderMap::new();
    for field in fields {
        headers.append("authorization", HeaderValue::from_bytes(field).unwrap());
    }
    auth()
        .authenticate(&headers)
        .map(|token| token.subject().to_owned())
}

#[test]
fn each_field_has_its_answer() {
    use AuthenticateError::{InvalidToken, MalformedRequest, NoCredentials};
    let malformed = MalformedRequest(Reason::MalformedAuthorization);
    let good = token(&claims());
    for scheme in ["Bearer ", "bearer ", "BEARER ", "bEaReR  "] {
        let field = format!("{scheme}{good}");
        assert_eq!(
            authenticate(&[field.as_bytes()]),
            Ok("user-1".to_owned()),
            "{scheme:?}"
        );
    }
    for (field, expected) in [
        (String::new(), NoCredentials(Reason::NoCredentials)),
        ("  ".to_owned(), NoCredentials(Reason::NoCredentials)),
        (format!("Basic {good}"), NoCredentials(Reason::OtherScheme)),
        (
            format!("Bearers {good}"),
            NoCredentials(Reason::OtherScheme),
        ),
        (good.clone(), NoCredentials(Reason::OtherScheme)),
        ("Bearer".to_owned(), malformed),
        ("Bearer ".to_owned(), malformed),
        (format!("Bearer\t{good}"), malformed),
        (format!("Bearer \t{good}"), malformed),
        (format!("Bearer {good} {good}"), malformed),
        (format!("Bearer {good},{good}"), malformed),
        (format!("Bearer \"{good}\""), malformed),
        (format!("Bearer {good}\u{e9}"), malformed),
        (format!("\u{ff22}earer {good}"), malformed),
        ("Bearer ====".to_owned(), malformed),
        ("Bearer a".to_owned(), InvalidToken(Reason::MalformedToken)),
        ("Bearer ..".to_owned(), InvalidToken(Reason::MalformedToken)),
        (
            format!("Bearer {good}="),
            InvalidToken(Reason::MalformedToken),
        ),
        (
            format!("Bearer {}", "a".repeat(9000)),
            InvalidToken(Reason::TokenTooLarge),
        ),
        (
            format!("Bearer {}", "?".repeat(9000)),
            InvalidToken(Reason::TokenTooLarge),
        ),
    ] {
        assert_eq!(
            authenticate(&[field.as_bytes()]),
            Err(expected),
            "{field:?}"
        );
    }
    assert_eq!(authenticate(&[b"Bearer \xff\xfe"]), Err(malformed));
}

#[test]
fn two_fields_are_never_chosen_between() {
    let good = format!("Bearer {}", token(&claims()));
    for other in ["", "Bearer x", "Basic x", good.as_str()] {
        for fields in [
            [good.as_bytes(), other.as_bytes()],
            [other.as_bytes(), good.as_bytes()],
        ] {
            assert_eq!(
                authenticate(&fields),
                Err(AuthenticateError::MalformedRequest(
                    Reason::RepeatedAuthorization
                )),
                "{other:?}"
            );
        }
    }
    assert_eq!(
        authenticate(&[]),
        Err(AuthenticateError::NoCredentials(Reason::NoCredentials))
    );
}
