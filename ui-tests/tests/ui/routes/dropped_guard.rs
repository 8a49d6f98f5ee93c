//! What takes the first argument away from a handler takes its rule with it.

use api_utils::{Auth, require_token, routes};

/// As an attribute might do: the same function, without its first argument.
macro_rules! without_guard {
    ($(#[$attribute:meta])* async fn $name:ident($first:ty $(, $argument:ident: $type:ty)*) $body:block) => {
        async fn $name($($argument: $type),*) $body
    };
}

enum Marker {}

without_guard! {
    async fn dropped(api_utils::__private::Guard<Marker>, text: String) { drop(text); }
}

#[require_token(role = "admin")]
async fn guarded() {}

/// A wrapper that forgets the guard of what it calls.
async fn wrapper() {
    let _ = guarded;
}

fn table() {
    let _ = routes! {
        state Auth;
        POST "/dropped" => dropped,
        GET "/wrapper" => wrapper,
    };
}

fn main() {}
