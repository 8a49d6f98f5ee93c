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

#[require_token(crate = renamed)]
async fn crate_of_this_module() {}

#[require_token(crate = self::renamed)]
async fn crate_from_here() {}

#[require_token(crate = ::api_utils, crate = ::api_utils)]
async fn crate_twice() {}

fn main() {}
