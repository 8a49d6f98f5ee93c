//! `/dev-login`: what it gives, to whom, and that it is not there when it is off.

use api_utils_tests::service::{Answer, Environment};
use serde_json::json;

const METHODS: [&str; 8] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
];

#[test]
fn the_defaults_are_a_developer() {
    let answer = Environment::development()
        .run()
        .post("/dev-login", None, "{}");
    assert_eq!(answer.status, 200, "{answer:?}");
    let given = answer.json();
    assert_eq!(given["subject"], "dev-user-1");
    assert_eq!(given["roles"], json!(["developer"]));
    assert_eq!(given["token_type"], "bearer");
    let expires_at = given["expires_at"].as_str().unwrap();
    assert!(
        expires_at.ends_with('Z') && expires_at.as_bytes()[10] == b'T',
        "{expires_at}"
    );
    assert_eq!(answer.field("cache-control"), Some("no-store"));
}

/// A route whose rule asks for a scope can be tried as well.
#[test]
fn scopes_are_those_that_are_asked_for() {
    let body = r#"{"subject": "ada", "roles": [], "scopes": ["posts:write", "posts:read"]}"#;
    let answer = Environment::development()
        .run()
        .post("/dev-login", None, body);
    assert_eq!(answer.status, 200, "{answer:?}");
    let given = answer.json();
    let token = given["access_token"].as_str().unwrap();
    let shown = api_utils::token::inspect(token).unwrap().to_string();
    assert!(
        shown.contains(r#""scope":"posts:write posts:read""#),
        "{shown}"
    );
}

#[test]
fn a_bad_body_is_a_clear_problem() {
    let service = Environment::development().run();
    let typed = |kind: &str, body: &str| {
        service.send("POST", "/dev-login", &[("Content-Type", kind)], body)
    };
    for (kind, body, status) in [
        ("application/json", "{", 400),
        ("application/json", "\u{feff}{}", 400),
        ("text/plain", "{}", 415),
        ("application/x-www-form-urlencoded", "subject=ada", 415),
        ("application/json", "[]", 422),
        ("application/json", r#"{"subject": 5}"#, 422),
        ("application/json", r#"{"subject": ""}"#, 422),
        ("application/json", r#"{"subject": " "}"#, 422),
        ("application/json", r#"{"roles": "admin"}"#, 422),
        ("application/json", r#"{"roles": [1]}"#, 422),
        ("application/json", r#"{"scopes": "posts:write"}"#, 422),
        ("application/json", r#"{"rolls": ["admin"]}"#, 422),
    ] {
        let answer = typed(kind, body);
        assert_eq!(answer.status, status, "{kind} {body}: {answer:?}");
        assert_eq!(
            answer.field("content-type"),
            Some("application/problem+json"),
            "{body}"
        );
        assert!(answer.json()["error"].is_string(), "{answer:?}");
    }
    assert_eq!(
        service.send("POST", "/dev-login", &[], "").status,
        200,
        "no body: the defaults"
    );
    let charset = typed("application/json; charset=utf-8", r#"{"subject": "ada"}"#);
    assert_eq!(charset.json()["subject"], "ada");
}

#[test]
fn off_it_is_like_any_path_that_does_not_exist() {
    for environment in [
        Environment::production(),
        Environment::production().set("ENABLE_LOGIN", "false"),
    ] {
        let service = environment.run();
        for method in METHODS {
            for fields in [
                &[][..],
                &[
                    ("Origin", "http://localhost:3000"),
                    ("Access-Control-Request-Method", "POST"),
                ],
                &[
                    ("Host", "evil.example"),
                    ("Content-Type", "application/json"),
                ],
            ] {
                let body = if fields.len() == 2 && fields[0].0 == "Host" {
                    "{}"
                } else {
                    ""
                };
                let hidden = service.send(method, "/dev-login", fields, body);
                let absent = service.send(method, "/no-such-path", fields, body);
                assert_eq!(hidden, absent, "{method} {fields:?}");
                assert_eq!(hidden.status, 404, "{method} {fields:?}");
            }
        }
    }
}

#[test]
fn its_token_is_worth_nothing_where_it_is_off() {
    let token = Environment::development().run().login("ada", &["admin"]);
    let production = Environment::production().run();
    assert_eq!(production.get("/api/whoami", Some(&token)).status, 401);
}

#[test]
fn it_answers_no_foreign_host_and_no_foreign_origin() {
    let service = Environment::development().run();
    let with = |fields: &[(&str, &str)]| {
        let mut all = vec![("Content-Type", "application/json")];
        all.extend_from_slice(fields);
        service.send("POST", "/dev-login", &all, "{}")
    };
    for host in [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "0.0.0.0",
        "192.168.1.4",
        "[::2]",
        "localhost@evil.example",
    ] {
        let answer = with(&[("Host", host)]);
        assert_eq!(answer.status, 403, "{host}: {answer:?}");
        assert!(!answer.body.contains("access_token"));
    }
    for host in [
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1:1",
        "127.9.9.9",
        "[::1]:8080",
    ] {
        assert_eq!(with(&[("Host", host)]).status, 200, "{host}");
    }
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
        "file://",
    ] {
        let answer = with(&[("Origin", origin)]);
        assert_eq!(answer.status, 403, "{origin}: {answer:?}");
        assert_eq!(
            answer.field("access-control-allow-origin"),
            None,
            "{origin}"
        );
    }
}

#[test]
fn listed_hosts_are_answered_too() {
    let service = Environment::development()
        .set("DEV_LOGIN_HOSTS", "dev.example, box.local")
        .run();
    for (host, status) in [
        ("dev.example:8080", 200),
        ("box.local", 200),
        ("other.example", 403),
    ] {
        let answer = service.send("POST", "/dev-login", &[("Host", host)], "");
        assert_eq!(answer.status, status, "{host}: {answer:?}");
    }
    let origin = [("Origin", "https://dev.example")];
    let answer = service.send("POST", "/dev-login", &origin, "");
    assert_eq!(
        answer.field("access-control-allow-origin"),
        Some("https://dev.example")
    );
}

#[test]
fn cors_echoes_a_loopback_origin_and_never_a_star() {
    let service = Environment::development().run();
    let origin = ("Origin", "http://localhost:3000");
    let allowed = |answer: &Answer| {
        assert_eq!(
            answer.field("access-control-allow-origin"),
            Some("http://localhost:3000")
        );
        assert_eq!(answer.field("vary"), Some("origin"));
    };
    let preflight = service.send(
        "OPTIONS",
        "/dev-login",
        &[origin, ("Access-Control-Request-Method", "POST")],
        "",
    );
    assert_eq!(preflight.status, 204, "{preflight:?}");
    allowed(&preflight);
    assert_eq!(
        preflight.field("access-control-allow-methods"),
        Some("POST, OPTIONS")
    );
    assert_eq!(
        preflight.field("access-control-allow-headers"),
        Some("Content-Type, Authorization")
    );
    let answer = service.send("POST", "/dev-login", &[origin], "");
    assert_eq!(answer.status, 200);
    allowed(&answer);
    let plain = service.send("POST", "/dev-login", &[], "");
    assert_eq!(plain.field("access-control-allow-origin"), None);
}
