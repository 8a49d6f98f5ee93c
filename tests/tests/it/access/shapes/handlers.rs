//! A handler of each shape, all for admins.

use std::borrow::Cow;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use api_utils::{Routes, Token, require_token, routes};
use axum::body::{Body, Bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{
    Form, FromRequest, FromRequestParts, Json, MatchedPath, OriginalUri, Path, Query, RawForm,
    Request, State,
};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use http::{HeaderMap, Method, StatusCode};

use super::state::{Borrowed, C, Shared};

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
async fn bytes(_: C, body: Bytes) -> Bytes {
    body
}

#[require_token(role = "admin")]
async fn raw_body(_: C, body: Body) -> Body {
    body
}

#[require_token(role = "admin")]
async fn raw_form(_: C, RawForm(form): RawForm) -> Bytes {
    form
}

/// A body extractor of the user's own.
struct Line(String);

impl FromRequest<Shared> for Line {
    type Rejection = Response;

    async fn from_request(request: Request, state: &Shared) -> Result<Self, Response> {
        let body = String::from_request(request, state).await;
        body.map(Self).map_err(IntoResponse::into_response)
    }
}

#[require_token(role = "admin")]
async fn own_body(_: C, Line(line): Line) -> String {
    line
}

#[require_token(role = "admin")]
async fn parts_of_a_request(
    _: C,
    method: Method,
    headers: HeaderMap,
    path: MatchedPath,
    original: OriginalUri,
    token: Option<Token>,
) -> String {
    let (count, known) = (headers.len(), token.is_some());
    format!("{method} {count} {} {} {known}", path.as_str(), original.0)
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

#[require_token(role = "admin")]
async fn generic_body<B>(_: C, body: B) -> Response
where
    B: FromRequest<Shared> + IntoResponse + Send,
{
    body.into_response()
}

#[require_token(role = "admin")]
async fn lifetime<'a>(Borrowed(text): Borrowed<'a>) -> Cow<'a, str> {
    Cow::Borrowed(text)
}

#[require_token(role = "admin")]
async fn lifetimes_with_where<'a, 'b, T>(_: C, text: Borrowed<'a>, _: T) -> Cow<'b, str>
where
    'a: 'b,
    T: FromRequestParts<Shared> + Send + 'b,
{
    Cow::Borrowed(text.0)
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

/// A body that comes in pieces.
struct Pieces(u8);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        let left = self.0.checked_sub(1);
        Poll::Ready(left.map(|left| {
            self.0 = left;
            Ok(http_body::Frame::data(Bytes::from("piece ")))
        }))
    }
}

#[require_token(role = "admin")]
async fn in_pieces(_: C) -> Response {
    Response::new(Body::new(Pieces(3)))
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

/// It finds the state out by itself.
#[require_token(role = "admin")]
#[axum::debug_handler]
async fn debugged_without_a_word(_: C, State(_): State<Shared>, _: Bytes) {}

#[utoipa::path(post, path = "/documented_above")]
#[require_token(role = "admin")]
async fn documented_above(_: C) {}

#[require_token(role = "admin")]
#[utoipa::path(post, path = "/documented_below")]
async fn documented_below(_: C) {}

#[utoipa::path(post, path = "/everything")]
#[tracing::instrument(skip_all)]
#[require_token(role = "admin")]
#[axum::debug_handler(state = Shared)]
async fn everything(_: C, _: String) {}

#[require_token(role = "admin")]
async fn attribute_inside(_: C) {
    #![allow(unused_variables)]
    let unused = 7;
}

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

/// `cfg` above the guard.
#[cfg(not(windows))]
#[require_token(role = "admin")]
async fn twin_above(_: C) {}

#[cfg(windows)]
#[require_token(role = "admin")]
async fn twin_above() {}

#[require_token(role = "admin")]
#[deprecated = "as an example"]
#[cfg_attr(not(windows), doc = "Here.", allow(unused_mut))]
async fn more_attributes(
    #[expect(unused_variables)] count: C,
    #[cfg_attr(windows, doc = "never")] mut body: String,
) -> String {
    body
}

#[expect(deprecated, reason = "the attribute is kept")]
pub(super) fn table() -> Routes<Shared> {
    routes! {
        state Shared;
        POST "/json" => json,
        POST "/text" => text,
        POST "/form" => form,
        POST "/bytes" => bytes,
        POST "/raw_body" => raw_body,
        POST "/raw_form" => raw_form,
        POST "/own_body" => own_body,
        POST "/parts_of_a_request" => parts_of_a_request,
        POST "/whole_request" => whole_request,
        POST "/optional" => optional,
        POST "/fallible" => fallible,
        POST "/many/{id}" => many,
        POST "/result" => result,
        POST "/with_question_mark" => with_question_mark,
        POST "/generic" => generic::<C>,
        POST "/generic_with_where" => generic_with_where::<C, 3>,
        POST "/generic_body" => generic_body::<Bytes>,
        POST "/lifetime" => lifetime,
        POST "/lifetimes_with_where" => lifetimes_with_where::<C>,
        POST "/events" => events,
        POST "/in_pieces" => in_pieces,
        POST "/streamed" => streamed,
        GET | POST "/socket" => socket,
        POST "/traced_above" => traced_above,
        POST "/traced_below" => traced_below,
        POST "/debugged" => debugged,
        POST "/debugged_without_a_word" => debugged_without_a_word,
        POST "/documented_above" => documented_above,
        POST "/documented_below" => documented_below,
        POST "/everything" => everything,
        POST "/attribute_inside" => attribute_inside,
        POST "/attributes" => attributes,
        POST "/twin" => twin,
        POST "/twin_above" => twin_above,
        POST "/more_attributes" => more_attributes,
    }
}

/// `impl Trait` in an argument has no turbofish to list it with: a closure says the type in a plain
/// router, and has to pass the guard on.
pub(super) fn plain() -> axum::Router<Shared> {
    axum::Router::new().route(
        "/impl_in_and_out",
        axum::routing::post(|guard, value: C| impl_in_and_out(guard, value)),
    )
}
