//! The verified token of a request: what a guard leaves, and the `Token` extractor that takes it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::extract::connect_info::{ConnectInfo, MockConnectInfo};
use http::header::AUTHORIZATION;
use http::request::Parts;

use super::audit::{self, Outcome};
use super::has_auth::HasAuth;
use super::rejection::Rejection;
use super::settings::AccessSettings;
use crate::token::{Auth, AuthenticateError, OwnClaims, Reason, Token};

/// What a guard leaves in the request's extensions: only this crate can put it there.
#[derive(Clone)]
struct Verified(Token);

/// Verifies the token of a request.
pub(super) fn authenticate(parts: &Parts, auth: &Auth) -> Result<Token, AuthenticateError> {
    auth.authenticate_from(&parts.headers, remote_ip(parts))
}

/// Leaves the token for the extractor, and its field so that a handler's `Debug` of the headers
/// does not show it.
pub(super) fn leave(parts: &mut Parts, token: Token) {
    if let Some(field) = parts.headers.get_mut(AUTHORIZATION) {
        field.set_sensitive(true);
    }
    parts.extensions.insert(Verified(token));
}

/// The address of the peer, where the service was started with connection info.
fn remote_ip(parts: &Parts) -> Option<IpAddr> {
    let extensions = &parts.extensions;
    let real = extensions.get().map(|ConnectInfo(address): &_| *address);
    let address: Option<SocketAddr> = real.or_else(|| {
        extensions
            .get()
            .map(|MockConnectInfo(address): &_| *address)
    });
    address.map(|address| address.ip())
}

/// Takes the token that a guard of the same [`Auth`] verified for this request; where none ran,
/// verifies it here.
///
/// What another `Auth` verified, or this one before its keys changed, is never taken.
///
/// ```
/// use api_utils::{Token, require_token};
///
/// #[require_token]
/// async fn whoami(token: Token) -> String {
///     token.subject().to_owned()
/// }
/// ```
///
/// `Token<C>` also reads the claims into a type of one's own; a token whose claims are not of that
/// type is an invalid one.
impl<S: HasAuth + Send + Sync, C: OwnClaims> FromRequestParts<S> for Token<C> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        verified(parts, state.auth())
            .and_then(own)
            .map_err(|error| refuse(parts, state.access_settings(), &error))
    }
}

/// The token that a guard left, or the one that the request brings.
pub(super) fn verified(parts: &mut Parts, auth: &Auth) -> Result<Token, AuthenticateError> {
    if let Some(Verified(token)) = parts.extensions.get()
        && auth.has_verified(token)
    {
        return Ok(token.clone());
    }
    let token = authenticate(parts, auth)?;
    leave(parts, token.clone());
    Ok(token)
}

/// The token with its claims in the handler's type.
pub(super) fn own<C: OwnClaims>(token: Token) -> Result<Token<C>, AuthenticateError> {
    token
        .typed()
        .map_err(|_| AuthenticateError::InvalidToken(Reason::ClaimsMistyped))
}

/// The answer to what an extractor refuses. No guard said so before, so it is recorded here.
pub(super) fn refuse(
    parts: &Parts,
    settings: &AccessSettings,
    error: &AuthenticateError,
) -> Rejection {
    let outcome = Outcome::Refused(error.reason());
    audit::record(parts, settings, None, outcome, None);
    Rejection::from(error).with_settings(settings)
}
