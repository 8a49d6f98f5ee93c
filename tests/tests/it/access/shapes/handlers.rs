//! A handler of each shape, all for admins.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use api_utils::{Auth, HasAuth, Token, require_token, routes};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Form, FromRequestParts, Json, Path, Query, Request, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use http::StatusCode;

use super::super::support::auth;

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

#[require_token(role = "admin")]
async fn a0() {}
#[require_token(role = "admin")]
async fn a1(_: C) {}
#[require_token(role = "admin")]
async fn a2(_: C, _: C) {}
#[require_token(role = "admin")]
async fn a3(_: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a4(_: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a5(_: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a6(_: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a7(_: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a8(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a9(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a10(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a11(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a12(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a13(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a14(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a15(
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    body: Bytes,
) -> String {
    body.len().to_string()
}

#[require_token(role = "admin")]
async fn json(_: C, Json(value): Json<u32>) -> Json<u32> {
    Json(value)
}

#[require_token(role = "admin")]
async fn text(_: C, body: String) -> String {
    body
}

#[require_token(role = "admin")]
async fn form(_: C, Form(pairs): Form<Vec<(String, String)>>) -> String {
    pairs.len().to_string()
}

#[require_token(role = "admin")]
async fn whole_request(request: Request) -> String {
    request.uri().to_string()
}

#[require_token(role = "admin")]
async fn optional(_: C, body: Option<Json<u32>>) -> String {
    body.is_some().to_string()
}

#[require_token(role = "admin")]
async fn fallible(body: Result<Json<u32>, axum::extract::rejection::JsonRejection>) -> String {
    body.is_ok().to_string()
}

#[require_token(role = "admin")]
async fn many(
    token: Token,
    State(_): State<Shared>,
    Path(id): Path<u8>,
    Query(all): Query<Vec<(String, String)>>,
    _: C,
) -> String {
    format!("{} {id} {}", token.subject(), all.len())
}

#[require_token(role = "admin")]
async fn result() -> Result<&'static str, (StatusCode, &'static str)> {
    Ok("fine")
}

#[require_token(role = "admin")]
async fn with_question_mark(_: C) -> Result<impl IntoResponse, StatusCode> {
    let number: u8 = "7".parse().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(number.to_string())
}

#[require_token(role = "admin")]
async fn impl_in_and_out(value: impl FromRequestParts<Shared> + Send) -> impl IntoResponse {
    drop(value);
    [("x-shape", "impl")]
}

#[require_token(role = "admin")]
async fn generic<T: FromRequestParts<Shared> + Send>(_: T) -> &'static str {
    std::any::type_name::<T>()
}

#[require_token(role = "admin")]
async fn generic_with_where<T, const N: usize>(_: T) -> String
where
    T: FromRequestParts<Shared> + Send,
    [u8; N]: Default,
{
    N.to_string()
}

struct Once(Option<Event>);

impl Stream for Once {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[require_token(role = "admin")]
async fn events(_: C) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(Once(Some(Event::default().data("one"))))
}

#[require_token(role = "admin")]
async fn streamed(_: C) -> Body {
    Body::new(http_body_util::Full::new(Bytes::from("stream")))
}

#[require_token(role = "admin")]
async fn socket(_: C, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|_| async {})
}

#[tracing::instrument(skip_all)]
#[require_token(role = "admin")]
async fn traced_above(_: C) {}

#[require_token(role = "admin")]
#[tracing::instrument(skip_all)]
async fn traced_below(_: C) {}

#[require_token(role = "admin")]
#[axum::debug_handler(state = Shared)]
async fn debugged(_: C, _: State<Shared>) {}

/// Its documentation stays.
#[require_token(role = "admin")]
#[inline(never)]
#[must_use]
async fn attributes(
    #[cfg(not(windows))] _: C,
    #[cfg(windows)] _: State<Shared>,
    mut _count: C,
) -> &'static str {
    "kept"
}

#[require_token(role = "admin")]
#[cfg(not(windows))]
async fn twin(_: C) -> &'static str {
    "here"
}

#[require_token(role = "admin")]
#[cfg(windows)]
async fn twin() -> &'static str {
    "there"
}

#[require_token(role = "admin")]
async fn lifetime(_: C) -> std::borrow::Cow<'static, str> {
    async fn inner(text: &str) -> &str {
        text
    }
    inner("borrowed").await.to_owned().into()
}

mod elsewhere {
    use super::C;

    #[api_utils::require_token(role = "admin")]
    pub(crate) async fn handler(_: C) {}

    pub(crate) mod again {
        pub(crate) use super::handler as renamed;
    }
}

pub(super) fn app() -> (Shared, Router) {
    let state = Arc::new(AppState {
        auth: auth(),
        extracted: AtomicUsize::new(0),
    });
    let routes = routes! {
        state Shared;
        POST "/a0" => a0,
        POST "/a1" => a1,
        POST "/a2" => a2,
        POST "/a3" => a3,
        POST "/a4" => a4,
        POST "/a5" => a5,
        POST "/a6" => a6,
        POST "/a7" => a7,
        POST "/a8" => a8,
        POST "/a9" => a9,
        POST "/a10" => a10,
        POST "/a11" => a11,
        POST "/a12" => a12,
        POST "/a13" => a13,
        POST "/a14" => a14,
        POST "/a15" => a15,
        POST "/json" => json,
        POST "/text" => text,
        POST "/form" => form,
        POST "/whole_request" => whole_request,
        POST "/optional" => optional,
        POST "/fallible" => fallible,
        POST "/many/{id}" => many,
        POST "/result" => result,
        POST "/question" => with_question_mark,
        POST "/generic" => generic::<C>,
        POST "/generic_with_where" => generic_with_where::<C, 3>,
        POST "/events" => events,
        POST "/streamed" => streamed,
        GET | POST "/socket" => socket,
        POST "/traced_above" => traced_above,
        POST "/traced_below" => traced_below,
        POST "/debugged" => debugged,
        POST "/attributes" => attributes,
        POST "/twin" => twin,
        POST "/lifetime" => lifetime,
        POST "/elsewhere" => elsewhere::handler,
        POST "/renamed" => elsewhere::again::renamed,
    };
    let app = routes.into_router(Arc::clone(&state)).unwrap();
    // `impl Trait` in an argument has no turbofish to list it with: a closure says the type in a
    // plain router, and has to pass the guard on.
    let plain = Router::new()
        .route(
            "/impl",
            axum::routing::post(|guard, value: C| impl_in_and_out(guard, value)),
        )
        .with_state(Arc::clone(&state));
    (state, app.merge(plain))
}
