//! A role is a text or a variant.

use api_utils::{Roles, require_token};

#[derive(Roles)]
enum Role {
    Admin,
}

#[require_token(role = admin)]
async fn a_bare_word() {}

#[require_token(role = 7)]
async fn a_number() {}

#[require_token(roles = [Role::Admin, Role::Admin])]
async fn twice() {}

fn main() {}
