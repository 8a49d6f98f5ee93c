//! The state of every shape, and an extractor that counts.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api_utils::{Auth, HasAuth};
use axum::extract::FromRequestParts;

pub(super) struct AppState {
    pub(super) auth: Auth,
    pub(super) extracted: AtomicUsize,
}

pub(super) type Shared = Arc<AppState>;

impl HasAuth for AppState {
    fn auth(&self) -> &Auth {
        &self.auth
    }
}

/// Counts how often an extractor of ours ran.
pub(super) struct C;

impl FromRequestParts<Shared> for C {
    type Rejection = Infallible;

    async fn from_request_parts(
        _: &mut http::request::Parts,
        state: &Shared,
    ) -> Result<Self, Infallible> {
        state.extracted.fetch_add(1, Ordering::SeqCst);
        Ok(Self)
    }
}

/// The same, with a lifetime.
pub(super) struct Borrowed<'a>(pub(super) &'a str);

impl FromRequestParts<Shared> for Borrowed<'static> {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut http::request::Parts,
        state: &Shared,
    ) -> Result<Self, Infallible> {
        C::from_request_parts(parts, state).await?;
        Ok(Self("borrowed"))
    }
}
