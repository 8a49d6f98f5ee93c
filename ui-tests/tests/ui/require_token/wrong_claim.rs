//! Claims and path parameters that are none.

use api_utils::require_token;

#[require_token(claim() = 7)]
async fn no_name() {}

#[require_token(claim("") = 7)]
async fn empty_name() {}

#[require_token(claim(a.) = 7)]
async fn half_a_name() {}

#[require_token(claim(a, b) = 7)]
async fn two_names() {}

#[require_token(claim(realm-access) = 7)]
async fn no_word() {}

#[require_token(claim(level) = 99999999999999999999)]
async fn too_large() {}

#[require_token(claim(level) = -"a")]
async fn negative_text() {}

#[require_token(claim(level) = [1, 2])]
async fn a_list() {}

#[require_token(claim(level) > 7)]
async fn greater() {}

#[require_token(sub = path())]
async fn no_parameter() {}

#[require_token(sub = path(a, b))]
async fn two_parameters() {}

#[require_token(sub = path("{user_id}"))]
async fn with_braces() {}

#[require_token(sub = param(user_id))]
async fn another_word() {}

#[require_token(claim(scope) = "read")]
async fn scope_as_claim() {}

#[require_token(role = path(user_id))]
async fn role_of_a_path() {}

#[require_token(not())]
async fn not_nothing() {}

#[require_token(all())]
async fn all_of_nothing() {}

fn main() {}
