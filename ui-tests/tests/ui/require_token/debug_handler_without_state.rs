//! `#[axum::debug_handler]` below has to know the state: it takes the one of `State`, or is told.

use api_utils::require_token;

#[require_token(role = "admin")]
#[axum::debug_handler]
async fn without_state() {}

fn main() {}
