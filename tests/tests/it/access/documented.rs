//! `#[utoipa::path]` above and below the guard: the handler is guarded, and documented without a
//! word of the guard; utoipa-axum's `routes!` beside ours.

use api_utils::{Auth, Routes, Token, public, require_token, routes};
use axum::extract::{Json, Path, Query};
use utoipa::{OpenApi, ToSchema};

use super::support::{auth, get, with_roles};

#[derive(serde::Serialize, ToSchema)]
struct User {
    name: String,
}

#[derive(serde::Deserialize, utoipa::IntoParams)]
struct Page {
    #[serde(default)]
    page: u32,
}

/// Shows a user.
#[utoipa::path(get, path = "/above/{user_id}", responses((status = 200, body = User)))]
#[require_token(any(sub = path(user_id), role = "admin"))]
async fn above(token: Token, Path(user_id): Path<String>, Query(page): Query<Page>) -> Json<User> {
    let name = format!("{user_id} {} {}", token.subject(), page.page);
    Json(User { name })
}

/// Shows a user.
#[require_token(any(sub = path(user_id), role = "admin"))]
#[utoipa::path(get, path = "/below/{user_id}", responses((status = 200, body = User)))]
async fn below(Path(user_id): Path<String>, Query(page): Query<Page>) -> Json<User> {
    let name = format!("{user_id} {}", page.page);
    Json(User { name })
}

#[public("liveness probe")]
#[utoipa::path(get, path = "/health")]
async fn health() {}

#[derive(OpenApi)]
#[openapi(paths(above, below, health))]
struct Document;

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET "/above/{user_id}" => above,
        GET "/below/{user_id}" => below,
        GET "/health" => health,
    }
}

#[tokio::test]
async fn a_documented_handler_is_guarded() {
    let auth = auth();
    let app = table().into_router(auth.clone()).unwrap();
    let alice = with_roles(&auth, &[]);
    for (path, token, status) in [
        ("/above/alice", "", 401),
        ("/above/bob", &alice, 403),
        ("/above/alice?page=2", &alice, 200),
        ("/below/alice", "", 401),
        ("/below/bob", &alice, 403),
        ("/below/alice?page=2", &alice, 200),
        ("/health", "", 200),
    ] {
        assert_eq!(get(&app, path, token).await.status, status, "{path}");
    }
}

#[test]
fn the_document_says_nothing_of_the_guard() {
    let document = serde_json::to_value(Document::openapi()).unwrap();
    let text = document.to_string();
    assert!(!text.contains("Guard") && !text.contains("__"), "{text}");
    for path in ["/above/{user_id}", "/below/{user_id}"] {
        let operation = &document["paths"][path]["get"];
        assert_eq!(operation["summary"], "Shows a user.", "{text}");
        let parameters = operation["parameters"].as_array().unwrap();
        let names: Vec<_> = parameters.iter().map(|one| &one["name"]).collect();
        assert!(names.contains(&&"user_id".into()), "{text}");
    }
}

/// utoipa-axum's macro has the name in scope, ours is called by its path.
mod beside_utoipa_axum {
    use api_utils::{Auth, Routes};
    use utoipa_axum::router::OpenApiRouter;
    use utoipa_axum::routes;

    pub(super) fn theirs() -> OpenApiRouter<Auth> {
        OpenApiRouter::new()
            .routes(routes!(super::above))
            .routes(routes!(super::below))
            .routes(routes!(super::health))
    }

    pub(super) fn ours() -> Routes<Auth> {
        api_utils::routes! {
            state Auth;
            GET "/above/{user_id}" => super::above,
            GET "/below/{user_id}" => super::below,
            GET "/health" => super::health,
        }
    }

    /// Both by a glob: nobody is mistaken for the other.
    pub(super) mod by_globs {
        #[allow(unused_imports, reason = "the name is ambiguous, and not used")]
        use {api_utils::*, utoipa_axum::*};

        pub(in super::super) fn ours() -> Routes<Auth> {
            api_utils::routes! { state Auth; GET "/health" => super::super::health }
        }
    }
}

/// What utoipa-axum mounts is guarded; its document and our table tell of the same routes.
#[tokio::test]
async fn the_macro_of_utoipa_axum_mounts_guarded_handlers() {
    let auth = auth();
    let alice = with_roles(&auth, &[]);
    let (theirs, document) = beside_utoipa_axum::theirs().split_for_parts();
    let theirs = theirs.with_state(auth.clone());
    let ours = beside_utoipa_axum::ours()
        .into_router(auth.clone())
        .unwrap();
    for (path, token, status) in [
        ("/above/alice", "", 401),
        ("/above/bob", &alice, 403),
        ("/above/alice", &alice, 200),
        ("/below/alice", "", 401),
        ("/below/bob", &alice, 403),
        ("/below/alice", &alice, 200),
        ("/health", "", 200),
    ] {
        assert_eq!(get(&theirs, path, token).await.status, status, "{path}");
        assert_eq!(get(&ours, path, token).await.status, status, "{path}");
    }
    let table = beside_utoipa_axum::ours().access_table().to_string();
    for path in document.paths.paths.keys() {
        assert!(table.contains(path.as_str()), "{path}");
    }
    let by_globs = beside_utoipa_axum::by_globs::ours();
    assert_eq!(by_globs.access_table().undeclared(), 0);
}
