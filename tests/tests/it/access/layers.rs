//! `routes!`: prefixes, layers of a line, fallbacks, and names beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api_utils::{Auth, Roles, Routes, public, require_token, routes};
use axum::extract::{Path, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get as get_;
use http::{HeaderValue, StatusCode};

use super::support::{auth, call, get, with_roles};

#[derive(Roles)]
enum Role {
    Admin,
    #[role("billing:read")]
    Billing,
}

#[require_token(any(sub = path(user_id), role = Role::Admin))]
async fn show_user(Path((org, user_id)): Path<(String, String)>) -> String {
    format!("{user_id} of {org}")
}

#[require_token(roles = [Role::Billing, "admin"])]
async fn bills() {}

#[public("list of organisations")]
async fn list() {}

#[public("there is no such page")]
async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}

#[require_token]
async fn members_only() -> (StatusCode, &'static str) {
    (StatusCode::NOT_FOUND, "no such page")
}

#[require_token(sub = path(user_id))]
async fn reads_path() {}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        prefix "/orgs/{org}";
        roles Role;
        GET "" => list,
        GET "/users/{user_id}" => show_user,
        GET "/bills" => bills,
    }
}

#[tokio::test]
async fn a_prefix_is_a_part_of_each_path_and_serves_rules() {
    let auth = auth();
    let app = table().into_router(auth.clone()).unwrap();
    let alice = with_roles(&auth, &[]);
    let billing = with_roles(&auth, &["billing:read"]);
    for (path, token, status) in [
        ("/orgs/a", "", 200),
        ("/orgs/a/", "", 404),
        ("/orgs/a/users/alice", &alice, 200),
        ("/orgs/a/users/bob", &alice, 403),
        ("/users/alice", &alice, 404),
        ("/orgs/a/bills", &alice, 403),
        ("/orgs/a/bills", &billing, 200),
        ("/orgs/a/users/bob", &with_roles(&auth, &["admin"]), 200),
    ] {
        assert_eq!(get(&app, path, token).await.status, status, "{path}");
    }
    let text = table().access_table().to_string();
    assert!(
        text.contains(r#"/orgs/{org}/bills            any(role = "billing:read", role = "admin")"#),
        "{text}"
    );
}

async fn mark(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let value = HeaderValue::from_static("yes");
    response.headers_mut().insert("x-marked", value);
    response
}

#[tokio::test]
async fn a_layer_of_a_line_is_around_that_line_only() {
    let auth = auth();
    let made = Arc::new(AtomicUsize::new(0));
    let counted = || {
        made.fetch_add(1, Ordering::SeqCst);
        from_fn(mark)
    };
    let app = routes! {
        state Auth;
        PUT | PATCH "/layered" => bills.layer(from_fn(mark)).layer(counted()),
        GET "/plain" => bills,
    }
    .into_router(auth)
    .unwrap();
    for (method, path, marked) in [
        ("PUT", "/layered", true),
        ("PATCH", "/layered", true),
        ("GET", "/plain", false),
    ] {
        let answer = call(&app, method, path, "").await;
        // The layer runs, and the guard inside of it refuses.
        assert_eq!(answer.status, 401, "{method} {path}");
        assert_eq!(answer.headers.contains_key("x-marked"), marked, "{path}");
    }
    assert_eq!(made.load(Ordering::SeqCst), 1, "one layer for the line");
}

#[tokio::test]
async fn a_fallback_is_guarded_and_comes_last() {
    let auth = auth();
    let legacy = axum::Router::new()
        .route("/old", get_(|| async { "old" }))
        .fallback(|| async { "open" });
    let app = table()
        .fallback(members_only)
        .undeclared("legacy", legacy)
        .into_router(auth.clone())
        .unwrap();
    let alice = with_roles(&auth, &[]);
    for (method, path, token, status, body) in [
        ("GET", "/none", "", 401, None),
        ("GET", "/none", alice.as_str(), 404, Some("no such page")),
        ("DELETE", "/none", "", 401, None),
        ("GET", "/old", "", 200, Some("old")),
        ("GET", "/orgs/a", "", 200, None),
        ("POST", "/orgs/a", "", 405, Some("")),
    ] {
        let answer = call(&app, method, path, token).await;
        assert_eq!(answer.status, status, "{method} {path}");
        if let Some(body) = body {
            assert_eq!(answer.body, body, "{method} {path}");
        }
    }
}

#[test]
fn fallbacks_that_cannot_be() {
    for (routes, message) in [
        (
            table().fallback(not_found).merge(table_of_fallback()),
            "the fallback `members_only` is taken by `not_found` already",
        ),
        (
            table().fallback(reads_path),
            "the fallback `reads_path` reads the path parameter `user_id` in its rule, and a \
             fallback has none",
        ),
    ] {
        let conflict = routes.into_router(auth()).unwrap_err();
        assert_eq!(conflict.to_string(), message);
    }
}

fn table_of_fallback() -> Routes<Auth> {
    routes! { state Auth; }.fallback(members_only)
}

/// A handler called as what the macro's own parts are called.
#[tokio::test]
async fn names_of_handlers_meet_nothing_of_ours() {
    #[public("a")]
    async fn routes() {}
    #[public("b")]
    async fn fault() {}
    #[public("c")]
    async fn mount() {}
    let table = routes! {
        state Auth;
        GET "/routes" => routes,
        GET "/fault" => fault.layer(from_fn(mark)),
        GET "/mount" => mount,
    };
    let app = table.into_router(auth()).unwrap();
    for path in ["/routes", "/fault", "/mount"] {
        assert_eq!(get(&app, path, "").await.status, 200);
    }
}
