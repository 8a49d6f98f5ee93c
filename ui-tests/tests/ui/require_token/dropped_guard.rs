//! An attribute below that takes the first argument away takes the guard: the body asks for it.

use api_utils::{Auth, public, require_token, routes};
use api_utils_dropper::drop_first_argument;

#[require_token(role = "admin")]
#[drop_first_argument]
async fn dropped(text: String) {
    drop(text);
}

#[require_token]
#[drop_first_argument]
async fn without_arguments() {}

#[public("front page")]
#[drop_first_argument]
async fn front() {}

/// In no table: a plain router would have taken it.
fn plain() -> axum::Router<Auth> {
    axum::Router::new().route("/", axum::routing::get(without_arguments))
}

fn table() {
    let _ = routes! { state Auth; GET "/" => front };
}

fn main() {}
