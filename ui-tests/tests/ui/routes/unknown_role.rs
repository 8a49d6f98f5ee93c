//! With `roles Role;` every role of the table is one of `Role`'s.

use api_utils::{Auth, Roles, Rule, require_token, routes, rule};

#[derive(Roles)]
enum Role {
    Admin,
    #[role("billing:read")]
    Billing,
}

#[derive(Roles)]
enum Other {
    Guest,
}

const STAFF: Rule = rule! { any(role = Role::Admin, role = "editor") };

#[require_token(role = "admin")]
async fn good() {}

#[require_token(role = "amdin")]
async fn misspelt() {}

fn misspelt_text() {
    let _ = routes! {
        state Auth;
        roles Role;
        GET "/good" => good,
        GET "/misspelt" => misspelt,
    };
}

#[require_token(not(STAFF))]
async fn named() {}

fn in_a_named_rule() {
    let _ = routes! { state Auth; roles Role; GET "/" => named };
}

#[require_token(role = Other::Guest)]
async fn another_enum() {}

fn of_another_enum() {
    let _ = routes! { state Auth; roles Role; GET "/" => another_enum };
}

fn no_roles() {
    let _ = routes! { state Auth; roles u32; GET "/" => good };
}

fn main() {}
