//! What `/dev-login` answers.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    CACHE_CONTROL, CONTENT_TYPE, HeaderValue, VARY,
};
use serde::Serialize;
use serde_json::json;

use super::body::Identity;
use crate::token::Minted;

/// The answer of RFC 6749 section 5.1, with the end of the token's life in RFC 3339.
#[derive(Debug, Serialize)]
pub(super) struct Granted {
    access_token: String,
    token_type: &'static str,
    expires_at: String,
    subject: String,
    roles: Vec<String>,
}

impl Granted {
    pub(super) fn new(minted: &Minted, identity: Identity) -> Self {
        Self {
            access_token: minted.token.clone(),
            token_type: "bearer",
            expires_at: humantime::format_rfc3339_seconds(minted.expires_at).to_string(),
            subject: identity.subject,
            roles: identity.roles,
        }
    }

    pub(super) fn answer(self) -> Response {
        ([(CACHE_CONTROL, "no-store")], Json(self)).into_response()
    }
}

/// A problem of RFC 9457 that carries `error`, as the rejections do.
pub(super) fn problem(status: StatusCode, error: &str) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "error": error,
    });
    let kind = [(CONTENT_TYPE, "application/problem+json")];
    (status, kind, body.to_string()).into_response()
}

/// The CORS fields for a page of an allowed origin; none for a request that names no origin.
#[derive(Debug)]
pub(super) struct Cors(Option<HeaderValue>);

impl Cors {
    pub(super) fn for_origin(origin: Option<HeaderValue>) -> Self {
        Self(origin)
    }

    pub(super) fn on(self, mut answer: Response) -> Response {
        let headers = answer.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = self.0 {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        answer
    }

    pub(super) fn preflight(self) -> Response {
        let allowed = [
            (ACCESS_CONTROL_ALLOW_METHODS, "POST, OPTIONS"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Authorization"),
        ];
        self.on((StatusCode::NO_CONTENT, allowed).into_response())
    }
}
