//! Every shape of handler is guarded: no token, 401, and no extractor ran; the wrong role, 403,
//! and a body that never ends was not asked for a byte.

#[expect(clippy::too_many_arguments, reason = "axum takes 16")]
mod handlers;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use http::Request;

use self::handlers::app;
use super::support::{call, send, with_roles};

/// A body that is always about to send more, and counts who asks.
struct Endless(Arc<AtomicUsize>);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Path, and the status with the right role and the body `7`.
const SHAPES: &[(&str, u16)] = &[
    ("/a0", 200),
    ("/a1", 200),
    ("/a2", 200),
    ("/a3", 200),
    ("/a4", 200),
    ("/a5", 200),
    ("/a6", 200),
    ("/a7", 200),
    ("/a8", 200),
    ("/a9", 200),
    ("/a10", 200),
    ("/a11", 200),
    ("/a12", 200),
    ("/a13", 200),
    ("/a14", 200),
    ("/a15", 200),
    ("/json", 200),
    ("/text", 200),
    ("/form", 415),
    ("/whole_request", 200),
    ("/optional", 200),
    ("/fallible", 200),
    ("/many/7?a=b", 200),
    ("/result", 200),
    ("/question", 200),
    ("/impl", 200),
    ("/generic", 200),
    ("/generic_with_where", 200),
    ("/events", 200),
    ("/streamed", 200),
    // An upgrade begins with GET.
    ("/socket", 405),
    ("/traced_above", 200),
    ("/traced_below", 200),
    ("/debugged", 200),
    ("/attributes", 200),
    ("/twin", 200),
    ("/lifetime", 200),
    ("/elsewhere", 200),
    ("/renamed", 200),
];

#[tokio::test]
async fn every_shape_is_guarded_before_anything_runs() {
    let (state, app) = app();
    let other = with_roles(&state.auth, &["editor"]);
    let asked = Arc::new(AtomicUsize::new(0));
    for (path, _) in SHAPES {
        for (token, status) in [("", 401), ("a.b.c", 401), (other.as_str(), 403)] {
            let mut request = Request::post(*path).header("content-type", "application/json");
            if !token.is_empty() {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            let body = Body::new(Endless(Arc::clone(&asked)));
            let answer = send(&app, request.body(body).unwrap()).await;
            assert_eq!(answer.status, status, "{path}");
        }
    }
    assert_eq!(
        state.extracted.load(Ordering::SeqCst),
        0,
        "an extractor ran"
    );
    assert_eq!(asked.load(Ordering::SeqCst), 0, "a body was read");
}

#[tokio::test]
async fn every_shape_answers_who_may_call_it() {
    let (state, app) = app();
    let admin = with_roles(&state.auth, &["admin"]);
    for (path, status) in SHAPES {
        let request = Request::post(*path)
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {admin}"))
            .body(Body::from("7"))
            .unwrap();
        let answer = send(&app, request).await;
        assert_eq!(answer.status, *status, "{path}: {}", answer.body);
    }
    // The counter counts: 0 to 14 of `a0` to `a14`, and more.
    assert!(state.extracted.load(Ordering::SeqCst) > 105);
}

/// A handshake of a WebSocket is refused before the upgrade.
#[tokio::test]
async fn a_websocket_is_guarded_before_the_upgrade() {
    let (state, app) = app();
    for (token, status) in [
        (String::new(), 401),
        (with_roles(&state.auth, &["editor"]), 403),
        // The tests' transport cannot switch protocols; the extractor says so behind the guard.
        (with_roles(&state.auth, &["admin"]), 426),
    ] {
        let mut request = Request::get("/socket")
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let answer = send(&app, request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status);
    }
    // HEAD follows the guarded GET.
    assert_eq!(call(&app, "HEAD", "/socket", "").await.status, 401);
}
