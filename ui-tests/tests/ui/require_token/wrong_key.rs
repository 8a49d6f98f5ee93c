use api_utils::require_token;

#[require_token(rolse = ["admin"])]
async fn misspelt() {}

#[require_token(permission = "admin")]
async fn unknown() {}

#[require_token(some(role = "admin"))]
async fn unknown_operator() {}

#[require_token(scopes = ["a", "b"])]
async fn ambiguous() {}

#[require_token(crates = ::api_utils)]
async fn not_crate() {}

fn main() {}
