//! Two rules of which one has another name: the compiler finds them, and nothing is open.

use api_utils::{public as open, require_token};

#[require_token(role = "admin")]
#[open("anyone may read this")]
async fn renamed() {}

#[open("anyone may read this")]
#[cfg_attr(all(), require_token(role = "admin"))]
async fn conditional() {}

fn main() {}
