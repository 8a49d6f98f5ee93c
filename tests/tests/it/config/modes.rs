//! Who else can read the file of a secret.
#![cfg(unix)]

use api_utils::config::{Loaded, Report, Sources};
use api_utils::{Config, SecretString};

use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only modes are tested")]
#[expect(dead_code, reason = "only whether it loads is tested")]
struct App {
    first: SecretString,
    second: SecretString,
    plain: Option<String>,
}

fn folder(test: &str) -> Folder {
    Folder::new(test)
        .with("FIRST", "hunter2canary")
        .with("SECOND", "hunter2canary")
        .with("PLAIN", "x")
}

fn load(folder: &Folder, strict: bool) -> Result<Loaded<App>, Report> {
    let sources = Sources::empty().folder(folder.0.clone());
    App::load_from(if strict { sources.strict() } else { sources })
}

#[test]
fn a_file_that_others_can_read_is_one_warning_a_folder_and_in_strict_mode_an_error() {
    let folder = folder("modes");
    folder.mode("PLAIN", 0o644);
    assert!(load(&folder, true).unwrap().warnings().is_empty());
    // The group of Kubernetes' `fsGroup`.
    folder.mode("FIRST", 0o440);
    assert!(load(&folder, true).unwrap().warnings().is_empty());
    folder.mode("FIRST", 0o644);
    folder.mode("SECOND", 0o644);
    let loaded = load(&folder, false).unwrap();
    let warnings: Vec<String> = loaded.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [format!(
            "FIRST is in a file that every user can read: {}",
            folder.path("FIRST")
        )]
    );
    let said = load(&folder, true).err().unwrap().to_string();
    assert!(
        said.contains("FIRST is in a file that every user can read"),
        "{said}"
    );
    assert!(
        said.contains("SECOND is in a file that every user can read"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn strict_mode_looks_at_the_folder_and_at_links() {
    let folder = folder("strict");
    folder.mode(".", 0o777);
    assert!(load(&folder, false).unwrap().warnings().is_empty());
    let said = load(&folder, true).err().unwrap().to_string();
    assert!(
        said.contains("FIRST is in a folder that every user can write to"),
        "{said}"
    );

    folder.mode(".", 0o700);
    let elsewhere = Folder::new("elsewhere").with("target", "hunter2canary");
    std::fs::remove_file(folder.0.join("FIRST")).unwrap();
    std::os::unix::fs::symlink(elsewhere.0.join("target"), folder.0.join("FIRST")).unwrap();
    assert!(load(&folder, false).is_ok());
    let said = load(&folder, true).err().unwrap().to_string();
    assert!(said.contains("FIRST is a link out of its folder"), "{said}");
}
