use api_utils::{Rule, require_token};

const STAFF: Rule = Rule::Role("staff");

#[require_token(roles = ["", " ", "admin ", "editor", "editor"])]
async fn all_in_one_run() {}

#[require_token(any(role = "admin", role = "admin"), any(STAFF, STAFF))]
async fn twice() {}

#[require_token(scope = "posts:read posts:write")]
async fn two_scopes() {}

#[require_token(scope = "a\"b")]
async fn no_scope() {}

#[require_token(roles = [])]
async fn nobody() {}

#[require_token(any())]
async fn empty_any() {}

fn main() {}
