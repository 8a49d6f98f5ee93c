//! SECURITY.md names, for each promise, the test that fails when it is broken: it must exist.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The texts between backticks in the table rows of SECURITY.md.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with('|'))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

fn is_test(name: &str) -> bool {
    let mut path: Vec<&str> = name.split("::").collect();
    let function = path.pop().unwrap_or_default();
    let room = root().join("tests/tests/it").join(path.join("/"));
    let files = [room.with_extension("rs"), room.join("mod.rs")];
    files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .any(|source| source.contains(&format!("fn {function}(")))
}

#[test]
fn every_promise_has_a_test_that_exists() {
    let text = std::fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let mut tests = 0;
    for name in named(&text) {
        if let Some(case) = name.strip_prefix("ui: ") {
            let case = root().join("ui-tests/tests/ui").join(case);
            assert!(case.with_extension("stderr").is_file(), "{name}");
            tests += 1;
        } else if ["access::", "config::", "example::", "token::"]
            .iter()
            .any(|room| name.starts_with(room))
        {
            assert!(is_test(name), "{name}");
            tests += 1;
        }
    }
    assert!(tests > 30, "the tables were read: {tests}");
}
