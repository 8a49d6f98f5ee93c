//! Every shape of handler is guarded: no token, 401, and no extractor ran; the wrong role, 403,
//! and a body that never ends was not asked for a byte.

mod arity;
mod handlers;
mod names;
mod state;

use std::convert::Infallible;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::task::{Context, Poll};

use api_utils::Routes;
use axum::Router;
use axum::body::{Body, Bytes};
use http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use self::state::{AppState, Shared};
use super::support::{auth, call, send, with_roles};

/// A body that is always about to send more, and counts who asks.
struct Endless(Arc<AtomicUsize>);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(1, SeqCst);
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Each shape by name: its path, and the status with the right role and the body `7`.
const SHAPES: &[(&str, &str, u16)] = &[
    ("no argument", "/a0", 200),
    ("1 argument", "/a1", 200),
    ("2 arguments", "/a2", 200),
    ("3 arguments", "/a3", 200),
    ("4 arguments", "/a4", 200),
    ("5 arguments", "/a5", 200),
    ("6 arguments", "/a6", 200),
    ("7 arguments", "/a7", 200),
    ("8 arguments", "/a8", 200),
    ("9 arguments", "/a9", 200),
    ("10 arguments", "/a10", 200),
    ("11 arguments", "/a11", 200),
    ("12 arguments", "/a12", 200),
    ("13 arguments", "/a13", 200),
    ("14 arguments", "/a14", 200),
    ("15 arguments and a body", "/a15", 200),
    ("Json", "/json", 200),
    ("String", "/text", 200),
    ("Form of another content type", "/form", 415),
    ("Bytes", "/bytes", 200),
    ("Body", "/raw_body", 200),
    ("RawForm of another content type", "/raw_form", 415),
    ("a body extractor of one's own", "/own_body", 200),
    (
        "method, headers, paths, URI, Option<Token>",
        "/parts_of_a_request",
        200,
    ),
    ("Request", "/whole_request", 200),
    ("Option of a body", "/optional", 200),
    ("Result of a body", "/fallible", 200),
    ("Token, State, Path, Query", "/many/7?a=b", 200),
    ("Result out", "/result", 200),
    (
        "Result<impl IntoResponse, _> out, `?`",
        "/with_question_mark",
        200,
    ),
    ("impl Trait in and out", "/impl_in_and_out", 200),
    ("a type parameter", "/generic", 200),
    (
        "type and const parameters with where",
        "/generic_with_where",
        200,
    ),
    ("a body of a type parameter", "/generic_body", 200),
    ("a lifetime", "/lifetime", 200),
    ("lifetimes with where", "/lifetimes_with_where", 200),
    ("server-sent events", "/events", 200),
    ("a stream out", "/in_pieces", 200),
    ("a body out", "/streamed", 200),
    ("a WebSocket upgrade, which begins with GET", "/socket", 405),
    ("tracing::instrument above", "/traced_above", 200),
    ("tracing::instrument below", "/traced_below", 200),
    ("debug_handler(state = _) below", "/debugged", 200),
    ("debug_handler below", "/debugged_without_a_word", 200),
    ("utoipa::path above", "/documented_above", 200),
    ("utoipa::path below", "/documented_below", 200),
    (
        "utoipa::path and instrument above, debug_handler below",
        "/everything",
        200,
    ),
    ("an attribute in the body", "/attribute_inside", 200),
    ("attributes, a cfg'ed argument", "/attributes", 200),
    ("twins by cfg below", "/twin", 200),
    ("twins by cfg above", "/twin_above", 200),
    (
        "attributes of arguments, deprecated, cfg_attr",
        "/more_attributes",
        200,
    ),
    ("a module path", "/module_path", 200),
    ("a glob import of a renamed re-export", "/renamed", 200),
    ("by a macro_rules", "/by_a_macro", 200),
    ("by the same macro_rules again", "/by_a_macro_again", 200),
    (
        "no_implicit_prelude, this crate renamed",
        "/no_prelude",
        200,
    ),
    (
        "edition 2021, no prelude, this crate renamed",
        "/edition_2021",
        200,
    ),
    ("in a function of its name", "/local", 200),
];

fn table() -> Routes<Shared> {
    arity::table()
        .merge(handlers::table())
        .merge(names::table())
}

fn app() -> (Shared, Router) {
    let state = Arc::new(AppState {
        auth: auth(),
        extracted: AtomicUsize::new(0),
    });
    let app = table().into_router(Arc::clone(&state)).unwrap();
    let plain = handlers::plain().with_state(Arc::clone(&state));
    (state, app.merge(plain))
}

/// No handler is written and then forgotten here.
#[test]
fn the_list_of_shapes_is_complete() {
    let json: serde_json::Value = serde_json::from_str(&table().access_table().to_json()).unwrap();
    let routes = json["routes"].as_array().unwrap();
    let posts = routes.iter().filter(|route| route["method"] == "POST");
    // One is in a plain router.
    assert_eq!(posts.count() + 1, SHAPES.len());
    assert!(
        routes
            .iter()
            .all(|route| route["rule"] == r#"role = "admin""#)
    );
}

#[tokio::test]
async fn every_shape_is_guarded_before_anything_runs() {
    let (state, app) = app();
    let other = with_roles(&state.auth, &["editor"]);
    let asked = Arc::new(AtomicUsize::new(0));
    for (shape, path, _) in SHAPES {
        for (token, status) in [("", 401), ("a.b.c", 401), (other.as_str(), 403)] {
            let mut request = Request::post(*path).header("content-type", "application/json");
            if !token.is_empty() {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            let body = Body::new(Endless(Arc::clone(&asked)));
            let answer = send(&app, request.body(body).unwrap()).await;
            assert_eq!(answer.status, status, "{shape}");
            assert_eq!(state.extracted.load(SeqCst), 0, "{shape}: an extractor ran");
            assert_eq!(asked.load(SeqCst), 0, "{shape}: a body was read");
        }
    }
}

#[tokio::test]
async fn every_shape_answers_who_may_call_it() {
    let (state, app) = app();
    let admin = with_roles(&state.auth, &["admin"]);
    for (shape, path, status) in SHAPES {
        let request = Request::post(*path)
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {admin}"))
            .body(Body::from("7"))
            .unwrap();
        let answer = send(&app, request).await;
        assert_eq!(answer.status, *status, "{shape}: {}", answer.body);
    }
    // The counter counts: 0 to 14 of `a0` to `a14`, and more.
    assert!(state.extracted.load(SeqCst) > 105);
}

/// A handshake of a WebSocket over a real connection is refused before the upgrade.
#[tokio::test]
async fn a_websocket_is_guarded_before_the_upgrade() {
    let (state, app) = app();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, app.clone()).into_future());
    for (token, status) in [
        (String::new(), "401 Unauthorized"),
        (with_roles(&state.auth, &["editor"]), "403 Forbidden"),
        (
            with_roles(&state.auth, &["admin"]),
            "101 Switching Protocols",
        ),
    ] {
        let before = state.extracted.load(SeqCst);
        let field = match token.as_str() {
            "" => String::new(),
            token => format!("authorization: Bearer {token}\r\n"),
        };
        let handshake = format!(
            "GET /socket HTTP/1.1\r\nhost: localhost\r\n{field}connection: upgrade\r\n\
             upgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
        socket.write_all(handshake.as_bytes()).await.unwrap();
        let mut answer = [0; 64];
        socket.read_exact(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}\r\n")),
            "{answer}"
        );
        let ran = state.extracted.load(SeqCst) - before;
        assert_eq!(ran, usize::from(status.starts_with("101")));
    }
    server.abort();
    // HEAD follows the guarded GET.
    assert_eq!(call(&app, "HEAD", "/socket", "").await.status, 401);
}
