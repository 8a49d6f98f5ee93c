//! The shared file of hostile tokens through a guarded router: the right answer, one audit event
//! each, and nothing of the token in either.

use std::collections::BTreeSet;
use std::future::IntoFuture;
use std::sync::{Arc, Mutex};

use api_utils::access::{AccessSettings, AuditEvent};
use api_utils::testing::clock;
use api_utils::token::Algorithm;
use api_utils::{Auth, HasAuth, require_token, routes};
use axum::Router;
use axum::body::Body;
use http::Request;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::support::send;

#[require_token]
async fn any() {}

#[require_token(role = "admin")]
async fn admin() {}

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

struct Attacks {
    secrets: Vec<String>,
    cases: Vec<Value>,
    app: Router,
    events: Arc<Mutex<Vec<String>>>,
}

fn attacks() -> Option<Attacks> {
    let Some(folder) = api_utils_tests::shared() else {
        println!("SKIPPED: the shared folder with attacks/tokens.jsonl is not there");
        return None;
    };
    let text = std::fs::read_to_string(folder.join("attacks/tokens.jsonl")).unwrap();
    let mut lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let first: Value = lines.next().unwrap();
    let meta = &first["meta"];
    let text = |name: &str| meta[name].as_str().unwrap();
    let secret = text("secret");
    let auth = Auth::builder(text("issuer"), [text("audience")])
        .hmac(Algorithm::Hs256, secret)
        .clock(clock(meta["now"].as_u64().unwrap()))
        .build()
        .unwrap();
    let events: Arc<Mutex<Vec<String>>> = Arc::default();
    let sink = Arc::clone(&events);
    let access = AccessSettings::new().audit_sink(move |event: &AuditEvent<'_>| {
        let reason = event.reason().map(|reason| reason.to_string());
        let subject = event.subject().map(|subject| subject.to_string());
        let text = format!("{} {reason:?} {subject:?} {event:?}", event.outcome());
        sink.lock().unwrap().push(text);
    });
    let app = routes! {
        state Arc<AppState>;
        GET "/any" => any,
        GET "/admin" => admin,
    }
    .into_router(Arc::new(AppState { auth, access }))
    .unwrap();
    Some(Attacks {
        secrets: vec![secret.to_owned()],
        cases: lines.collect(),
        app,
        events,
    })
}

/// The fields of a case. The file writes a byte as the character of that number.
fn fields(case: &Value) -> Vec<(String, Vec<u8>)> {
    let bytes = |text: &str| -> Vec<u8> {
        let byte = |c| u8::try_from(u32::from(c)).unwrap();
        text.chars().map(byte).collect()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    match (case["headers"].as_array(), case["header"].as_str()) {
        (Some(fields), _) => fields
            .iter()
            .map(|field| (text(&field[0]), bytes(&text(&field[1]))))
            .collect(),
        (None, Some(field)) => vec![("authorization".to_owned(), bytes(field))],
        (None, None) => Vec::new(),
    }
}

fn uri(case: &Value) -> String {
    let query = case["uri_query"].as_str().unwrap_or_default();
    let mark = if query.is_empty() || query.starts_with('?') {
        ""
    } else {
        "?"
    };
    format!("/{}{mark}{query}", case["route"].as_str().unwrap())
}

fn conforms(case: &Value, outcome: &str) -> bool {
    let mut others = case["also_ok"].as_array().into_iter().flatten();
    case["expect"] == outcome || others.any(|other| other == outcome)
}

fn outcome(status: u16) -> String {
    match status {
        200 => "accept".to_owned(),
        other => other.to_string(),
    }
}

/// The parts of a token that a log or an answer must not repeat.
fn tell_tales(case: &Value) -> Vec<String> {
    let field = case["header"].as_str().unwrap_or_default();
    let parts = field.split(['.', ' ']).filter(|part| part.len() > 20);
    parts.map(str::to_owned).collect()
}

#[tokio::test]
async fn each_is_answered_as_the_file_expects_with_one_audit_event() {
    let Some(attacks) = attacks() else { return };
    let mut wrong = Vec::new();
    let mut refusals = BTreeSet::new();
    let mut sent = 0;
    for case in &attacks.cases {
        let mut request = Request::get(uri(case));
        for (name, value) in fields(case) {
            request = request.header(name, value);
        }
        // What the `http` crate refuses comes over a socket, below.
        let Ok(request) = request.body(Body::empty()) else {
            continue;
        };
        sent += 1;
        let answer = send(&attacks.app, request).await;
        let events = std::mem::take(&mut *attacks.events.lock().unwrap());
        let [event] = events.as_slice() else {
            panic!("{}: {} events", case["name"], events.len());
        };
        let outcome = outcome(answer.status.as_u16());
        // A token for another verifier is none for this one, whatever that one would say.
        let right = if case["verifier"] == "hs256" {
            conforms(case, &outcome)
        } else {
            outcome == "401" || outcome == "400"
        };
        if !right {
            wrong.push(format!(
                "{}: {outcome}, not {}",
                case["name"], case["expect"]
            ));
        }
        let log = format!("{event} {:?} {}", answer.headers, answer.body);
        for text in tell_tales(case).iter().chain(&attacks.secrets) {
            assert!(!log.contains(text.as_str()), "{}: {log}", case["name"]);
        }
        assert!(!event.contains(['\n', '\r']), "{}: {event}", case["name"]);
        if answer.status == 401 {
            refusals.insert(format!("{:?} {}", answer.headers, answer.body));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sent > 330, "{sent}");
    // Without credentials, and with a refused token: no third answer that tells why.
    assert_eq!(refusals.len(), 2, "{refusals:#?}");
}

/// Bytes that HTTP/1.1 forbids, over a real socket: the server refuses them, or the guard does.
#[tokio::test]
async fn what_no_client_sends_is_answered_by_the_server_or_by_one_guard() {
    let Some(attacks) = attacks() else { return };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, attacks.app.clone()).into_future());
    let mut wrong = Vec::new();
    for case in &attacks.cases {
        if case["verifier"] != "hs256" {
            continue;
        }
        let mut request = format!("GET {} HTTP/1.1\r\nhost: localhost\r\n", uri(case)).into_bytes();
        for (name, value) in fields(case) {
            request.extend(name.bytes().chain(*b": ").chain(value).chain(*b"\r\n"));
        }
        request.extend(b"connection: close\r\n\r\n");
        let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
        // The server may answer and close before it has read a request that is too large.
        let _ = socket.write_all(&request).await;
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        let status: u16 = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or_else(|| panic!("{}: {answer:?}", case["name"]));
        let met_guard = attacks.events.lock().unwrap().drain(..).count();
        assert!(met_guard <= 1, "{}: {met_guard}", case["name"]);
        // A request that the handler answered met its guard.
        assert!(status != 200 || met_guard == 1, "{}", case["name"]);
        // 431: hyper's own limit on the size of fields.
        let by_server = status == 431 && met_guard == 0;
        if !conforms(case, &outcome(status)) && !by_server {
            wrong.push(format!(
                "{}: {status}, not {}",
                case["name"], case["expect"]
            ));
        }
    }
    server.abort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
