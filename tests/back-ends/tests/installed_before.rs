//! The user installed a provider before ours runs: it stays theirs.

use api_utils_back_ends::{assert_ours_works, assert_theirs_works, install};

#[test]
fn ours_does_not_use_the_provider_of_the_user() {
    assert!(install());
    assert_ours_works();
    assert_theirs_works();
    assert!(!install(), "it is still there");
}
