//! A public handler has no token.

use api_utils::{Token, public};

#[public("greets whom it knows")]
async fn greet(token: Token) -> String {
    token.subject().to_owned()
}

#[public("by its path")]
async fn by_path(_: u32, api_utils::Token { .. }: api_utils::Token) {}

struct Claims {}

#[public("with claims of its own")]
async fn typed(_: Token<Claims>) {}

fn main() {}
