use api_utils::require_token;

#[require_token("admin")]
async fn bare_text() {}

#[require_token(admin)]
async fn bare_word() {}

#[require_token(role)]
async fn no_value() {}

#[require_token(role = ["admin", "editor"])]
async fn list() {}

#[require_token(roles = "admin")]
async fn no_list() {}

#[require_token(role = admin)]
async fn no_text() {}

#[require_token(role("admin"))]
async fn parentheses() {}

#[require_token(any = role)]
async fn no_parentheses() {}

#[require_token(role = "a" role = "b")]
async fn no_comma() {}

#[require_token(not(role = "a", role = "b"))]
async fn two_in_not() {}

#[require_token(sub = user_id)]
async fn no_path() {}

#[require_token(sub = "alice")]
async fn fixed_subject() {}

#[require_token(claim(tenant))]
async fn claim_without_value() {}

#[require_token(claim(tenant) = 1.5)]
async fn fraction() {}

#[require_token(claim(roles) = "admin")]
async fn roles_as_claim() {}

fn main() {}
