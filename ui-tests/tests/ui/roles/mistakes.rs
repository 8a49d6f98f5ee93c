//! An enum of roles: what it cannot be.

use api_utils::Roles;

#[derive(Roles)]
struct Struct;

#[derive(Roles)]
enum Empty {}

#[derive(Roles)]
enum Generic<T> {
    Admin(T),
}

#[derive(Roles)]
#[role("admin")]
enum Variants {
    Fields(u32),
    Number = 7,
    #[role]
    NoText,
    #[role(admin)]
    NotAText,
    #[role("")]
    Blank,
    #[role(" admin")]
    White,
    #[role("x")]
    #[role("y")]
    Twice,
    #[roles(crate = ::api_utils)]
    Misplaced,
}

#[derive(Roles)]
enum Same {
    Admin,
    #[role("admin")]
    Root,
}

#[derive(Roles)]
#[roles(crat = ::api_utils)]
enum Key {
    Admin,
}

fn main() {}
