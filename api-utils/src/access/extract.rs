//! The verified token of a request: what a guard leaves, and the `Token` extractor that takes it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::extract::connect_info::{ConnectInfo, MockConnectInfo};
use http::request::Parts;

use super::has_auth::HasAuth;
use super::rejection::Rejection;
use crate::token::{Auth, AuthenticateError, Token};

/// What a guard leaves in the request's extensions: only this crate can put it there.
#[derive(Clone)]
struct Verified(Token);

/// Verifies the token of a request.
pub(super) fn authenticate(parts: &Parts, auth: &Auth) -> Result<Token, AuthenticateError> {
    let token = auth.authenticate(&parts.headers)?;
    Ok(token.with_remote_ip(remote_ip(parts)))
}

/// Leaves the token for the extractor.
pub(super) fn leave(parts: &mut Parts, token: Token) {
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
impl<S: HasAuth + Send + Sync> FromRequestParts<S> for Token {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let auth = state.auth();
        if let Some(Verified(token)) = parts.extensions.get()
            && auth.has_verified(token)
        {
            return Ok(token.clone());
        }
        let token = authenticate(parts, auth)
            .map_err(|error| Rejection::from(&error).with_settings(state.access_settings()))?;
        leave(parts, token.clone());
        Ok(token)
    }
}
