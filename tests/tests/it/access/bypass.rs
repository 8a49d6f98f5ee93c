//! Attempts to reach a guarded handler around its guard.

use api_utils::{Auth, Routes, public, require_token, routes};
use axum::Router;
use axum::extract::Path;
use axum::handler::Handler;
use axum::middleware::from_fn;
use axum::routing::{any, get as get_, put};

use super::support::{auth, call, get, with_roles};

const SECRET: &str = "secret page";

#[require_token(role = "admin")]
async fn secret() -> &'static str {
    SECRET
}

#[require_token(role = "admin")]
async fn rest(Path(_): Path<String>) -> &'static str {
    SECRET
}

#[public("front page")]
async fn front() -> &'static str {
    "front"
}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET | POST "/secret" => secret,
        GET "/files/{*rest}" => rest,
        GET "/" => front,
    }
}

const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "FOO",
];

/// What is tried, and the spellings of a path that try it.
const PATHS: &[(&str, &[&str])] = &[
    ("the path itself", &["/secret", "http://localhost/secret"]),
    ("two slashes", &["//secret", "/secret//", "/files//secret"]),
    ("a trailing slash", &["/secret/"]),
    ("a dot segment", &["/./secret", "/secret/."]),
    (
        "a parent segment",
        &["/x/../secret", "/secret/..", "/files/../secret"],
    ),
    (
        "an encoded parent segment",
        &["/files/%2e%2e/secret", "/files/..%2fsecret"],
    ),
    (
        "an encoded slash",
        &["/secret%2F", "/%2Fsecret", "/files%2Fsecret"],
    ),
    ("an encoded letter", &["/%73ecret"]),
    (
        "an encoded end",
        &["/secret%00", "/secret%20", "/secret%0A"],
    ),
    ("another case", &["/SECRET", "/Secret"]),
    ("matrix parameters", &["/secret;a=b"]),
    ("a query", &["/secret?a=b", "/?path=/secret"]),
    ("an extension", &["/secret.html"]),
    ("the rest of a path", &["/files/secret"]),
];

/// No method and no spelling of a path gets to the page of `app` with one of these tokens. `/` is open.
async fn assert_closed(name: &str, app: &Router, tokens: &[&str]) {
    for token in tokens {
        for method in METHODS {
            for (spelling, paths) in PATHS {
                for path in *paths {
                    let answer = call(app, method, path, token).await;
                    let tried = format!("{name}, {spelling}: {method} {path}: {answer:?}");
                    assert!(!answer.body.contains(SECRET), "{tried}");
                    let status = answer.status.as_u16();
                    let refused = [401, 403, 404, 405].contains(&status);
                    assert!(refused || path.starts_with("/?"), "{tried}");
                }
            }
        }
    }
}

#[tokio::test]
async fn no_spelling_of_a_path_and_no_method_goes_around_a_guard() {
    let auth = auth();
    let editor = with_roles(&auth, &["editor"]);
    let app = table().into_router(auth.clone()).unwrap();
    assert_closed("a table", &app, &["", "a.b.c", &editor]).await;
    // It is there for whom it is for.
    let admin = with_roles(&auth, &["admin"]);
    assert_eq!(get(&app, "/secret", &admin).await.body, SECRET);
}

/// Layers, merges, nests and fallbacks in any order: the guard is in the handler.
#[tokio::test]
async fn no_composition_goes_around_a_guard() {
    let auth = auth();
    let editor = with_roles(&auth, &["editor"]);
    let pass = || from_fn(|request, next: axum::middleware::Next| next.run(request));
    let legacy = || Router::new().route("/old", get_(|| async { "old" }));
    let empty = || -> Routes<Auth> {
        routes! { state Auth; }
    };
    let tables = [
        ("a layer after the routes", table().layer(pass())),
        (
            "routes added after a layer",
            empty().layer(pass()).merge(table()),
        ),
        (
            "merged with a layered one",
            table().merge(empty().layer(pass())),
        ),
        (
            "an undeclared router beside",
            table().undeclared("old", legacy()),
        ),
        (
            "merged into one with undeclared",
            empty().undeclared("old", legacy()).merge(table()),
        ),
        (
            "a guarded fallback",
            empty().fallback(secret).merge(table()),
        ),
    ];
    for (name, routes) in tables {
        let app = routes.into_router(auth.clone()).unwrap();
        assert_closed(name, &app, &["", &editor]).await;
    }
    let inner = || table().into_router(auth.clone()).unwrap();
    let handlers = || {
        Router::new()
            .route("/secret", get_(secret))
            .route("/files/{*rest}", get_(rest))
            .with_state(auth.clone())
    };
    let not_found = || async { axum::http::StatusCode::NOT_FOUND };
    for (name, app) in [
        (
            "a table, layered as a router",
            Router::new().merge(inner()).layer(pass()),
        ),
        (
            "a table merged after a layer",
            Router::new().layer(pass()).merge(inner()),
        ),
        (
            "a table as a fallback",
            Router::new().fallback_service(inner()),
        ),
        (
            "a table nested",
            Router::new().nest("/files", inner()).fallback(not_found),
        ),
        (
            "a table as a service",
            Router::new().nest_service("/files", inner()),
        ),
        ("handlers in a plain router", handlers()),
        (
            "a handler as a plain fallback",
            Router::new().fallback(secret).with_state(auth.clone()),
        ),
        (
            "a handler as a method fallback",
            Router::new()
                .route("/secret", put(not_found))
                .method_not_allowed_fallback(secret)
                .with_state(auth.clone()),
        ),
        (
            "a handler for any method",
            Router::new()
                .route("/secret", any(secret))
                .with_state(auth.clone()),
        ),
        (
            "a handler as a service",
            Router::new().route_service("/secret", secret.with_state(auth.clone())),
        ),
    ] {
        assert_closed(name, &app, &["", &editor]).await;
    }
}

/// A parameter that is twice in a path of a plain, nested router: which is meant nobody knows.
#[tokio::test]
async fn a_parameter_twice_in_a_plain_router_is_a_fault() {
    #[require_token(sub = path(id))]
    async fn owned() -> &'static str {
        SECRET
    }
    let auth = auth();
    let inner = Router::new().route("/posts/{id}", get_(owned));
    let app = Router::new()
        .nest("/users/{id}", inner)
        .with_state(auth.clone());
    let alice = with_roles(&auth, &[]);
    for path in [
        "/users/alice/posts/bob",
        "/users/bob/posts/alice",
        "/users/alice/posts/alice",
    ] {
        let answer = get(&app, path, &alice).await;
        assert_eq!(answer.status, 500, "{path}");
        assert!(!answer.body.contains(SECRET), "{path}");
    }
}
