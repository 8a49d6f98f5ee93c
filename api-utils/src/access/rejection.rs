//! The answers to requests that a guard does not let through (RFC 6750, RFC 9457).

use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{Response as HttpResponse, StatusCode};

use super::rule::Rule;
use super::settings::AccessSettings;
use crate::token::{AuthenticateError, Token};

/// Why a request was not let through: the answer that a client gets.
///
/// It has the challenge of RFC 6750 section 3 and a body of type `application/problem+json`
/// (RFC 9457) with the members `type`, `title`, `status` and `error`. Two tokens that are refused
/// for different reasons get the same bytes; the reason is in the audit log.
///
/// | status | when |
/// | --- | --- |
/// | 401 | no credentials: a challenge without an error code |
/// | 401 | the token was refused: `invalid_token` |
/// | 400 | the request is malformed, such as two `Authorization` fields: `invalid_request` |
/// | 403 | the token does not meet the rule: `insufficient_scope`, with the scopes it lacks |
/// | 500 | the rule reads a path parameter that the route does not have |
/// | 503 | [`unavailable`](Self::unavailable): what the service has to ask cannot be asked now |
///
/// The realm, and a hook that restyles every answer, are in the
/// [settings](crate::access::AccessSettings) of the state.
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
#[derive(Clone, Debug)]
pub struct Rejection {
    kind: Kind,
    /// What a token would have to have besides: `posts:write posts:read`.
    missing_scope: Option<Box<str>>,
    settings: AccessSettings,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    NoCredentials,
    InvalidToken,
    InvalidRequest,
    Forbidden,
    Miswired,
    Unavailable { seconds: u64 },
}

impl Rejection {
    const fn of(kind: Kind) -> Self {
        Self {
            kind,
            missing_scope: None,
            settings: AccessSettings::DEFAULT,
        }
    }

    /// 403 `insufficient_scope`: for a handler that finds out itself that the caller may not.
    ///
    /// ```
    /// assert_eq!(api_utils::Rejection::forbidden().status(), 403);
    /// ```
    #[must_use]
    pub const fn forbidden() -> Self {
        Self::of(Kind::Forbidden)
    }

    /// 503 with `Retry-After`: for an extractor or a handler of yours that has to ask something,
    /// such as a list of revoked tokens, which does not answer. Never let a request through instead.
    ///
    /// A guard never answers it: it asks nobody, and an [`Auth`](crate::Auth) always has keys (one
    /// without a key is not built, and [`replace_keys`](crate::Auth::replace_keys) refuses to leave
    /// it without), so every token gets a verdict.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_utils::{HasAuth, Rejection, Token};
    /// use axum::extract::FromRequestParts;
    /// use axum::http::request::Parts;
    ///
    /// # async fn ask_the_list(token: &Token) -> Result<bool, std::io::Error> { Ok(true) }
    /// /// An argument behind the guard: the token is on no list of revoked ones.
    /// struct NotRevoked;
    ///
    /// impl<S: HasAuth + Send + Sync> FromRequestParts<S> for NotRevoked {
    ///     type Rejection = Rejection;
    ///
    ///     async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
    ///         let token = Token::from_request_parts(parts, state).await?;
    ///         match ask_the_list(&token).await {
    ///             Ok(true) => Ok(Self),
    ///             Ok(false) => Err(Rejection::forbidden()),
    ///             Err(_) => Err(Rejection::unavailable(Duration::from_secs(5))),
    ///         }
    ///     }
    /// }
    /// assert_eq!(Rejection::unavailable(Duration::from_secs(5)).status(), 503);
    /// ```
    #[must_use]
    pub const fn unavailable(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs();
        Self::of(Kind::Unavailable { seconds })
    }

    /// The same with the realm and the style of a state, for a rejection that a handler makes.
    ///
    /// ```
    /// use api_utils::{HasAuth, Rejection};
    ///
    /// fn forbidden(state: &impl HasAuth) -> Rejection {
    ///     Rejection::forbidden().with_settings(state.access_settings())
    /// }
    /// ```
    #[must_use]
    pub fn with_settings(mut self, settings: &AccessSettings) -> Self {
        self.settings = settings.clone();
        self
    }

    pub(super) const fn invalid_request() -> Self {
        Self::of(Kind::InvalidRequest)
    }

    /// 500: the route does not serve the rule.
    pub(super) const fn miswired() -> Self {
        Self::of(Kind::Miswired)
    }

    /// 403 with the scopes that the rule asks for in any case and the token does not have.
    pub(super) fn not_met(rule: &Rule, token: &Token) -> Self {
        let mut missing = String::new();
        missing_scopes(rule, token, &mut missing);
        let mut rejection = Self::forbidden();
        if !missing.is_empty() {
            rejection.missing_scope = Some(missing.into());
        }
        rejection
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
            Kind::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The value of `WWW-Authenticate`. RFC 6750 section 3.1: a request without credentials is
    /// told no error code.
    fn challenge(&self) -> Option<HeaderValue> {
        let error = match self.kind {
            Kind::NoCredentials => "",
            Kind::InvalidToken => r#", error="invalid_token""#,
            Kind::InvalidRequest => r#", error="invalid_request""#,
            Kind::Forbidden => r#", error="insufficient_scope""#,
            Kind::Miswired | Kind::Unavailable { .. } => return None,
        };
        // RFC 9110 section 5.6.4: what a quoted string escapes.
        let realm = self
            .settings
            .realm_text()
            .replace('\\', "\\\\")
            .replace('"', "\\\"");
        let mut text = format!("Bearer realm=\"{realm}\"{error}");
        if let Some(scope) = &self.missing_scope {
            text.push_str(", scope=\"");
            text.push_str(scope);
            text.push('"');
        }
        // Printable ASCII only, so the fallback is for readers of this line.
        let plain = HeaderValue::from_static("Bearer");
        Some(HeaderValue::try_from(text).unwrap_or(plain))
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
            Kind::Unavailable { .. } => {
                r#"{"type":"about:blank","title":"Service Unavailable","status":503,"error":"Try again later"}"#
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
        Self::of(kind)
    }
}

/// Adds the scopes without which no token meets the rule: those that stand alone or in `all`.
fn missing_scopes(rule: &Rule, token: &Token, missing: &mut String) {
    match rule {
        Rule::All(rules) => {
            for rule in *rules {
                missing_scopes(rule, token, missing);
            }
        }
        Rule::Scope(scope)
            if !token.has_scope(scope)
                && is_scope_token(scope)
                && missing.split(' ').all(|one| one != *scope) =>
        {
            if !missing.is_empty() {
                missing.push(' ');
            }
            missing.push_str(scope);
        }
        _ => {}
    }
}

/// RFC 6749 section 3.3. The macros see to it; a rule written by hand may say anything.
fn is_scope_token(scope: &str) -> bool {
    let allowed = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
    !scope.is_empty() && scope.chars().all(allowed)
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
        let mut response = HttpResponse::new(Body::from(self.body()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, PROBLEM);
        if let Some(challenge) = self.challenge() {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Kind::Unavailable { seconds } = self.kind {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        self.settings.restyled(&self, response)
    }
}
