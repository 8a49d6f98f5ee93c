//! A named rule is a constant of type `Rule`.

use api_utils::require_token;

mod rules {
    pub const NUMBER: u32 = 7;
}

#[require_token(rules::NUMBER)]
async fn another_type() {}

#[require_token(rules::STAFF)]
async fn nowhere() {}

fn main() {}
