//! Attempts to reach a guarded handler around its guard.

use api_utils::__private::{Guard, HasRule};
use api_utils::{Auth, Routes, public, require_token, routes};
use axum::Router;
use axum::extract::Path;
use axum::middleware::from_fn;
use axum::routing::get as get_;

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

const PATHS: &[&str] = &[
    "/secret",
    "//secret",
    "/secret/",
    "/secret//",
    "/./secret",
    "/x/../secret",
    "/secret/..",
    "/%73ecret",
    "/secret%2F",
    "/%2Fsecret",
    "/secret%00",
    "/secret;a=b",
    "/secret?a=b",
    "/SECRET",
    "/Secret",
    "/secret.html",
    "/secret%20",
    "/files/secret",
    "/files//secret",
    "/files/../secret",
    "/files/%2e%2e/secret",
    "/files/..%2fsecret",
    "http://localhost/secret",
];

async fn assert_closed(app: &Router, tokens: &[&str]) {
    for token in tokens {
        for method in METHODS {
            for path in PATHS {
                let answer = call(app, method, path, token).await;
                assert!(!answer.body.contains(SECRET), "{method} {path}");
                let status = answer.status.as_u16();
                assert!(
                    [401, 403, 404, 405].contains(&status),
                    "{method} {path}: {status}"
                );
            }
        }
    }
}

#[tokio::test]
async fn no_spelling_of_a_path_and_no_method_goes_around_a_guard() {
    let auth = auth();
    let editor = with_roles(&auth, &["editor"]);
    let app = table().into_router(auth.clone()).unwrap();
    assert_closed(&app, &["", "a.b.c", &editor]).await;
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
    let apps = [
        table().layer(pass()),
        empty().layer(pass()).merge(table()),
        table().merge(empty().layer(pass())),
        table().undeclared("old", legacy()),
        empty().undeclared("old", legacy()).merge(table()),
        empty().fallback(secret).merge(table()),
    ];
    for routes in apps {
        let app = routes.into_router(auth.clone()).unwrap();
        assert_closed(&app, &["", &editor]).await;
    }
    let inner = || table().into_router(auth.clone()).unwrap();
    let plain = Router::new()
        .route("/secret", get_(secret))
        .route("/files/{*rest}", get_(rest))
        .fallback(secret)
        .with_state(auth.clone());
    for app in [
        Router::new().merge(inner()).layer(pass()),
        Router::new().layer(pass()).merge(inner()),
        Router::new().fallback_service(inner()),
        Router::new()
            .nest("/files", inner())
            .fallback(|| async { axum::http::StatusCode::NOT_FOUND }),
        plain,
    ] {
        assert_closed(&app, &["", &editor]).await;
    }
}

/// Whoever writes the hidden types by hand lists what is enforced: the rule of the guard.
mod by_hand {
    use super::*;

    pub(super) enum Nothing {}

    /// It sets neither constant: nobody passes.
    impl HasRule for Nothing {}

    pub(super) async fn nobody(_: Guard<Nothing>) -> &'static str {
        SECRET
    }

    /// The guard of another handler, under the name of this one.
    pub(super) async fn borrowed(_: Guard<super::__rule_of_secret>) -> &'static str {
        SECRET
    }

    pub(super) type Alias = Guard<super::__rule_of_secret>;

    pub(super) async fn aliased(_: Alias) -> &'static str {
        SECRET
    }
}

#[tokio::test]
async fn a_guard_written_by_hand_enforces_what_the_table_says() {
    let auth = auth();
    let routes = || -> Routes<Auth> {
        routes! {
            state Auth;
            GET "/nobody" => by_hand::nobody,
            GET "/borrowed" => by_hand::borrowed,
            GET "/aliased" => by_hand::aliased,
        }
    };
    let text = routes().access_table().to_string();
    assert!(text.contains("/nobody    any()"), "{text}");
    assert_eq!(text.matches("role = \"admin\"").count(), 2, "{text}");
    let app = routes().into_router(auth.clone()).unwrap();
    let admin = with_roles(&auth, &["admin"]);
    for (path, anonymous, with_role) in [
        ("/nobody", 401, 403),
        ("/borrowed", 401, 200),
        ("/aliased", 401, 200),
    ] {
        assert_eq!(get(&app, path, "").await.status, anonymous, "{path}");
        assert_eq!(get(&app, path, &admin).await.status, with_role, "{path}");
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
