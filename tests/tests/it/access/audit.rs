//! One event for each request that met a guard, and nothing in it that must not be.

use std::sync::{Arc, Mutex};

use api_utils::access::{AccessSettings, AuditEvent};
use api_utils::token::Issuer;
use api_utils::{Auth, HasAuth, Token, public, require_token, routes};
use axum::Router;
use axum::body::Body;
use axum::routing::{any, get};
use http::{Request, StatusCode};
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::{Event, Metadata, Subscriber, span};

use super::support::{auth, send, with_roles};

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user() {}

#[public("liveness probe")]
async fn health() {}

fn app(auth: &Auth) -> Router {
    routes! {
        state Auth;
        GET "/users/{user_id}" => show_user,
        GET "/health" => health,
    }
    .into_router(auth.clone())
    .unwrap()
}

/// Keeps each event of our target as `level field=value …`.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "api_utils::audit"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

async fn events(router: &Router, request: Request<Body>) -> Vec<String> {
    api_utils_tests::hear_events();
    let log = Log::default();
    send(router, request).with_subscriber(log.clone()).await;
    log.0.lock().unwrap().clone()
}

fn request(path: &str, token: &str) -> Request<Body> {
    let mut request = Request::get(path).header("x-request-id", "r-1");
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn one_event_says_what_became_of_the_request() {
    let auth = auth();
    let app = app(&auth);
    let alice = with_roles(&auth, &[]);
    let rule =
        r#"rule=any(sub = path(user_id), role = "admin") route="/users/{user_id}" method=GET"#;
    for (path, token, event) in [
        ("/users/alice", alice.as_str(), format!(r#"DEBUG outcome=allowed {rule} subject=alice request_id=r-1"#)),
        ("/users/bob", &alice, format!(r#"WARN outcome=denied reason=rule_not_met {rule} subject=alice request_id=r-1"#)),
        ("/users/alice", "", format!(r#"INFO outcome=refused reason=no_credentials {rule} request_id=r-1"#)),
        ("/users/alice", "abc", format!(r#"WARN outcome=refused reason=malformed_token {rule} request_id=r-1"#)),
        ("/users/%FF", &alice, format!(r#"WARN outcome=refused reason=path_not_utf8 {rule} subject=alice request_id=r-1"#)),
        ("/health", "", r#"DEBUG outcome=public rule=public: liveness probe route="/health" method=GET request_id=r-1"#.to_owned()),
    ] {
        assert_eq!(events(&app, request(path, token)).await, [event], "{path}");
    }
    assert!(events(&app, request("/none", &alice)).await.is_empty());
}

#[tokio::test]
async fn no_token_no_claim_no_line_break() {
    let auth = auth();
    let app = app(&auth);
    let issuer = Issuer::of(&auth).unwrap();
    let token = issuer
        .token("eve\nWARN outcome=\"allowed\"")
        .claim("card", "4111-1111")
        .mint()
        .unwrap()
        .token;
    let [event] = events(&app, request("/users/x", &token))
        .await
        .try_into()
        .unwrap();
    assert!(
        !event.contains('\n') && event.contains(r"eve\nWARN"),
        "{event}"
    );
    assert!(
        !event.contains("4111") && !event.contains(&token),
        "{event}"
    );
    let [event] = events(&app, request("/users/x", "secret-text"))
        .await
        .try_into()
        .unwrap();
    assert!(!event.contains("secret-text"), "{event}");
}

/// What anybody may send passes for no other field of the line, and turns nothing about.
#[tokio::test]
async fn a_field_from_outside_stays_one_field() {
    let app = app(&auth());
    for (id, shown) in [
        ("1 subject=root", r#" request_id="1 subject=root""#),
        ("x\u{202e}\u{2066}", r" request_id=x\u{202e}\u{2066}"),
    ] {
        let mut request = request("/users/x", "");
        let id = http::HeaderValue::from_bytes(id.as_bytes()).unwrap();
        request.headers_mut().insert("x-request-id", id);
        let [event] = events(&app, request).await.try_into().unwrap();
        assert!(event.ends_with(shown), "{event}");
    }
    let mut long = request("/users/x", "");
    *long.method_mut() = "M".repeat(50_000).parse().unwrap();
    let anything = Router::new().route("/users/{user_id}", any(show_user));
    let shown = Arc::new(Mutex::new(String::new()));
    let sink = shown.clone();
    let settings = AccessSettings::new().audit_sink(move |event: &AuditEvent<'_>| {
        *sink.lock().unwrap() = format!("{event:?}");
    });
    let anything = anything.with_state(WithSettings(auth(), settings));
    let event = events(&anything, long).await.join("");
    let shown = shown.lock().unwrap().clone();
    for line in [&*event, &*shown] {
        assert!(line.contains("MMM") && line.len() < 400, "{}", line.len());
    }
    // Credentials for somebody else are none for us, and nobody is warned of them.
    let mut basic = request("/users/x", "");
    basic
        .headers_mut()
        .insert("authorization", "Basic YTpi".parse().unwrap());
    let [event] = events(&app, basic).await.try_into().unwrap();
    assert!(
        event.starts_with("INFO outcome=refused reason=other_scheme "),
        "{event}"
    );
}

#[public("greets everybody")]
async fn front(token: Option<Token>) -> StatusCode {
    drop(token);
    StatusCode::OK
}

#[derive(serde::Deserialize)]
struct Tenant {
    #[serde(rename = "tenant")]
    _tenant: u64,
}

#[require_token]
async fn typed(token: Token<Tenant>) {
    drop(token);
}

async fn unguarded(token: Token) {
    drop(token);
}

/// Where no guard refused, the extractor says what it refused.
#[tokio::test]
async fn what_an_extractor_refuses_is_recorded_too() {
    let auth = auth();
    let alice = with_roles(&auth, &[]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = told.clone();
    let settings = AccessSettings::new().audit_sink(move |event: &AuditEvent<'_>| {
        sink.lock().unwrap().push(event.outcome());
    });
    let app = Router::new()
        .route("/front", get(front))
        .route("/typed", get(typed))
        .route("/unguarded", get(unguarded))
        .with_state(WithSettings(auth, settings));
    let public = r#"DEBUG outcome=public rule=public: greets everybody route="/front" method=GET request_id=r-1"#;
    let allowed = r#"DEBUG outcome=allowed rule=any valid token route="/typed" method=GET subject=alice request_id=r-1"#;
    let refused = |level: &str, reason: &str, route: &str| {
        format!(
            "{level} outcome=refused reason={reason} rule=- route=\"{route}\" method=GET request_id=r-1"
        )
    };
    for (path, token, expected) in [
        ("/front", "", vec![public.to_owned()]),
        ("/front", &alice, vec![public.to_owned()]),
        (
            "/front",
            "a.b.c",
            vec![
                public.to_owned(),
                refused("WARN", "malformed_token", "/front"),
            ],
        ),
        (
            "/typed",
            &alice,
            vec![
                allowed.to_owned(),
                refused("WARN", "claims_mistyped", "/typed"),
            ],
        ),
        ("/unguarded", &alice, vec![]),
        (
            "/unguarded",
            "",
            vec![refused("INFO", "no_credentials", "/unguarded")],
        ),
        (
            "/unguarded",
            "a.b.c",
            vec![refused("WARN", "malformed_token", "/unguarded")],
        ),
    ] {
        told.lock().unwrap().clear();
        let events = events(&app, request(path, token)).await;
        assert_eq!(events, expected, "{path} {token}");
        assert_eq!(told.lock().unwrap().len(), expected.len());
    }
}

#[derive(Clone)]
struct WithSettings(Auth, AccessSettings);

impl HasAuth for WithSettings {
    fn auth(&self) -> &Auth {
        &self.0
    }
    fn access_settings(&self) -> &AccessSettings {
        &self.1
    }
}

/// A handler that prints the headers of its request prints no token.
#[tokio::test]
async fn the_field_of_a_verified_token_is_marked_sensitive() {
    #[require_token]
    async fn headers(headers: http::HeaderMap) -> String {
        format!("{headers:?}")
    }
    let auth = auth();
    let alice = with_roles(&auth, &[]);
    let app = Router::new().route("/", get(headers)).with_state(auth);
    let answer = send(&app, request("/", &alice)).await;
    let shown = answer.body;
    assert!(shown.contains(r#""authorization": Sensitive"#), "{shown}");
    assert!(!shown.contains(&alice), "{shown}");
}

#[require_token(all(not(role = "guest"), any(sub = path(org_id), claim(tenant) = path(user_id))))]
async fn member() {}

#[tokio::test]
async fn a_route_that_cannot_serve_the_rule_is_named_with_its_parameter() {
    let auth = auth();
    let token = with_roles(&auth, &[]);
    let to_member = || get(member);
    let twice = Router::new().nest("/{org_id}", Router::new().route("/{org_id}", to_member()));
    let app = Router::new()
        .route("/ok/{org_id}/{user_id}", to_member())
        .route("/one/{org_id}", to_member())
        .route("/none", to_member())
        .nest("/twice/{user_id}", twice)
        .with_state(auth);
    for (path, level, reason) in [
        ("/ok/alice/blue", "DEBUG", ""),
        ("/ok/bob/blue", "WARN", " reason=rule_not_met"),
        ("/ok/%FF/blue", "WARN", " reason=path_not_utf8"),
        ("/ok/alice/%FF", "WARN", " reason=path_not_utf8"),
        (
            "/one/bob",
            "ERROR",
            " reason=path_parameter_missing(user_id)",
        ),
        ("/none", "ERROR", " reason=path_parameter_missing(org_id)"),
        (
            "/twice/a/b/c",
            "ERROR",
            " reason=path_parameter_twice(org_id)",
        ),
    ] {
        let events = events(&app, request(path, &token)).await;
        let [event] = &events[..] else {
            panic!("{path}: {events:?}");
        };
        assert!(event.starts_with(level), "{path}: {event}");
        assert!(
            event.contains(&format!("{reason} rule=")),
            "{path}: {event}"
        );
        assert_eq!(
            event.contains(" reason="),
            !reason.is_empty(),
            "{path}: {event}"
        );
    }
}
