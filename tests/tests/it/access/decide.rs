//! The table decides as the router answers.

use api_utils::access::Decision;
use api_utils::{Auth, Routes, public, require_token, routes};
use http::Method;

use super::support::{auth, call, token};

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn user() {}

#[require_token(role = "admin")]
async fn admin() {}

#[require_token(claim(level) = 7)]
async fn level() {}

#[public("files | for `everyone`")]
async fn file() {}

#[require_token(scope = "files:read")]
async fn rest() {}

#[require_token]
async fn any() {}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET "/users/{user_id}" => user,
        PUT | DELETE "/users/{user_id}" => admin,
        GET "/users/{user_id}/level" => level,
        GET "/files/{name}" => file,
        GET "/files/admin" => admin,
        GET "/all/{*rest}" => rest,
        GET "/" => any,
        HEAD "/head" => admin,
    }
}

const PATHS: &[&str] = &[
    "/",
    "//",
    "/users",
    "/users/",
    "/users/alice",
    "/users/alice/",
    "//users/alice",
    "/users//alice",
    "/users/%61lice",
    "/users/bob",
    "/users/ALICE",
    "/users/alice%2F",
    "/users/alice%00",
    "/users/%FF",
    "/users/alice/level",
    "/users/%FF/level",
    "/Users/alice",
    "/users/../users/alice",
    "/users/./alice",
    "/users/alice;x=1",
    "/users/alice?user_id=bob",
    "/files/admin",
    "/files/%61dmin",
    "/files/admin/",
    "/files/x",
    "/all",
    "/all/",
    "/all/a/b%2Fc",
    "/all/%FF",
    "/head",
    "/none",
];

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

#[tokio::test]
async fn every_decision_is_what_the_router_answers() {
    let auth = auth();
    let access = table().access_table();
    let app = table().into_router(auth.clone()).unwrap();
    let tokens = [
        String::new(),
        token(&auth, |request| request),
        token(&auth, |request| request.role("admin")),
        token(&auth, |request| {
            request.scope("files:read").claim("level", 7)
        }),
        token(&auth, |request| request.claim("level", "7")),
    ];
    let mut seen = Vec::new();
    for token in &tokens {
        let verified = auth.verify(token).ok();
        for path in PATHS {
            for method in [Method::GET, Method::HEAD, Method::PUT, Method::OPTIONS] {
                let answer = call(&app, method.as_str(), path, token).await;
                let decision = access.decide(verified.as_ref(), &method, path);
                assert_eq!(
                    decision,
                    expected(answer.status.as_u16()),
                    "{method} {path}"
                );
                seen.push(decision);
            }
        }
    }
    for decision in [
        Decision::Allow,
        Decision::Unauthorized,
        Decision::Forbidden,
        Decision::BadRequest,
        Decision::NotFound,
        Decision::MethodNotAllowed,
    ] {
        assert!(seen.contains(&decision), "{decision:?}");
    }
}

#[test]
fn what_no_line_has_is_the_fallbacks_or_undeclared() {
    let auth = auth();
    let alice = auth.verify(&token(&auth, |request| request)).unwrap();
    let with_fallback = table().fallback(admin).access_table();
    let decide = |path| with_fallback.decide(&alice, &Method::GET, path);
    assert_eq!(decide("/none"), Decision::Forbidden);
    assert_eq!(decide("/"), Decision::Allow);
    let with_router = table()
        .undeclared("old", axum::Router::new())
        .access_table();
    let decide = |path| with_router.decide(&alice, &Method::GET, path);
    assert_eq!(decide("/none"), Decision::Undeclared);
    assert_eq!(decide("/"), Decision::Allow);
}

const MARKDOWN: &str = r#"| Method | Path | Who may call it | Handler |
| --- | --- | --- | --- |
| GET | `/` | `any valid token` | `any` |
| GET | `/all/{*rest}` | `scope = "files:read"` | `rest` |
| GET | `/files/admin` | `role = "admin"` | `admin` |
| GET | `/files/{name}` | public: files \| for `everyone` | `file` |
| HEAD | `/head` | `role = "admin"` | `admin` |
| DELETE | `/users/{user_id}` | `role = "admin"` | `admin` |
| GET | `/users/{user_id}` | `any(sub = path(user_id), role = "admin")` | `user` |
| PUT | `/users/{user_id}` | `role = "admin"` | `admin` |
| GET | `/users/{user_id}/level` | `claim(level) = 7` | `level` |
| * | `(no other route)` | `any valid token` | `any` |
| * | `*` | UNDECLARED: old pages | `-` |

- warning: `GET /files/admin` can be written with percent-encoding, and is answered by `file` (`/files/{name}`) then, whose rule is another

**1 undeclared: nobody says who may call these**
"#;

fn whole() -> Routes<Auth> {
    table()
        .fallback(any)
        .undeclared("old pages", axum::Router::new())
}

#[test]
fn markdown() {
    assert_eq!(whole().access_table().to_markdown(), MARKDOWN);
}

#[test]
fn json_has_file_and_line() {
    let json: serde_json::Value = serde_json::from_str(&whole().access_table().to_json()).unwrap();
    assert_eq!(json["undeclared"], 1);
    assert_eq!(json["warnings"].as_array().unwrap().len(), 1);
    let routes = json["routes"].as_array().unwrap();
    assert_eq!(routes.len(), 11);
    let first = &routes[0];
    assert_eq!(first["method"], "GET");
    assert_eq!(first["path"], "/");
    assert_eq!(first["rule"], "any valid token");
    assert!(first["file"].as_str().unwrap().ends_with("decide.rs"));
    let source = include_str!("decide.rs").lines();
    let line = source
        .enumerate()
        .find(|(_, text)| text.contains(r#"GET "/" => any"#))
        .unwrap();
    assert_eq!(first["line"], line.0 + 1);
    assert_eq!(routes[3]["access"], "public");
    assert_eq!(routes[10]["access"], "undeclared");
    assert_eq!(routes[10]["reason"], "old pages");
}
