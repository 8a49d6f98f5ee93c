//! 401, 403, 400 and 500 as RFC 6750 and RFC 9457 say.

use api_utils::{Auth, require_token};
use axum::Router;
use axum::body::Body;
use axum::routing::get as get_;
use http::Request;

use super::support::{Answer, auth, auth_of, get, send, with_roles};

#[require_token(role = "admin")]
async fn admin() {}

#[require_token(sub = path(missing))]
async fn miswired() {}

fn app(auth: &Auth) -> Router {
    Router::new()
        .route("/admin", get_(admin))
        .route("/miswired", get_(miswired))
        .with_state(auth.clone())
}

fn assert_problem(answer: &Answer, status: u16, title: &str) {
    assert_eq!(answer.status, status);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let body = answer.json();
    assert_eq!(body["status"], status);
    assert_eq!(body["title"], title);
    assert_eq!(body["type"], "about:blank");
    assert!(body["error"].is_string(), "{body}");
}

#[tokio::test]
async fn without_credentials_a_challenge_without_a_code() {
    let answer = get(&app(&auth()), "/admin", "").await;
    assert_problem(&answer, 401, "Unauthorized");
    assert_eq!(answer.challenge(), r#"Bearer realm="api""#);
}

#[tokio::test]
async fn every_bad_token_gets_the_same_bytes() {
    let auth = auth();
    let app = app(&auth);
    let good = with_roles(&auth, &["admin"]);
    let (signed, _) = good.rsplit_once('.').unwrap();
    let foreign = auth_of("https://evil.example", b"0123456789abcdef0123456789abcdef");
    let wrong_key = auth_of("https://id.example", b"fedcba9876543210fedcba9876543210");
    let first = get(&app, "/admin", "abc").await;
    assert_problem(&first, 401, "Unauthorized");
    assert_eq!(
        first.challenge(),
        r#"Bearer realm="api", error="invalid_token""#
    );
    for token in [
        format!("{signed}."),
        "a.b.c".to_owned(),
        "x".repeat(9000),
        with_roles(&foreign, &["admin"]),
        with_roles(&wrong_key, &["admin"]),
    ] {
        assert_eq!(get(&app, "/admin", &token).await, first);
    }
}

#[tokio::test]
async fn a_token_without_the_role_is_forbidden() {
    let auth = auth();
    let answer = get(&app(&auth), "/admin", &with_roles(&auth, &["other"])).await;
    assert_problem(&answer, 403, "Forbidden");
    assert_eq!(
        answer.challenge(),
        r#"Bearer realm="api", error="insufficient_scope""#
    );
}

#[tokio::test]
async fn two_authorization_fields_are_a_malformed_request() {
    let auth = auth();
    let token = with_roles(&auth, &["admin"]);
    let request = Request::get("/admin")
        .header("authorization", format!("Bearer {token}"))
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    let answer = send(&app(&auth), request).await;
    assert_problem(&answer, 400, "Bad Request");
    assert_eq!(
        answer.challenge(),
        r#"Bearer realm="api", error="invalid_request""#
    );
}

#[tokio::test]
async fn a_miswired_route_says_nothing_of_its_rule() {
    let auth = auth();
    let answer = get(&app(&auth), "/miswired", &with_roles(&auth, &["admin"])).await;
    assert_problem(&answer, 500, "Internal Server Error");
    assert!(!answer.headers.contains_key("www-authenticate"));
    assert!(!answer.body.contains("missing"));
}
