//! Random requests, by random callers: the table decides as the router answers.

use std::cell::RefCell;
use std::collections::BTreeMap;

use api_utils::access::Decision;
use api_utils::token::Issuer;
use api_utils::{Auth, Routes, public, require_token, routes};
use axum::Router;
use axum::body::Body;
use http::{Method, Request};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::support::auth;

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn user() {}

#[require_token(role = "admin", not(role = "suspended"))]
async fn admin() {}

#[require_token(claim(org) = path(org), any(scope = "read", scope = "write"))]
async fn member() {}

#[require_token(not(claim(org) = path(org)))]
async fn stranger() {}

#[require_token(any(claim(level) = 7, claim(level) = 8, role = "admin"))]
async fn level() {}

#[public("files for everyone")]
async fn file() {}

#[require_token(scope = "read")]
async fn rest() {}

#[require_token(claim("unit"."id") = path(rest))]
async fn unit() {}

#[require_token]
async fn any_token() {}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET "/users/{user_id}" => user,
        PUT | DELETE "/users/{user_id}" => admin,
        GET | POST "/orgs/{org}/users/{user_id}" => member,
        GET "/orgs/{org}" => stranger,
        GET "/users/{user_id}/level" => level,
        GET "/files/{name}" => file,
        GET "/files/admin" => admin,
        GET "/all/{*rest}" => rest,
        PATCH "/units/{*rest}" => unit,
        GET "/" => any_token,
        HEAD "/head" => admin,
        OPTIONS "/users" => any_token,
    }
}

/// Each fallback makes other answers of what no route has.
fn tables() -> [(&'static str, Routes<Auth>); 3] {
    [
        ("no fallback", table()),
        ("a public fallback", table().fallback(file)),
        ("a guarded fallback", table().fallback(admin)),
    ]
}

const SEGMENTS: &[&str] = &[
    "users",
    "orgs",
    "files",
    "all",
    "units",
    "head",
    "level",
    "admin",
    "alice",
    "bob",
    "blue",
    "a/b",
    "%61lice",
    "%41lice",
    "alice%20",
    "a%2Fb",
    "%2F",
    "%FF",
    "a%FF",
    "%C3",
    "%C3%AB",
    "%zz",
    "%",
    "%00",
    "ALICE",
    "",
    ".",
    "..",
    "%2e%2e",
    "*",
    "{user_id}",
    "~",
    "alice;x=1",
    "+",
    "a+b",
    "Users",
];

const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO",
];

/// Mostly segments that mean something to the table; now and then anything.
fn path() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        12 => prop::sample::select(SEGMENTS).prop_map(str::to_owned),
        1 => "[!-~]{0,6}",
    ];
    let query = prop_oneof![6 => Just(""), 1 => Just("?user_id=alice"), 1 => Just("?")];
    (prop::collection::vec(segment, 1..5), query)
        .prop_map(|(segments, query)| format!("/{}{query}", segments.join("/")))
}

/// A path of the table with its parameters filled in.
fn matching_path() -> impl Strategy<Value = String> {
    const PATHS: &[&str] = &[
        "/users/_",
        "/users/_/level",
        "/orgs/_",
        "/orgs/_/users/_",
        "/files/_",
        "/all/_/_",
        "/units/_",
        "/units/_/_",
    ];
    let values = prop::collection::vec(prop::sample::select(SEGMENTS), 2);
    (prop::sample::select(PATHS), values).prop_map(|(path, values)| {
        values
            .iter()
            .fold(path.to_owned(), |path, value| path.replacen('_', value, 1))
    })
}

#[derive(Clone, Debug)]
struct Who {
    subject: &'static str,
    roles: Vec<&'static str>,
    scopes: Vec<&'static str>,
    claims: Vec<(&'static str, Value)>,
}

/// A caller, or nobody.
fn who() -> impl Strategy<Value = Option<Who>> {
    let some = |all: &'static [&'static str]| prop::sample::subsequence(all, 0..=all.len());
    let value = prop::sample::select(vec![
        json!("blue"),
        json!("alice"),
        json!("a/b"),
        json!(7),
        json!(true),
        json!(null),
        json!(["blue"]),
        json!({"id": "a/b"}),
        json!({"id": 7}),
    ]);
    let claims = prop::collection::hash_map(
        prop::sample::select(&["org", "level", "unit"][..]),
        value,
        0..=3,
    );
    let who = (
        prop::sample::select(&["alice", "bob", "a/b", "Alice", "\u{eb}", "%61lice"][..]),
        some(&["admin", "suspended", "editor"]),
        some(&["read", "write"]),
        claims,
    )
        .prop_map(|(subject, roles, scopes, claims)| Who {
            subject,
            roles,
            scopes,
            claims: claims.into_iter().collect(),
        });
    prop::option::weighted(0.9, who)
}

fn token_of(auth: &Auth, who: &Who) -> String {
    let issuer = Issuer::of(auth).unwrap();
    let mut request = issuer.token(who.subject);
    for role in &who.roles {
        request = request.role(*role);
    }
    for scope in &who.scopes {
        request = request.scope(*scope);
    }
    for (name, value) in &who.claims {
        request = request.claim(*name, value);
    }
    request.mint().unwrap().token
}

fn expected(status: u16) -> Decision {
    match status {
        200 => Decision::Allow,
        401 => Decision::Unauthorized,
        403 => Decision::Forbidden,
        400 => Decision::BadRequest,
        404 => Decision::NotFound,
        405 => Decision::MethodNotAllowed,
        500 => Decision::Fault,
        other => panic!("{other}"),
    }
}

fn answer(app: &Router, request: Request<Body>) -> u16 {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let answer = app.clone().oneshot(request);
    runtime.unwrap().block_on(answer).unwrap().status().as_u16()
}

#[test]
fn random_requests_are_decided_as_they_are_answered() {
    let auth = auth();
    let apps = tables().map(|(name, routes)| {
        let table = routes.access_table();
        (name, table, routes.into_router(auth.clone()).unwrap())
    });
    let requests = (
        prop_oneof![path(), matching_path()],
        prop_oneof![prop::sample::select(METHODS), Just("GET")],
        who(),
        0..apps.len(),
    );
    let mut runner = TestRunner::new(Config {
        cases: 8000,
        failure_persistence: None,
        ..Config::default()
    });
    let counts = RefCell::new(BTreeMap::new());
    runner
        .run(&requests, |(path, method, who, app)| {
            let (name, table, app) = &apps[app];
            let token = who.as_ref().map(|who| token_of(&auth, who));
            let mut request = Request::builder().method(method).uri(&path);
            if let Some(token) = &token {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            // What is no URI is no request.
            let Ok(request) = request.body(Body::empty()) else {
                return Ok(());
            };
            let verified = token.map(|token| auth.verify(&token).unwrap());
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let decision = table.decide(verified.as_ref(), &method, &path);
            prop_assert_eq!(decision, expected(answer(app, request)), "{}", name);
            *counts
                .borrow_mut()
                .entry(format!("{decision:?}"))
                .or_insert(0) += 1;
            Ok(())
        })
        .unwrap();
    let counts = counts.into_inner();
    println!("{counts:?}");
    // No decision is so rare that the agreement would say nothing of it.
    for decision in [
        Decision::Allow,
        Decision::Unauthorized,
        Decision::Forbidden,
        Decision::BadRequest,
        Decision::NotFound,
        Decision::MethodNotAllowed,
    ] {
        let count = counts.get(&format!("{decision:?}")).copied();
        assert!(count.unwrap_or(0) > 30, "{decision:?}: {counts:?}");
    }
}

/// Tables that no router can be made of, with one of which nothing is answered at all.
#[test]
fn a_table_that_cannot_be_served_is_a_fault() {
    #[require_token(sub = path(id))]
    async fn other() {}
    let auth = auth();
    let alice = auth
        .verify(&token_of(
            &auth,
            &Who {
                subject: "alice",
                roles: vec!["admin"],
                scopes: Vec::new(),
                claims: Vec::new(),
            },
        ))
        .unwrap();
    let conflicting = || table().merge(routes! { state Auth; POST "/users/{id}" => other });
    let decide = |method, path| {
        let table = conflicting().access_table();
        table.decide(&alice, &method, path)
    };
    assert_eq!(decide(Method::GET, "/users/alice"), Decision::Fault);
    assert_eq!(decide(Method::POST, "/users/alice"), Decision::Fault);
    assert_eq!(decide(Method::GET, "/files/x"), Decision::Fault);
    assert!(conflicting().into_router(auth.clone()).is_err());
}
