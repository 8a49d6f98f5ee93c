//! An `Auth`, tokens of it, and requests to a router.

use api_utils::Auth;
use api_utils::token::{Algorithm, Issuer, TokenRequest};
use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

pub(super) fn auth() -> Auth {
    auth_of("https://id.example", b"0123456789abcdef0123456789abcdef")
}

pub(super) fn auth_of(issuer: &str, key: &[u8]) -> Auth {
    Auth::builder(issuer, ["my-api"])
        .hmac(Algorithm::Hs256, key)
        .build()
        .unwrap()
}

/// A token for `alice`, with what `more` adds.
pub(super) fn token(
    auth: &Auth,
    more: impl FnOnce(TokenRequest<'_>) -> TokenRequest<'_>,
) -> String {
    let issuer = Issuer::of(auth).unwrap();
    more(issuer.token("alice")).mint().unwrap().token
}

pub(super) fn with_roles(auth: &Auth, roles: &[&str]) -> String {
    token(auth, |request| {
        roles
            .iter()
            .fold(request, |request, role| request.role(*role))
    })
}

#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn challenge(&self) -> &str {
        self.headers["www-authenticate"].to_str().unwrap()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub(super) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// A request with an empty body; `""` as token sends none.
pub(super) async fn call(router: &Router, method: &str, path: &str, token: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    send(router, request.body(Body::empty()).unwrap()).await
}

pub(super) async fn get(router: &Router, path: &str, token: &str) -> Answer {
    call(router, "GET", path, token).await
}
