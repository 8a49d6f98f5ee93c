//! The compiler knows the roles of an enum, and refuses what is none.

use api_utils::{Roles, require_token};

#[derive(Roles)]
enum Role {
    Admin,
}

enum Color {
    Red,
}

#[require_token(role = Role::Admni)]
async fn misspelt() {}

#[require_token(roles = [Role::Admin, Role::Editor])]
async fn one_of_two_is_missing() {}

#[require_token(role = Color::Red)]
async fn no_roles() {}

fn main() {}
