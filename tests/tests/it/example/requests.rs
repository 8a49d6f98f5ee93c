//! Who gets what from the running example.

use api_utils_tests::service::{Answer, Environment, Service};
use serde_json::json;

fn challenge(answer: &Answer) -> &str {
    answer.field("www-authenticate").unwrap_or_default()
}

fn development() -> Service {
    Environment::development().run()
}

#[test]
fn health_is_open() {
    let answer = development().get("/health", None);
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
}

#[test]
fn whoami_says_who() {
    let service = development();
    let token = service.login("ada", &["admin", "editor"]);
    let answer = service.get("/api/whoami", Some(&token));
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.json(),
        json!({"sub": "ada", "roles": ["admin", "editor"]})
    );
}

#[test]
fn no_credentials_get_a_challenge_without_an_error_code() {
    let answer = development().get("/api/whoami", None);
    assert_eq!(answer.status, 401);
    assert!(challenge(&answer).starts_with("Bearer"), "{answer:?}");
    assert!(!challenge(&answer).contains("error"), "{answer:?}");
    assert_eq!(
        answer.field("content-type"),
        Some("application/problem+json")
    );
    assert!(answer.json()["error"].is_string());
}

#[test]
fn a_tampered_token_is_invalid() {
    let service = development();
    let token = service.login("ada", &["admin"]);
    let (rest, signature) = token.rsplit_once('.').unwrap();
    let swapped = if signature.starts_with('A') { 'B' } else { 'A' };
    let tampered = format!("{rest}.{swapped}{}", &signature[1..]);
    let answer = service.get("/api/whoami", Some(&tampered));
    assert_eq!(answer.status, 401);
    assert!(
        challenge(&answer).contains("error=\"invalid_token\""),
        "{answer:?}"
    );
}

#[test]
fn a_good_token_without_the_role_is_not_enough() {
    let service = development();
    let token = service.login("ada", &["editor"]);
    let answer = service.get("/api/admin", Some(&token));
    assert_eq!(answer.status, 403);
    assert!(
        challenge(&answer).contains("error=\"insufficient_scope\""),
        "{answer:?}"
    );
    let admin = service.login("ada", &["admin"]);
    assert_eq!(service.get("/api/admin", Some(&admin)).status, 200);
}

#[test]
fn an_owner_or_an_admin_sees_a_user() {
    let service = development();
    let (ada, admin) = (service.login("ada", &[]), service.login("root", &["admin"]));
    assert_eq!(
        service.get("/api/users/ada", Some(&ada)).json(),
        json!({"user_id": "ada"})
    );
    assert_eq!(service.get("/api/users/bob", Some(&ada)).status, 403);
    assert_eq!(service.get("/api/users/bob", Some(&admin)).status, 200);
    assert_eq!(
        service.get("/api/users/%61da", Some(&ada)).json(),
        json!({"user_id": "ada"})
    );
}

#[test]
fn the_role_is_asked_before_the_body_is_read() {
    let service = development();
    let nobody = service.login("ada", &[]);
    assert_eq!(
        service
            .post("/api/reports", Some(&nobody), "{broken")
            .status,
        403
    );
    let editor = service.login("ada", &["editor"]);
    assert_eq!(
        service
            .post("/api/reports", Some(&editor), "{broken")
            .status,
        400
    );
    let made = service.post("/api/reports", Some(&editor), r#"{"title": "Q3"}"#);
    assert_eq!((made.status, made.json()), (201, json!({"title": "Q3"})));
}

#[test]
fn the_configuration_is_shown_with_secrets_masked() {
    let service = development();
    let token = service.login("ada", &["developer"]);
    let answer = service.get("/api/config", Some(&token));
    assert_eq!(answer.status, 200, "{answer:?}");
    let view = answer.json();
    assert_eq!(
        view["token"],
        json!({
            "user_id": "ada", "roles": ["developer"], "remote_ip": "127.0.0.1"
        })
    );
    let items = view["config_items"].as_array().unwrap();
    let item = |name: &str| {
        items
            .iter()
            .find(|item| item["name"] == name)
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(item("JWT_SECRET")["value"], "secret");
    assert_eq!(item("JWT_SECRET")["from"], "environment");
    assert_eq!(item("JWT_TTL_MINUTES")["from"], "default");
    assert_eq!(item("JWT_ISSUER")["value"], "test-idp");
    assert!(!answer.body.contains("TEST-ONLY"));
    let other = service.login("ada", &["editor"]);
    assert_eq!(service.get("/api/config", Some(&other)).status, 403);
}

#[test]
fn two_authorization_fields_are_a_bad_request() {
    let service = development();
    let token = format!("Bearer {}", service.login("ada", &["admin"]));
    let fields = [
        ("Authorization", token.as_str()),
        ("Authorization", token.as_str()),
    ];
    let answer = service.send("GET", "/api/whoami", &fields, "");
    assert_eq!(answer.status, 400);
    assert!(
        challenge(&answer).contains("error=\"invalid_request\""),
        "{answer:?}"
    );
}

#[test]
fn no_token_and_no_secret_in_its_log() {
    let service = development();
    let token = service.login("ada", &["admin"]);
    for path in ["/api/whoami", "/api/admin", "/api/users/eve"] {
        let _ = service.get(path, Some(&token));
        let _ = service.get(path, Some("not.a.token"));
    }
    let output = service.output_with("malformed_token");
    assert!(
        output.contains("malformed_token"),
        "the log is seen: {output}"
    );
    let signature = token.rsplit_once('.').unwrap().1;
    assert!(!output.contains(signature), "{output}");
    assert!(!output.contains("TEST-ONLY"), "{output}");
}
