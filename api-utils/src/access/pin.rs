//! `assert_access_table!`: the table of a test run against the table in the repository.

use std::path::Path;

use super::table::AccessTable;

/// The variable that makes the macro write the file instead.
const SWITCH: &str = "UPDATE_ACCESS_TABLE";

/// Pins who may call what: fails a test when an [`AccessTable`](crate::access::AccessTable) is
/// not the one in a file of your repository, with the lines that changed.
///
/// The file is Markdown; its path starts at the folder of the crate's `Cargo.toml`. Run the test
/// with `UPDATE_ACCESS_TABLE=1` to write it, and let a reviewer read its diff.
///
/// ```no_run
/// use api_utils::{Auth, assert_access_table, public, routes};
///
/// #[public("liveness probe")]
/// async fn health() {}
///
/// let routes = routes! { state Auth; GET "/health" => health };
/// assert_access_table!(routes.access_table(), "access.md");
/// ```
///
/// # Panics
/// When the file is not there, or says something else.
#[macro_export]
macro_rules! assert_access_table {
    ($table:expr, $path:expr $(,)?) => {
        $crate::__private::assert_access_table(&$table, ::core::env!("CARGO_MANIFEST_DIR"), $path)
    };
}

/// What [`assert_access_table!`] calls.
///
/// # Panics
/// As the macro says.
#[expect(clippy::panic, reason = "an assertion of a user's test")]
#[track_caller]
pub fn assert_access_table(table: &AccessTable, folder: &str, path: &str) {
    let update = std::env::var_os(SWITCH).is_some_and(|value| value == "1");
    if let Err(message) = compare(table, &Path::new(folder).join(path), update) {
        panic!("{message}");
    }
}

fn compare(table: &AccessTable, file: &Path, update: bool) -> Result<(), String> {
    let found = table.to_markdown();
    let name = file.display();
    if update {
        return std::fs::write(file, found)
            .map_err(|error| format!("cannot write the access table to {name}: {error}"));
    }
    let pinned = std::fs::read_to_string(file).map_err(|error| {
        format!("cannot read the access table {name}: {error}; write it with {SWITCH}=1")
    })?;
    // A checkout may have turned the line ends.
    let pinned = pinned.replace("\r\n", "\n");
    if pinned == found {
        return Ok(());
    }
    Err(format!(
        "who may call what has changed; {name} says otherwise:\n{}if this is meant, write it with \
         {SWITCH}=1",
        difference(&pinned, &found)
    ))
}

/// The lines that only one of the two has. A table is sorted and has no line twice.
fn difference(pinned: &str, found: &str) -> String {
    let only = |sign: char, one: &str, other: &str| -> String {
        one.lines()
            .filter(|line| other.lines().all(|same| same != *line))
            .map(|line| format!("{sign} {line}\n"))
            .collect()
    };
    let gone = only('-', pinned, found);
    let come = only('+', found, pinned);
    if gone.is_empty() && come.is_empty() {
        return "the same lines in another order, or more often\n".to_owned();
    }
    gone + &come
}

#[cfg(test)]
mod tests {
    use super::{AccessTable, compare, difference};

    #[test]
    fn writes_the_file_when_asked() {
        let file = std::env::temp_dir().join(format!("pin-{}.md", std::process::id()));
        let table = AccessTable::new(Vec::new());
        assert!(compare(&table, &file, false).is_err());
        assert_eq!(compare(&table, &file, true), Ok(()));
        assert_eq!(compare(&table, &file, false), Ok(()));
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn shows_what_changed() {
        assert_eq!(difference("a\nb\nc\n", "a\nc\nd\n"), "- b\n+ d\n");
        assert!(difference("a\nb\n", "b\na\n").contains("another order"));
    }
}
