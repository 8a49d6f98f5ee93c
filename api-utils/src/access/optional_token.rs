//! `Option<Token>`: for handlers that answer everybody, and those with a token better.

use axum::extract::OptionalFromRequestParts;
use http::request::Parts;

use super::extract;
use super::has_auth::HasAuth;
use super::rejection::Rejection;
use crate::token::{AuthenticateError, OwnClaims, Reason, Token};

/// `None` only where the request brings no credentials. A token that does not verify is refused, and
/// so is a malformed request: a caller who means to be somebody is never taken for nobody.
///
/// ```
/// use api_utils::{Token, public};
///
/// #[public("the front page greets everybody")]
/// async fn front_page(token: Option<Token>) -> String {
///     match token {
///         Some(token) => format!("hello {}", token.subject()),
///         None => "hello".to_owned(),
///     }
/// }
/// ```
impl<S: HasAuth + Send + Sync, C: OwnClaims> OptionalFromRequestParts<S> for Token<C> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
        let token = match extract::verified(parts, state.auth()) {
            Err(AuthenticateError::NoCredentials(Reason::NoCredentials)) => return Ok(None),
            verified => verified.and_then(extract::own),
        };
        token
            .map(Some)
            .map_err(|error| extract::refuse(parts, state.access_settings(), &error))
    }
}
