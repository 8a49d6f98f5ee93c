//! The user installs a provider once ours has run: nobody was there before.

use api_utils_back_ends::{assert_ours_works, assert_theirs_works, install};

#[test]
fn ours_leaves_the_place_of_the_provider_free() {
    assert_ours_works();
    assert!(install(), "somebody installed one before the user did");
    assert_theirs_works();
    assert_ours_works();
}
