//! Each operator of the language as a compiled handler, over HTTP.

use api_utils::token::TokenRequest;
use api_utils::{Auth, Routes, Rule, require_token, routes};
use axum::routing::get as get_;

use super::support::{auth, get, token};

const STAFF: Rule = Rule::Any(&[Rule::Role("editor"), Rule::Role("admin")]);

#[require_token(role = "editor")]
async fn role() {}

#[require_token(roles = ["editor", "admin"])]
async fn roles() {}

#[require_token(scope = "posts:write")]
async fn scope() {}

#[require_token(role = "editor", scope = "posts:write")]
async fn both() {}

#[require_token(all(role = "editor", not(role = "suspended")))]
async fn not_suspended() {}

#[require_token(sub = path(id))]
async fn owner() {}

#[require_token(claim(tenant) = path(id))]
async fn tenant() {}

#[require_token(claim("https://example.com/tier") = "gold")]
async fn text() {}

#[require_token(claim("org"."unit.id") = 7)]
async fn integer() {}

#[require_token(claim(verified) = true)]
async fn boolean() {}

#[require_token(claim(balance) = -7)]
async fn negative() {}

#[require_token(not(claim(suspended) = true))]
async fn absent() {}

#[require_token(STAFF)]
async fn named() {}

#[require_token(all(self::STAFF, scope = "posts:write"))]
async fn named_inside() {}

#[require_token(any(claim(level) = 7, role = "admin"))]
async fn any_beside_fault() {}

#[require_token(all(role = "admin", claim(level) = 7))]
async fn all_beside_fault() {}

#[require_token(not(all(role = "admin", claim(level) = 7)))]
async fn not_all() {}

#[require_token(not(any(role = "suspended", claim(level) = 7)))]
async fn not_any() {}

#[require_token(any(all(role = "editor", scope = "posts:write"), not(any(role = "editor", sub = path(id)))))]
async fn nested() {}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET "/role" => role,
        GET "/roles" => roles,
        GET "/scope" => scope,
        GET "/both" => both,
        GET "/not_suspended" => not_suspended,
        GET "/owner/{id}" => owner,
        GET "/tenant/{id}" => tenant,
        GET "/text" => text,
        GET "/integer" => integer,
        GET "/boolean" => boolean,
        GET "/negative" => negative,
        GET "/absent" => absent,
        GET "/named" => named,
        GET "/named_inside" => named_inside,
        GET "/any_beside_fault" => any_beside_fault,
        GET "/all_beside_fault" => all_beside_fault,
        GET "/not_all" => not_all,
        GET "/not_any" => not_any,
        GET "/nested/{id}" => nested,
    }
}

type More = for<'a> fn(TokenRequest<'a>) -> TokenRequest<'a>;

#[tokio::test]
async fn every_operator() {
    let auth = auth();
    let app = table().into_router(auth.clone()).unwrap();
    let editor: More = |request| request.role("editor");
    let admin: More = |request| request.role("admin");
    let writer: More = |request| request.scope("posts:write");
    let both: More = |request| request.role("editor").scope("posts:write");
    let suspended: More = |request| request.role("editor").role("suspended");
    let plain: More = |request| request;
    let blue: More = |request| request.claim("tenant", "blue");
    let blues: More = |request| request.claim("tenant", ["blue"]);
    let gold: More = |request| request.claim("https://example.com/tier", "gold");
    let unit: More = |request| request.claim("org", serde_json::json!({"unit.id": 7}));
    let unit_text: More = |request| request.claim("org", serde_json::json!({"unit.id": "7"}));
    let verified: More = |request| request.claim("verified", true);
    let unverified: More = |request| request.claim("verified", "true");
    let poor: More = |request| request.claim("balance", -7);
    let banned: More = |request| request.claim("suspended", true);
    let odd: More = |request| request.claim("suspended", "no");
    let leveled: More = |request| request.claim("level", 7);
    let level_text: More = |request| request.claim("level", "7");
    let admin_text: More = |request| request.role("admin").claim("level", "7");
    let admin_leveled: More = |request| request.role("admin").claim("level", 7);
    for (path, more, status) in [
        ("/any_beside_fault", leveled, 200),
        ("/any_beside_fault", plain, 403),
        ("/any_beside_fault", level_text, 403),
        // Only a real allow wins over a fault.
        ("/any_beside_fault", admin_text, 200),
        ("/all_beside_fault", admin_leveled, 200),
        ("/all_beside_fault", admin_text, 403),
        ("/all_beside_fault", leveled, 403),
        ("/not_all", leveled, 200),
        ("/not_all", admin_leveled, 403),
        // A fault behind a deny is still one, and `not` does not hide it.
        ("/not_all", level_text, 403),
        ("/not_all", admin_text, 403),
        ("/not_any", plain, 200),
        ("/not_any", leveled, 403),
        ("/not_any", level_text, 403),
        ("/nested/bob", plain, 200),
        ("/nested/alice", plain, 403),
        ("/nested/bob", editor, 403),
        ("/nested/alice", both, 200),
        ("/role", editor, 200),
        ("/role", admin, 403),
        ("/roles", admin, 200),
        ("/roles", plain, 403),
        ("/scope", writer, 200),
        ("/scope", editor, 403),
        ("/both", editor, 403),
        ("/both", writer, 403),
        ("/both", both, 200),
        ("/not_suspended", editor, 200),
        ("/not_suspended", suspended, 403),
        ("/owner/alice", plain, 200),
        ("/owner/bob", plain, 403),
        ("/tenant/blue", blue, 200),
        ("/tenant/red", blue, 403),
        ("/tenant/blue", blues, 403),
        ("/tenant/blue", plain, 403),
        ("/text", gold, 200),
        ("/text", plain, 403),
        ("/integer", unit, 200),
        ("/integer", unit_text, 403),
        ("/boolean", verified, 200),
        ("/boolean", unverified, 403),
        ("/negative", poor, 200),
        ("/absent", plain, 200),
        ("/absent", banned, 403),
        // A claim of another type is a fault, and `not` does not turn it into an allow.
        ("/absent", odd, 403),
        ("/named", admin, 200),
        ("/named", plain, 403),
        ("/named_inside", both, 200),
        ("/named_inside", editor, 403),
    ] {
        let answer = get(&app, path, &token(&auth, more)).await;
        assert_eq!(answer.status, status, "{path}");
    }
}

/// A parameter that a plain route does not have, under each operator: 500 unless somebody else allows.
#[tokio::test]
async fn every_operator_over_a_fault_of_the_service() {
    #[require_token(sub = path(missing))]
    async fn alone() {}
    #[require_token(not(sub = path(missing)))]
    async fn under_not() {}
    #[require_token(any(sub = path(missing), role = "admin"))]
    async fn under_any() {}
    #[require_token(all(sub = path(missing), role = "admin"))]
    async fn under_all() {}
    #[require_token(not(all(role = "admin", sub = path(missing))))]
    async fn under_both() {}
    #[require_token(all(claim(level) = 7, claim(level) = path(missing)))]
    async fn beside_another() {}

    let auth = auth();
    let app = axum::Router::new()
        .route("/alone", get_(alone))
        .route("/not", get_(under_not))
        .route("/any", get_(under_any))
        .route("/all", get_(under_all))
        .route("/both", get_(under_both))
        .route("/another", get_(beside_another))
        .with_state(auth.clone());
    let plain = token(&auth, |request| request);
    let admin = token(&auth, |request| request.role("admin").claim("level", "7"));
    for (path, of_plain, of_admin) in [
        ("/alone", 500, 500),
        ("/not", 500, 500),
        ("/any", 500, 200),
        ("/all", 500, 500),
        ("/both", 500, 500),
        ("/another", 500, 500),
    ] {
        assert_eq!(get(&app, path, &plain).await.status, of_plain, "{path}");
        assert_eq!(get(&app, path, &admin).await.status, of_admin, "{path}");
        assert_eq!(get(&app, path, "").await.status, 401, "{path}");
    }
}
