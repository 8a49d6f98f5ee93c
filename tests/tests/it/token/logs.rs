//! What is logged, at the finest level, over every hostile request: no token, no secret, no claim
//! but the verified `sub`, and no line that an attacker wrote.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use api_utils::testing::clock;
use api_utils::token::{Algorithm, JwkSet};
use api_utils::{Auth, HasAuth, Token, require_token};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Request;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::{Event, Metadata, Subscriber, span};

use super::attacks;
use super::signers::signer;
use super::support::{AUDIENCE, ISSUER, NOW, SECRET, sign_bytes};

/// Every event and span of every crate, a line each, as a plain text log would have it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn new() -> Self {
        api_utils_tests::hear_events();
        Self::default()
    }

    fn taken(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn write(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        let mut line = Line(format!("{} {}", metadata.level(), metadata.target()));
        record(&mut line);
        writeln!(self.0.lock().unwrap(), "{}", line.0).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        self.write(attributes.metadata(), |line| attributes.record(line));
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        self.write(event.metadata(), |line| event.record(line));
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
    /// Without quotes or escapes: what is in it is in the line.
    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, " {field}={value}").unwrap();
    }
}

#[require_token(role = "admin")]
async fn guarded(_token: Token) {}

async fn optional(_token: Option<Token>) {}

fn service<S: HasAuth + Clone + Send + Sync + 'static>(state: S) -> Router {
    Router::new()
        .route("/guarded", get(guarded))
        .route("/optional", get(optional))
        .with_state(state)
}

async fn send(service: &Router, path: &str, headers: &http::HeaderMap) {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    *request.headers_mut() = headers.clone();
    let response = service.clone().oneshot(request).await.unwrap();
    // No input is a fault of the service.
    assert!(!response.status().is_server_error());
}

#[tokio::test]
async fn no_token_and_no_secret_is_logged_over_every_hostile_request() {
    let Some((meta, cases)) = attacks::cases() else {
        return;
    };
    let log = Log::new();
    async {
        let auths = attacks::auths(&meta);
        let _built = log.taken();
        let mut said_by_tokens = 0;
        for (case, auth) in attacks::aimed(&cases, &auths) {
            let Some(headers) = attacks::headers(case) else {
                continue;
            };
            let service = service(auth.clone());
            for path in ["/guarded", "/optional"] {
                send(&service, path, &headers).await;
            }
            let logged = log.taken();
            let allowed = case.sub.as_deref().unwrap_or_default();
            for secret in &meta.must_never_appear_in_logs_or_responses {
                assert!(
                    !logged.contains(secret) || allowed.contains(secret),
                    "{}",
                    case.name
                );
            }
            for field in headers.values() {
                let field = String::from_utf8_lossy(field.as_bytes()).into_owned();
                let segments = field.split(['.', ' ', ',']);
                for segment in segments.filter(|segment| segment.len() >= 12) {
                    assert!(!logged.contains(segment), "{}: {logged}", case.name);
                    for said in texts_in(segment) {
                        said_by_tokens += 1;
                        let is_sub = allowed.contains(&*said);
                        assert!(is_sub || !logged.contains(&said), "{}: {said}", case.name);
                    }
                }
            }
            // One line an event: the guard's one, and the extractor's where it refuses.
            assert!(
                (1..=2).contains(&logged.lines().count()),
                "{}: {logged}",
                case.name
            );
            let control = |letter: char| letter.is_control() && letter != '\n';
            assert!(!logged.contains(control), "{}: {logged:?}", case.name);
        }
        assert!(said_by_tokens > 1_000, "{said_by_tokens}");
    }
    .with_subscriber(log.clone())
    .await;
}

/// What a segment of a token says, names and values: each text of it that is not found in a log by
/// chance.
fn texts_in(segment: &str) -> Vec<String> {
    fn collect(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text.clone()),
            Value::Array(list) => list.iter().for_each(|value| collect(value, texts)),
            Value::Object(members) => members.values().for_each(|value| collect(value, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    let decoded = URL_SAFE_NO_PAD.decode(segment).unwrap_or_default();
    if let Ok(value) = serde_json::from_slice::<Value>(&decoded) {
        collect(&value, &mut texts);
    }
    texts.retain(|text| text.len() >= 8);
    texts
}

/// Each claim of a token is a canary of its own, once in a good token and once in a refused one.
#[tokio::test]
async fn no_claim_but_the_verified_sub_is_logged() {
    let log = Log::new();
    async {
        let auth = Auth::builder(ISSUER, [AUDIENCE])
            .hmac(Algorithm::Hs256, SECRET)
            .clock(clock(NOW))
            .build()
            .unwrap();
        let service = service(auth);
        let names = [
            "iss", "aud", "jti", "roles", "scope", "scp", "own", "sub", "kid",
        ];
        let canary = |name: &str| format!("canary-{name}\n\r\u{1b}[31m\u{2028}INJECTED");
        for wrong in names {
            let mut claims = json!({
                "iss": ISSUER, "aud": AUDIENCE, "sub": canary("sub"), "exp": NOW + 60,
                "jti": canary("jti"), "roles": [canary("roles")], "scope": canary("scope"),
                "scp": [canary("scp")], "own": { canary("name"): canary("own") },
            });
            match wrong {
                "iss" | "aud" => claims[wrong] = canary(wrong).into(),
                "roles" => claims[wrong] = canary(wrong).into(),
                "jti" | "scope" => claims[wrong] = json!({ canary(wrong): 1 }),
                "sub" => claims[wrong] = json!([canary(wrong)]),
                _ => {}
            }
            let header = json!({ "alg": "HS256", "kid": canary("kid"), "x": canary("header") });
            for secret in [SECRET, b"a secret of somebody else's, 123456"] {
                let (header, claims) = (header.to_string(), claims.to_string());
                let token = sign_bytes(
                    Algorithm::Hs256,
                    secret,
                    header.as_bytes(),
                    claims.as_bytes(),
                );
                let mut headers = http::HeaderMap::new();
                headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
                let _before = log.taken();
                for path in ["/guarded", "/optional"] {
                    send(&service, path, &headers).await;
                }
                let logged = log.taken();
                let verified = secret == SECRET && ["scp", "own", "kid"].contains(&wrong);
                for name in names.into_iter().chain(["header", "name"]) {
                    let sub = name == "sub" && verified;
                    assert!(
                        sub || !logged.contains(&format!("canary-{name}")),
                        "{logged}"
                    );
                }
                assert_eq!(logged.contains("canary-sub"), verified, "{wrong}: {logged}");
                assert!((1..=2).contains(&logged.lines().count()), "{logged:?}");
                assert!(!logged.contains(['\r', '\u{1b}', '\u{2028}']), "{logged:?}");
            }
        }
    }
    .with_subscriber(log.clone())
    .await;
}

#[test]
fn a_skipped_key_is_named_by_its_place_alone() {
    let log = Log::new();
    tracing::subscriber::with_default(log.clone(), || {
        let set = json!({ "keys": [
            { "kty": "canary", "kid": "canary", "alg": "canary" },
            { "kty": "oct", "k": "canary", "kid": "canary\n" },
            "canary",
            signer(Algorithm::EdDsa).jwk(),
        ] });
        JwkSet::parse(set.to_string()).unwrap();
    });
    let logged = log.taken();
    assert_eq!(logged.lines().count(), 3, "{logged}");
    assert!(
        logged.lines().all(|line| line.starts_with("WARN ")),
        "{logged}"
    );
    assert!(!logged.contains("canary"), "{logged}");
}

/// A set is read again and again, and is somebody else's.
#[test]
fn a_key_set_does_not_fill_the_log() {
    let log = Log::new();
    let parsed = |other: serde_json::Value, count: usize| {
        let mut keys = vec![other; count];
        keys.push(signer(Algorithm::EdDsa).jwk());
        tracing::subscriber::with_default(log.clone(), || {
            JwkSet::parse(json!({ "keys": keys }).to_string()).unwrap();
        });
        log.taken()
    };
    let of_encryption = signer(Algorithm::Rs256).jwk_with("use", json!("enc"));
    let logged = parsed(of_encryption, 1);
    assert!(
        logged.starts_with("DEBUG ") && logged.lines().count() == 1,
        "{logged}"
    );
    let logged = parsed(json!({}), 5_000);
    let warnings = logged.lines().filter(|line| line.starts_with("WARN "));
    assert_eq!(warnings.count(), 9, "{logged}");
}

/// These tests are built with the feature `testing`; a service that is hears of it.
#[test]
fn a_build_for_tests_says_so_when_an_auth_is_made() {
    let log = Log::new();
    tracing::subscriber::with_default(log.clone(), || {
        super::support::auth();
    });
    let logged = log.taken();
    assert_eq!(logged.lines().count(), 1, "{logged}");
    assert!(
        logged.starts_with("WARN ") && logged.contains("`testing`"),
        "{logged}"
    );
}
