//! A guarded handler in a plain router: who gets in, and that nothing runs before the guard.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api_utils::{Auth, HasAuth, Token, public, require_token};
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::extract::{FromRequestParts, Json, Path, State};
use axum::routing::{get as get_, post};
use axum::{Router, body::Bytes};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};

use super::support::{auth, call, get, send, token, with_roles};

struct AppState {
    auth: Auth,
    extracted: AtomicUsize,
}

impl HasAuth for AppState {
    fn auth(&self) -> &Auth {
        &self.auth
    }
}

/// Counts how often it ran.
struct Counted;

impl FromRequestParts<Arc<AppState>> for Counted {
    type Rejection = StatusCode;

    async fn from_request_parts(
        _: &mut http::request::Parts,
        state: &Arc<AppState>,
    ) -> Result<Self, StatusCode> {
        state.extracted.fetch_add(1, Ordering::SeqCst);
        Ok(Self)
    }
}

#[require_token]
async fn whoami(token: Token) -> String {
    token.subject().to_owned()
}

#[require_token(roles = ["editor", "admin"])]
async fn edit(_: Counted, State(_): State<Arc<AppState>>, Json(body): Json<u32>) -> String {
    format!("edited {body}")
}

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user(Path(user_id): Path<String>) -> String {
    user_id
}

#[require_token(role = "admin")]
async fn bytes(body: Bytes) -> String {
    body.len().to_string()
}

#[public("liveness probe")]
async fn health() -> &'static str {
    "ok"
}

#[require_token]
async fn from_where(token: Token) -> String {
    token
        .remote_ip()
        .as_ref()
        .map(IpAddr::to_string)
        .unwrap_or_default()
}

fn app() -> (Arc<AppState>, Router) {
    let state = Arc::new(AppState {
        auth: auth(),
        extracted: AtomicUsize::new(0),
    });
    let router = Router::new()
        .route("/whoami", get_(whoami))
        .route("/edit", post(edit))
        .route("/users/{user_id}", get_(show_user))
        .route("/miswired/{id}", get_(show_user))
        .route("/bytes", post(bytes))
        .route("/health", get_(health))
        .route("/from", get_(from_where))
        .with_state(Arc::clone(&state));
    (state, router)
}

#[tokio::test]
async fn any_valid_token_passes_a_bare_guard() {
    let (state, app) = app();
    assert_eq!(get(&app, "/whoami", "").await.status, 401);
    assert_eq!(get(&app, "/whoami", "a.b.c").await.status, 401);
    let answer = get(&app, "/whoami", &with_roles(&state.auth, &[])).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body.as_str()),
        (200, "alice")
    );
}

#[tokio::test]
async fn a_public_handler_asks_for_nothing() {
    let (_, app) = app();
    assert_eq!(get(&app, "/health", "").await.body, "ok");
    assert_eq!(get(&app, "/health", "nonsense").await.status, 200);
}

#[tokio::test]
async fn any_of_the_roles_is_enough_and_each_is_compared_exactly() {
    let (state, app) = app();
    for (roles, status) in [
        (&["editor"][..], 200),
        (&["admin", "other"], 200),
        (&[], 403),
        (
            &["Editor", "editor ", "edit", "editors", "editor,admin"],
            403,
        ),
    ] {
        let request = Request::post("/edit")
            .header(
                "authorization",
                format!("Bearer {}", with_roles(&state.auth, roles)),
            )
            .header("content-type", "application/json")
            .body(Body::from("7"))
            .unwrap();
        assert_eq!(send(&app, request).await.status, status, "{roles:?}");
    }
}

#[tokio::test]
async fn an_owner_or_an_admin_sees_a_user() {
    let (state, app) = app();
    let alice = with_roles(&state.auth, &[]);
    let root = token(&state.auth, |request| request.role("admin"));
    for (path, token, status) in [
        ("/users/alice", &alice, 200),
        // Decoded as axum decodes it.
        ("/users/%61lice", &alice, 200),
        ("/users/bob", &alice, 403),
        ("/users/Alice", &alice, 403),
        ("/users/alice%20", &alice, 403),
        ("/users/alice%2F..", &alice, 403),
        ("/users/bob", &root, 200),
        ("/users/%FF", &alice, 400),
    ] {
        assert_eq!(get(&app, path, token).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_rule_whose_parameter_the_route_lacks_is_a_fault_of_the_service() {
    let (state, app) = app();
    let alice = with_roles(&state.auth, &[]);
    assert_eq!(get(&app, "/miswired/alice", &alice).await.status, 500);
    // Without a token nobody learns of the fault.
    assert_eq!(get(&app, "/miswired/alice", "").await.status, 401);
}

#[tokio::test]
async fn nothing_runs_before_the_guard() {
    let (state, app) = app();
    let broken = |token: &str| {
        Request::post("/edit")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(Body::from("{broken"))
            .unwrap()
    };
    assert_eq!(send(&app, broken("x")).await.status, 401);
    assert_eq!(
        send(&app, broken(&with_roles(&state.auth, &[])))
            .await
            .status,
        403
    );
    assert_eq!(state.extracted.load(Ordering::SeqCst), 0);
    assert_eq!(
        send(&app, broken(&with_roles(&state.auth, &["admin"])))
            .await
            .status,
        422
    );
    assert_eq!(state.extracted.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_body_of_a_refused_request_is_never_read() {
    let (state, app) = app();
    for (token, status) in [
        (String::new(), 401),
        (with_roles(&state.auth, &["editor"]), 403),
    ] {
        let unreadable = Full::new(Bytes::from("body")).map_frame(|_| panic!("the body was read"));
        let mut request = Request::post("/bytes");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(Body::new(unreadable)).unwrap();
        let answer = send(&app, request).await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn the_token_knows_the_address_of_the_peer() {
    let (state, app) = app();
    let alice = with_roles(&state.auth, &[]);
    assert_eq!(get(&app, "/from", &alice).await.body, "");
    let address: SocketAddr = "192.0.2.7:4711".parse().unwrap();
    let app = app.layer(MockConnectInfo(address));
    assert_eq!(get(&app, "/from", &alice).await.body, "192.0.2.7");
}

#[tokio::test]
async fn head_is_guarded_as_get_is() {
    let (state, app) = app();
    assert_eq!(call(&app, "HEAD", "/whoami", "").await.status, 401);
    let alice = with_roles(&state.auth, &[]);
    assert_eq!(call(&app, "HEAD", "/whoami", &alice).await.status, 200);
}
