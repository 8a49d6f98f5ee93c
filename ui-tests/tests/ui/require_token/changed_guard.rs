//! An attribute below that makes a guard of the first argument which cannot refuse.

use api_utils::require_token;
use api_utils_dropper::make_first_argument_optional;

#[require_token(role = "admin")]
#[make_first_argument_optional]
async fn open() {}

fn main() {}
