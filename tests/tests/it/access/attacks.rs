//! The shared file of hostile tokens through guarded routers, each with the keys of one verifier of
//! the file: the right answer, one audit event each, and nothing of the token in either.

use std::collections::{BTreeMap, BTreeSet};
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use api_utils::access::{AccessSettings, AuditEvent};
use api_utils::testing::clock;
use api_utils::token::{Algorithm, Key};
use api_utils::{Auth, HasAuth, require_token, routes};
use axum::Router;
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::support::{get, send};
use crate::token::signers::SIGNERS;
use crate::token::support::claims;

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

/// What a guarded router told its audit sink since it was last asked.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl Events {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

struct Attacks {
    secret: String,
    cases: Vec<Value>,
    /// By verifier: guards with its key, which the public ones get as PEM, as JWK and as a set.
    apps: BTreeMap<&'static str, Vec<Router>>,
    events: Events,
}

fn attacks() -> Option<Attacks> {
    let Some(folder) = api_utils_tests::shared() else {
        println!("SKIPPED: the shared folder with attacks/tokens.jsonl is not there");
        return None;
    };
    let folder = folder.join("attacks");
    let read = |name: String| std::fs::read_to_string(folder.join(name)).unwrap();
    let text = read("tokens.jsonl".to_owned());
    let mut lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let first: Value = lines.next().unwrap();
    let meta = &first["meta"];
    let text = |name: &str| meta[name].as_str().unwrap();
    let builder = || {
        let now = clock(meta["now"].as_u64().unwrap());
        Auth::builder(text("issuer"), [text("audience")]).clock(now)
    };
    let events = Events::default();
    let app = |auth| app(auth, events.clone());
    let secret = builder().hmac(Algorithm::Hs256, text("secret"));
    let mut apps = BTreeMap::from([("hs256", vec![app(secret.build().unwrap())])]);
    for (verifier, algorithm) in [
        ("rs256", Algorithm::Rs256),
        ("es256", Algorithm::Es256),
        ("eddsa", Algorithm::EdDsa),
    ] {
        let pem = read(format!("keys/{verifier}.public.pem"));
        let jwk = read(format!("keys/{verifier}.public.jwk.json"));
        let set = format!("{{\"keys\":[{jwk}]}}");
        let auths = [
            builder().pem(algorithm, pem),
            builder().keys([Key::jwk(jwk).unwrap()]),
            builder().jwk_set(set),
        ];
        let auths = auths.into_iter().map(|builder| builder.build().unwrap());
        apps.insert(verifier, auths.map(app).collect());
    }
    Some(Attacks {
        secret: text("secret").to_owned(),
        cases: lines.collect(),
        apps,
        events,
    })
}

fn app(auth: Auth, events: Events) -> Router {
    let access = AccessSettings::new().audit_sink(move |event: &AuditEvent<'_>| {
        let reason = event.reason().map(|reason| reason.to_string());
        let subject = event.subject().map(|subject| subject.to_string());
        let text = format!("{} {reason:?} {subject:?} {event:?}", event.outcome());
        events.0.lock().unwrap().push(text);
    });
    routes! {
        state Arc<AppState>;
        GET "/any" => any,
        GET "/admin" => admin,
    }
    .into_router(Arc::new(AppState { auth, access }))
    .unwrap()
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
    let values = fields(case).into_iter().map(|(_, value)| value);
    let texts = values.filter_map(|value| String::from_utf8(value).ok());
    texts
        .flat_map(|text| {
            let parts = text.split(['.', ' ']).map(str::to_owned);
            parts.filter(|part| part.len() > 20).collect::<Vec<_>>()
        })
        .collect()
}

/// `None`: the `http` crate refuses it; it comes over a socket, below.
fn request(case: &Value) -> Option<Request<Body>> {
    let fields = fields(case).into_iter();
    fields
        .fold(Request::get(uri(case)), |request, (name, value)| {
            request.header(name, value)
        })
        .body(Body::empty())
        .ok()
}

/// Every case at every guard: at those it is aimed at the answer of the file, at the others none
/// but a refusal, whatever its own would say.
#[tokio::test]
async fn each_is_answered_as_the_file_expects_with_one_audit_event() {
    let Some(attacks) = attacks() else { return };
    let mut wrong = Vec::new();
    let mut refusals = BTreeSet::new();
    let mut sent = BTreeMap::from([("aimed", 0), ("at another", 0)]);
    for case in &attacks.cases {
        let name = &case["name"];
        for (verifier, app) in each_app(&attacks.apps) {
            let Some(request) = request(case) else {
                continue;
            };
            let answer = send(app, request).await;
            let events = attacks.events.take();
            let [event] = events.as_slice() else {
                panic!("{name} at {verifier}: {} events", events.len());
            };
            let outcome = outcome(answer.status.as_u16());
            let (aimed, right) = if case["verifier"] == verifier {
                ("aimed", conforms(case, &outcome))
            } else {
                ("at another", outcome == "401" || outcome == "400")
            };
            *sent.get_mut(aimed).unwrap() += 1;
            if !right {
                let expected = &case["expect"];
                wrong.push(format!("{name} {aimed}: {outcome}, not {expected}"));
            }
            let log = format!("{event} {:?} {}", answer.headers, answer.body);
            for text in tell_tales(case).iter().chain([&attacks.secret]) {
                assert!(!log.contains(text.as_str()), "{name}: {log}");
            }
            assert!(!event.contains(['\n', '\r']), "{name}: {event}");
            if answer.status == 401 {
                refusals.insert(format!("{:?} {}", answer.headers, answer.body));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{sent:?}");
    assert!(sent["aimed"] > 410 && sent["at another"] > 3000, "{sent:?}");
    // Without credentials, and with a refused token: no third answer that tells why.
    assert_eq!(refusals.len(), 2, "{refusals:#?}");
}

/// No guard above is right by refusing everything: of each algorithm of key pairs the right token
/// passes, without the role it does not, and with another signature it does not.
#[tokio::test]
async fn a_guard_serves_every_algorithm_of_key_pairs() {
    let events = Events::default();
    for signer in SIGNERS.iter() {
        let app = app(signer.auth(), events.clone());
        let mut claims = claims();
        let admin = signer.token(json!({}), &claims);
        claims["roles"] = json!(["user"]);
        let user = signer.token(json!({}), &claims);
        let (signed, _) = admin.rsplit_once('.').unwrap();
        for (token, status) in [
            (admin.clone(), 200),
            (user, 403),
            (format!("{signed}.{}", "A".repeat(86)), 401),
            (String::new(), 401),
        ] {
            let answer = get(&app, "/admin", &token).await;
            assert_eq!(answer.status, status, "{}", signer.algorithm);
            assert_eq!(events.take().len(), 1, "{}", signer.algorithm);
        }
    }
}

fn each_app<'a>(
    apps: &'a BTreeMap<&'static str, Vec<Router>>,
) -> impl Iterator<Item = (&'static str, &'a Router)> {
    apps.iter()
        .flat_map(|(verifier, apps)| apps.iter().map(|app| (*verifier, app)))
}

/// Bytes that HTTP/1.1 forbids, over a real socket: the server refuses them, or the guard does.
#[tokio::test]
async fn what_no_client_sends_is_answered_by_the_server_or_by_one_guard() {
    let Some(attacks) = attacks() else { return };
    let mut wrong = Vec::new();
    for (verifier, app) in each_app(&attacks.apps) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(axum::serve(listener, app.clone()).into_future());
        let aimed = |case: &&Value| case["verifier"] == verifier;
        for case in attacks.cases.iter().filter(aimed) {
            let status = over_a_socket(address, case).await;
            let met_guard = attacks.events.take().len();
            assert!(met_guard <= 1, "{}: {met_guard}", case["name"]);
            // A request that the handler answered met its guard.
            assert!(status != 200 || met_guard == 1, "{}", case["name"]);
            // 431: hyper's own limit on the size of fields.
            let by_server = status == 431 && met_guard == 0;
            if !conforms(case, &outcome(status)) && !by_server {
                let (name, expected) = (&case["name"], &case["expect"]);
                wrong.push(format!("{name}: {status}, not {expected}"));
            }
        }
        server.abort();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The bytes of a case as they are; the status that came back.
async fn over_a_socket(address: SocketAddr, case: &Value) -> u16 {
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
    let status = answer.split(' ').nth(1);
    status
        .and_then(|status| status.parse().ok())
        .unwrap_or_else(|| panic!("{}: {answer:?}", case["name"]))
}
