//! `routes!`: what stands in the table is what answers.

use api_utils::{Auth, Routes, Token, public, require_token, routes};
use axum::extract::{Path, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get as get_;
use http::HeaderValue;

use super::support::{auth, call, get, with_roles};

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user(token: Token, Path(user_id): Path<String>) -> String {
    format!("{user_id} for {}", token.subject())
}

#[require_token(roles = ["admin"])]
async fn delete_user(Path(_): Path<String>) {}

#[public("liveness probe")]
async fn health() -> &'static str {
    "ok"
}

#[require_token]
async fn either() {}

mod other {
    use api_utils::{Auth, Routes, require_token, routes};

    #[require_token(scope = "reports:read")]
    async fn list() -> &'static str {
        "reports"
    }

    #[require_token(scope = "reports:write")]
    async fn create() {}

    pub(super) fn table() -> Routes<Auth> {
        routes! {
            state Auth;
            GET "/reports" => list,
            POST "/reports" => create,
        }
    }
}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET "/users/{user_id}" => show_user,
        DELETE "/users/{user_id}" => delete_user,
        GET "/health" => health,
        PUT | PATCH "/either" => either,
    }
}

#[tokio::test]
async fn each_line_answers_by_its_own_rule() {
    let auth = auth();
    let app = table()
        .merge(other::table())
        .into_router(auth.clone())
        .unwrap();
    let alice = with_roles(&auth, &[]);
    let admin = with_roles(&auth, &["admin"]);
    for (method, path, token, status) in [
        ("GET", "/users/alice", "", 401),
        ("GET", "/users/alice", &alice, 200),
        ("HEAD", "/users/alice", "", 401),
        ("HEAD", "/users/bob", &alice, 403),
        ("DELETE", "/users/alice", &alice, 403),
        ("DELETE", "/users/alice", &admin, 200),
        ("GET", "/health", "", 200),
        ("PUT", "/either", "", 401),
        ("PATCH", "/either", &alice, 200),
        ("GET", "/reports", &admin, 403),
        ("POST", "/reports", "", 401),
        // Neither says anything of a rule.
        ("POST", "/users/alice", "", 405),
        ("GET", "/users/alice/", "", 404),
        ("GET", "/", &admin, 404),
    ] {
        let answer = call(&app, method, path, token).await;
        assert_eq!(answer.status, status, "{method} {path}");
    }
    assert_eq!(
        get(&app, "/users/alice", &alice).await.body,
        "alice for alice"
    );
}

#[test]
fn the_table_is_complete_and_sorted() {
    let legacy = axum::Router::new().route("/old", get_(|| async { "old" }));
    let table = other::table()
        .merge(table())
        .undeclared("legacy pages", legacy)
        .access_table();
    assert_eq!(table.undeclared(), 1);
    let expected = "\
METHOD  PATH              WHO MAY CALL IT                           HANDLER
PATCH   /either           any valid token                           either
PUT     /either           any valid token                           either
GET     /health           public: liveness probe                    health
GET     /reports          scope = \"reports:read\"                    list
POST    /reports          scope = \"reports:write\"                   create
DELETE  /users/{user_id}  role = \"admin\"                            delete_user
GET     /users/{user_id}  any(sub = path(user_id), role = \"admin\")  show_user
*       *                 UNDECLARED: legacy pages                  -
1 undeclared: nobody says who may call these
";
    assert_eq!(table.to_string(), expected);
}

async fn mark(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .insert("x-marked", HeaderValue::from_static("yes"));
    response
}

#[tokio::test]
async fn a_layer_is_around_what_was_there_and_opens_nothing() {
    let auth = auth();
    let app = other::table()
        .layer(from_fn(mark))
        .merge(table())
        .into_router(auth.clone())
        .unwrap();
    for (path, status, marked) in [("/reports", 401, true), ("/users/x", 401, false)] {
        let answer = get(&app, path, "").await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.headers.contains_key("x-marked"), marked, "{path}");
    }
}

#[tokio::test]
async fn an_undeclared_router_never_shadows_a_declared_route() {
    let auth = auth();
    let legacy = axum::Router::new()
        .route("/users/{id}", get_(|| async { "open" }))
        .route("/health", axum::routing::post(|| async { "open" }))
        .route("/old", get_(|| async { "old" }));
    let more = axum::Router::new()
        .route("/old", get_(|| async { "hidden" }))
        .route("/older", get_(|| async { "older" }));
    let app = table()
        .undeclared("legacy", legacy)
        .undeclared("more of it", more)
        .into_router(auth)
        .unwrap();
    assert_eq!(get(&app, "/users/alice", "").await.status, 401);
    assert_eq!(call(&app, "POST", "/health", "").await.status, 405);
    assert_eq!(get(&app, "/old", "").await.body, "old");
    assert_eq!(get(&app, "/older", "").await.body, "older");
    assert_eq!(get(&app, "/none", "").await.status, 404);
}

#[test]
fn conflicts_are_errors_and_no_panics() {
    #[public("a")]
    async fn open() {}
    let tables: [(Routes<Auth>, &str); 5] = [
        (
            table(),
            "`GET /users/{user_id}` of `show_user` is taken by `show_user` already",
        ),
        (
            routes! { state Auth; GET "/users/{id}" => open },
            "`GET /users/{id}` of `open` matches the same requests as `/users/{user_id}`",
        ),
        (
            routes! { state Auth; POST "/users/{*rest}" => open },
            "`POST /users/{*rest}` of `open` matches the same requests as `/users/{user_id}`",
        ),
        (
            routes! { state Auth; HEAD "/health" => open },
            "`HEAD /health` of `open` is answered by the `GET` of its path already",
        ),
        (
            routes! { state Auth; DELETE | GET "/health" => open },
            "`GET /health` of `open` is taken by `health` already",
        ),
    ];
    for (other, expected) in tables {
        let conflict = table().merge(other).into_router(auth()).unwrap_err();
        assert_eq!(conflict.to_string(), expected);
        assert_eq!(format!("{conflict:?}"), expected);
    }
}

#[test]
fn an_empty_table_is_a_start() {
    let routes: Routes<Auth> = routes! { state Auth; };
    assert!(routes.into_router(auth()).is_ok());
}
