//! Nobody installs a provider: ours works, and theirs finds none, as in `theirs_alone`.

use api_utils_back_ends::{assert_ours_works, assert_theirs_finds_no_provider};

#[test]
fn ours_works_and_theirs_is_as_without_us() {
    assert_ours_works();
    assert_theirs_finds_no_provider();
    assert_ours_works();
}
