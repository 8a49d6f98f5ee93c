//! What the user's own `jsonwebtoken` does in this tree where ours is never called.

use api_utils_back_ends::assert_theirs_finds_no_provider;

#[test]
fn theirs_finds_no_provider() {
    assert_theirs_finds_no_provider();
}
