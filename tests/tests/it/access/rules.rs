//! Each operator of the language as a compiled handler, over HTTP.

use api_utils::token::TokenRequest;
use api_utils::{Auth, Routes, Rule, require_token, routes};

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
    for (path, more, status) in [
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
