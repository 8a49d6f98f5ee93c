//! The `Authorization` field to one of the three answers of RFC 6750 section 3.

use api_utils::require_token;
use api_utils::token::{AuthenticateError, Reason};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{HeaderMap, HeaderValue, Request};
use tower::ServiceExt as _;

use super::support::{auth, claims, token, token_of_text};

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

/// A token is where RFC 6750 section 2.1 has it; what is elsewhere, readable or not, is not read.
#[tokio::test]
async fn a_query_and_a_cookie_are_not_read() {
    #[require_token]
    async fn guarded() {}
    let app = Router::new().route("/", get(guarded)).with_state(auth());
    let good = token(&claims());
    for (query, cookie) in [
        ("?token=%FF%FE".to_owned(), String::new()),
        (format!("?access_token={good}&token={good}"), String::new()),
        (String::new(), format!("access_token={good}; token={good}")),
    ] {
        let request = Request::get(format!("/{query}")).header("cookie", &cookie);
        let request = request.body(Body::empty()).unwrap();
        let answer = app.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), 401, "{query} {cookie}");
        assert_eq!(answer.headers()["www-authenticate"], "Bearer realm=\"api\"");
    }
}

/// An object in which a rule reads a member has it once, or nobody is let through by it.
#[tokio::test]
async fn a_member_twice_meets_no_rule() {
    #[require_token(claim("org"."unit") = 7)]
    async fn is_seven() {}
    #[require_token(not(claim("org"."unit") = 7))]
    async fn is_not_seven() {}
    let app = Router::new()
        .route("/is", get(is_seven))
        .route("/not", get(is_not_seven))
        .with_state(auth());
    let claims = claims().to_string();
    for (org, is, not) in [
        (r#"{"unit":7}"#, 200, 403),
        (r#"{"unit":8}"#, 403, 200),
        (r#"{"unit":8,"unit":7}"#, 403, 403),
        (r#"{"unit":7,"unit":7}"#, 403, 403),
        (r#"{"unit":7,"x":1,"\u0078":2}"#, 403, 403),
    ] {
        let claims = claims.replacen('{', &format!("{{\"org\":{org},"), 1);
        for (path, status) in [("/is", is), ("/not", not)] {
            let request = Request::get(path)
                .header(
                    "authorization",
                    format!("Bearer {}", token_of_text(&claims)),
                )
                .body(Body::empty())
                .unwrap();
            let answer = app.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), status, "{path} {org}");
        }
    }
}
