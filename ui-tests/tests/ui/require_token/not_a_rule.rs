use api_utils::require_token;

const STAFF: &str = "staff";

#[require_token(STAFF)]
async fn a_text() {}

#[require_token(role = "admin", rules::NOBODY)]
async fn no_such_constant() {}

fn main() {}
