//! `#[axum::debug_handler]` above sees a handler that does not have its guard yet.

use api_utils::{Auth, require_token};

#[axum::debug_handler(state = Auth)]
#[require_token(role = "admin")]
async fn above() {}

#[axum::debug_handler(state = Auth)]
#[require_token(role = "admin")]
async fn above_with_arguments(name: axum::extract::Path<String>, body: String) {
    drop((name, body));
}

fn main() {}
