//! The answers to requests that a guard does not let through (RFC 6750, RFC 9457).

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use http::{Response as HttpResponse, StatusCode};

use super::evaluate::Fault;
use crate::token::AuthenticateError;

/// Why a request was not let through: the answer that a client gets.
///
/// It has the challenge of RFC 6750 section 3 and a body of type `application/problem+json`
/// (RFC 9457) with the members `type`, `title`, `status` and `error`. It is all constants: two
/// tokens that are refused for different reasons get the same bytes. The reason is in the audit
/// log.
///
/// | status | when |
/// | --- | --- |
/// | 401 | no credentials: a challenge without an error code |
/// | 401 | the token was refused: `invalid_token` |
/// | 400 | the request is malformed, such as two `Authorization` fields: `invalid_request` |
/// | 403 | the token does not meet the rule: `insufficient_scope` |
/// | 500 | the rule reads a path parameter that the route does not have |
///
/// ```
/// use api_utils::Rejection;
/// use axum::response::IntoResponse;
///
/// fn refuse() -> Rejection {
///     Rejection::forbidden()
/// }
/// let answer = refuse().into_response();
/// assert_eq!(answer.status(), 403);
/// assert_eq!(answer.headers()["content-type"], "application/problem+json");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rejection {
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    NoCredentials,
    InvalidToken,
    InvalidRequest,
    Forbidden,
    Miswired,
}

impl Rejection {
    /// 403 `insufficient_scope`: for a handler that finds out itself that the caller may not.
    ///
    /// ```
    /// assert_eq!(api_utils::Rejection::forbidden().status(), 403);
    /// ```
    #[must_use]
    pub const fn forbidden() -> Self {
        Self {
            kind: Kind::Forbidden,
        }
    }

    pub(super) const fn invalid_request() -> Self {
        Self {
            kind: Kind::InvalidRequest,
        }
    }

    /// The status of the answer.
    ///
    /// ```
    /// let status = api_utils::Rejection::forbidden().status();
    /// assert!(status.is_client_error());
    /// ```
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self.kind {
            Kind::NoCredentials | Kind::InvalidToken => StatusCode::UNAUTHORIZED,
            Kind::InvalidRequest => StatusCode::BAD_REQUEST,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::Miswired => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The value of `WWW-Authenticate`. RFC 6750 section 3.1: a request without credentials is
    /// told no error code.
    const fn challenge(&self) -> Option<HeaderValue> {
        let text = match self.kind {
            Kind::NoCredentials => r#"Bearer realm="api""#,
            Kind::InvalidToken => r#"Bearer realm="api", error="invalid_token""#,
            Kind::InvalidRequest => r#"Bearer realm="api", error="invalid_request""#,
            Kind::Forbidden => r#"Bearer realm="api", error="insufficient_scope""#,
            Kind::Miswired => return None,
        };
        Some(HeaderValue::from_static(text))
    }

    const fn body(&self) -> &'static str {
        match self.kind {
            Kind::NoCredentials => {
                r#"{"type":"about:blank","title":"Unauthorized","status":401,"error":"Missing or invalid Authorization header"}"#
            }
            Kind::InvalidToken => {
                r#"{"type":"about:blank","title":"Unauthorized","status":401,"error":"Invalid token"}"#
            }
            Kind::InvalidRequest => {
                r#"{"type":"about:blank","title":"Bad Request","status":400,"error":"Malformed request"}"#
            }
            Kind::Forbidden => {
                r#"{"type":"about:blank","title":"Forbidden","status":403,"error":"Forbidden"}"#
            }
            Kind::Miswired => {
                r#"{"type":"about:blank","title":"Internal Server Error","status":500,"error":"A processing error occurred"}"#
            }
        }
    }
}

impl From<&AuthenticateError> for Rejection {
    fn from(error: &AuthenticateError) -> Self {
        let kind = match error {
            AuthenticateError::NoCredentials(_) => Kind::NoCredentials,
            AuthenticateError::MalformedRequest(_) => Kind::InvalidRequest,
            AuthenticateError::InvalidToken(_) => Kind::InvalidToken,
        };
        Self { kind }
    }
}

impl From<Fault> for Rejection {
    /// A claim of the wrong type is the token's doing, the wiring of a route the service's.
    fn from(fault: Fault) -> Self {
        let kind = match fault {
            Fault::ClaimType => Kind::Forbidden,
            Fault::ParameterMissing(_) | Fault::ParameterTwice(_) => Kind::Miswired,
        };
        Self { kind }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
        let mut response = HttpResponse::new(Body::from(self.body()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value| headers.insert(name, value);
        set(CONTENT_TYPE, PROBLEM);
        if let Some(challenge) = self.challenge() {
            set(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
