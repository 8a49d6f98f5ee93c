//! What takes the first argument away from a handler takes its rule with it: such a handler, whose
//! guard would not run, is in no table.

use api_utils::{Auth, public, require_token, routes};
use api_utils_dropper::drop_first_argument;

#[require_token(role = "admin")]
#[drop_first_argument]
async fn dropped(text: String) {
    drop(text);
}

#[public("front page")]
#[drop_first_argument]
async fn front() {}

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
        GET "/front" => front,
        GET "/wrapper" => wrapper,
    };
}

fn main() {}
