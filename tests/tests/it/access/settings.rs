//! Realm, missing scopes, the restyle hook, the audit sink and its subjects.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use api_utils::access::{AccessSettings, AuditEvent, AuditOutcome};
use api_utils::{Auth, HasAuth, Rejection, Token, public, require_token};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::routing::get as get_;
use http::{HeaderValue, Request};

use super::support::{auth, get, send, token};

struct AppState {
    auth: Auth,
    access: AccessSettings,
}

impl HasAuth for AppState {
    fn auth(&self) -> &Auth {
        &self.auth
    }
    fn access_settings(&self) -> &AccessSettings {
        &self.access
    }
}

#[require_token(scope = "posts:write", all(scope = "posts:read", role = "editor"))]
async fn write() {}

#[require_token(any(scope = "a", scope = "b"), not(scope = "c"))]
async fn either() {}

#[require_token(scope = "posts:write", sub = path(nothing))]
async fn miswired() {}

#[public("probe")]
async fn health() {}

#[require_token]
async fn busy(State(state): State<Arc<AppState>>) -> Rejection {
    Rejection::unavailable(Duration::from_secs(7)).with_settings(&state.access)
}

#[require_token]
async fn own(State(state): State<Arc<AppState>>) -> Rejection {
    Rejection::forbidden().with_settings(&state.access)
}

/// No guard, the extractor alone.
async fn extracted(_: Token) {}

fn app(access: AccessSettings) -> (Auth, Router) {
    let auth = auth();
    let state = Arc::new(AppState {
        auth: auth.clone(),
        access,
    });
    let app = Router::new()
        .route("/write", get_(write))
        .route("/either", get_(either))
        .route("/miswired", get_(miswired))
        .route("/health", get_(health))
        .route("/busy", get_(busy))
        .route("/own", get_(own))
        .route("/extracted", get_(extracted))
        .with_state(state);
    (auth, app)
}

#[tokio::test]
async fn a_challenge_names_the_scopes_that_are_missing() {
    let (auth, app) = app(AccessSettings::new());
    let plain = token(&auth, |request| request);
    let reader = token(&auth, |request| request.scope("posts:read"));
    let both = token(&auth, |request| {
        request.scope("posts:read").scope("posts:write")
    });
    let insufficient = r#"Bearer realm="api", error="insufficient_scope""#;
    for (path, token, scope) in [
        ("/write", &plain, r#", scope="posts:write posts:read""#),
        ("/write", &reader, r#", scope="posts:write""#),
        // Only the role is missing: no scope would help.
        ("/write", &both, ""),
        // Which of two is up to the caller.
        ("/either", &plain, ""),
    ] {
        let answer = get(&app, path, token).await;
        assert_eq!(answer.status, 403);
        assert_eq!(answer.challenge(), format!("{insufficient}{scope}"));
    }
    // A fault says nothing of scopes, nor does a request without a token.
    let answer = get(&app, "/miswired", &plain).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.headers.contains_key("www-authenticate"));
    let answer = get(&app, "/write", "").await;
    assert_eq!(answer.challenge(), r#"Bearer realm="api""#);
}

#[tokio::test]
async fn the_realm_is_the_states_and_is_quoted() {
    for (realm, quoted) in [
        ("orders", "orders"),
        (r#"a "b" \c"#, r#"a \"b\" \\c"#),
        ("line\r\nbreak\u{eb}", "linebreak"),
        ("", ""),
    ] {
        let (auth, app) = app(AccessSettings::new().realm(realm));
        let plain = token(&auth, |request| request);
        for path in ["/write", "/extracted"] {
            let answer = get(&app, path, "").await;
            assert_eq!(answer.challenge(), format!(r#"Bearer realm="{quoted}""#));
        }
        let answer = get(&app, "/own", &plain).await;
        let expected = format!(r#"Bearer realm="{quoted}", error="insufficient_scope""#);
        assert_eq!(answer.challenge(), expected);
    }
}

#[tokio::test]
async fn one_hook_restyles_every_answer_of_a_guard() {
    let (auth, app) = app(AccessSettings::new().restyle(|rejection, answer| {
        let (mut parts, _) = answer.into_parts();
        let html = HeaderValue::from_static("text/html");
        parts.headers.insert("content-type", html);
        let page = format!("<h1>{}</h1>", rejection.status().as_u16());
        axum::response::Response::from_parts(parts, Body::from(page))
    }));
    let plain = token(&auth, |request| request);
    for (path, token, status) in [
        ("/write", "", 401),
        ("/write", "x", 401),
        ("/write", &plain, 403),
        ("/miswired", &plain, 500),
        ("/own", &plain, 403),
        ("/busy", &plain, 503),
        ("/extracted", "", 401),
    ] {
        let answer = get(&app, path, token).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.body, format!("<h1>{status}</h1>"));
        assert_eq!(answer.headers["content-type"], "text/html");
        assert_eq!(
            answer.headers.contains_key("www-authenticate"),
            status < 500
        );
    }
}

#[tokio::test]
async fn a_sink_is_told_of_each_request_once() {
    for with_subject in [true, false] {
        let events: Arc<Mutex<Vec<String>>> = Arc::default();
        let sink = Arc::clone(&events);
        let settings = AccessSettings::new()
            .audit_subject(with_subject)
            .audit_sink(move |event: &AuditEvent<'_>| {
                let text = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
                sink.lock().unwrap().push(format!(
                    "{} {} {} {} {} {} {}",
                    event.outcome(),
                    text(event.reason().map(|reason| reason.to_string())),
                    event.method(),
                    event.route(),
                    event.rule(),
                    text(event.subject().map(|subject| subject.to_string())),
                    text(event.request_id().map(|id| id.to_string())),
                ));
                assert_ne!(event.outcome(), AuditOutcome::Fault);
            });
        let (auth, app) = app(settings);
        let alice = token(&auth, |request| request);
        let subject = if with_subject { "alice" } else { "-" };
        for (path, token, event) in [
            (
                "/health",
                "",
                "public - GET /health public: probe - r\\t1".to_owned(),
            ),
            (
                "/own",
                &alice,
                format!("allowed - GET /own any valid token {subject} r\\t1"),
            ),
            (
                "/own",
                "",
                "refused no_credentials GET /own any valid token - r\\t1".to_owned(),
            ),
            (
                "/either",
                &alice,
                format!(
                    r#"denied rule_not_met GET /either all(any(scope = "a", scope = "b"), not(scope = "c")) {subject} r\t1"#
                ),
            ),
        ] {
            let mut request = Request::get(path).header("x-request-id", "r\t1");
            if !token.is_empty() {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            send(&app, request.body(Body::empty()).unwrap()).await;
            let told = std::mem::take(&mut *events.lock().unwrap());
            assert_eq!(told, [event], "{path}");
        }
    }
}
