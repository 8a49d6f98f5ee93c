use api_utils::{Auth, Rule, require_token, routes, rule};

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user() {}

fn main() {
    let _ = routes! {
        state Auth;
        GET "/users/{user_id}" => show_user,
        GET "/members/{id}" => show_user,
    };
}

/// Read by a rule that is written elsewhere.
const OWNER: Rule = rule! { not(all(role = "guest", sub = path(owner_id))) };

#[require_token(OWNER)]
async fn named() {}

fn in_a_named_rule() {
    let _ = routes! { state Auth; GET "/files/{id}" => named };
}

#[require_token(claim(tenant) = path("tenant-id"))]
async fn tenant() {}

fn of_a_claim() {
    let _ = routes! {
        state Auth;
        prefix "/orgs/{org}";
        GET "/{tenant_id}" => tenant,
    };
}

#[require_token(sub = path(rest))]
async fn rest() {}

fn in_no_path_at_all() {
    let _ = routes! { state Auth; GET "/" => rest };
}
