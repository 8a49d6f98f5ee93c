//! `assert_access_table!`, as a user's test has it, on a file of this repository and on copies.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use api_utils::{Auth, Routes, assert_access_table, public, require_token, routes};

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user() {}

#[require_token(roles = ["admin", "editor"])]
async fn edit_user() {}

#[public("liveness probe")]
async fn health() {}

fn table() -> Routes<Auth> {
    routes! {
        state Auth;
        GET "/users/{user_id}" => show_user,
        PUT "/users/{user_id}" => edit_user,
        GET "/health" => health,
    }
}

/// The same routes in another order, on other lines.
fn moved() -> Routes<Auth> {
    let health = routes! { state Auth; GET "/health" => health };
    let users = routes! {
        state Auth;
        prefix "/users";

        PUT "/{user_id}" => edit_user,


        GET "/{user_id}" => show_user,
    };
    health.merge(users)
}

/// Where the test below looks, instead of the file of this repository.
const FILE: &str = "ACCESS_TABLE_FILE";

#[test]
fn the_table_of_this_repository_is_pinned() {
    let file = std::env::var(FILE).unwrap_or_else(|_| "tests/it/access/pin.md".to_owned());
    assert_access_table!(table().access_table(), &file);
    assert_access_table!(moved().access_table(), file.as_str());
}

/// Runs that test on its own, as `cargo test` would with these variables.
fn run(file: &Path, update: Option<&str>) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "access::pin::the_table_of_this_repository_is_pinned",
            "--exact",
        ])
        .env(FILE, file)
        .env_remove("UPDATE_ACCESS_TABLE");
    if let Some(update) = update {
        command.env("UPDATE_ACCESS_TABLE", update);
    }
    let output = command.output().unwrap();
    // It ran: no filter came to nothing.
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("running 1 test"), "{text}");
    output
}

/// What a failed run says.
fn complaint(file: &Path, update: Option<&str>) -> String {
    let output = run(file, update);
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const PINNED: &str = include_str!("pin.md");

#[test]
fn a_switch_writes_the_file_and_nothing_else_does() {
    let folder = Folder::new("pin-switch");
    let file = folder.0.join("access.md");
    for update in [None, Some("0"), Some("")] {
        let text = complaint(&file, update);
        assert!(
            text.contains("write it with UPDATE_ACCESS_TABLE=1"),
            "{text}"
        );
        assert!(!file.exists());
    }
    assert!(run(&file, Some("1")).status.success());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), PINNED);
    assert!(run(&file, None).status.success());
    // A checkout with other line ends is the same table.
    std::fs::write(&file, PINNED.replace('\n', "\r\n")).unwrap();
    assert!(run(&file, None).status.success());
    // Where it cannot be written, the switch says so.
    let text = complaint(&folder.0.join("no/such/access.md"), Some("1"));
    assert!(text.contains("cannot write the access table"), "{text}");
}

/// Each way in which who may call what can change, and the lines that tell of it.
#[test]
fn a_change_of_who_may_call_what_fails_with_its_lines() {
    let folder = Folder::new("pin-change");
    let file = folder.0.join("access.md");
    let user = "| GET | `/users/{user_id}` | `any(sub = path(user_id), role = \"admin\")` | `show_user` |\n";
    assert!(PINNED.contains(user), "{PINNED}");
    for (change, was) in [
        ("a rule", user.replace("admin", "owner")),
        ("a handler", user.replace("show_user", "show")),
        ("a path", user.replace("/users", "/members")),
        ("a method", user.replace("GET", "POST")),
        ("a route that was not there", String::new()),
        (
            "a route that is gone",
            format!("{user}| GET | `/gone` | `any valid token` | `gone` |\n"),
        ),
        (
            "a guarded route that is public",
            user.replace(
                "`any(sub = path(user_id), role = \"admin\")`",
                "public: for all",
            ),
        ),
    ] {
        let old = PINNED.replace(user, &was);
        assert_ne!(old, PINNED, "{change}");
        std::fs::write(&file, &old).unwrap();
        let text = complaint(&file, None);
        assert!(
            text.contains("who may call what has changed"),
            "{change}: {text}"
        );
        assert!(text.contains("UPDATE_ACCESS_TABLE=1"), "{change}: {text}");
        let new = was.contains(user);
        assert_eq!(
            text.contains(&format!("\n+ {user}")),
            !new,
            "{change}: {text}"
        );
        let gone = was.replace(user, "");
        if !gone.is_empty() {
            assert!(text.contains(&format!("\n- {gone}")), "{change}: {text}");
        }
        // Lines that are the same are not repeated, and the file stays as it was.
        assert!(!text.contains("liveness probe"), "{change}: {text}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), old, "{change}");
    }
}

/// A line added above the table, or a file renamed, changes nobody's access.
#[test]
fn where_a_route_is_written_is_not_in_it() {
    assert_eq!(moved().access_table().to_markdown(), PINNED);
    assert_eq!(
        moved().access_table().to_string(),
        table().access_table().to_string()
    );
    assert!(!PINNED.contains(".rs"));
    assert!(!table().access_table().to_string().contains(".rs"));
    // JSON has them, for tools.
    let json = |routes: Routes<Auth>| routes.access_table().to_json();
    assert!(json(table()).contains("pin.rs"));
    assert_ne!(json(moved()), json(table()));
}
