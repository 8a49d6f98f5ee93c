use api_utils::{public, require_token};

#[require_token(role = "admin")]
#[public("anyone may read this")]
async fn both() {}

#[public("anyone may read this")]
#[api_utils::require_token(role = "admin")]
async fn both_the_other_way() {}

#[require_token(role = "admin")]
#[require_token(role = "editor")]
async fn twice() {}

fn main() {}
