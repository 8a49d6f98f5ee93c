//! Imports go one way: endpoints → access → token → config → secret, and in each macro
//! emit → model ← check ← attr.

use std::path::{Path, PathBuf};

const ROOMS: [&str; 5] = ["secret", "config", "token", "access", "endpoints"];

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let mut folders = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, code(&text)));
            }
        }
    }
    assert!(!found.is_empty(), "{folder}");
    found
}

/// Without comments, whose examples may name anything, and without unit tests.
fn code(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn names(code: &str, room: &str) -> bool {
    [
        format!("crate::{room}::"),
        format!("api_utils::{room}::"),
        format!("crate::{room};"),
    ]
    .iter()
    .any(|path| code.contains(path))
}

#[test]
fn rooms_import_only_what_is_below_them() {
    for (rank, room) in ROOMS.iter().enumerate() {
        for (path, code) in sources(&format!("api-utils/src/{room}")) {
            for above in &ROOMS[rank + 1..] {
                assert!(!names(&code, above), "{} names `{above}`", path.display());
            }
        }
    }
}

#[test]
fn only_the_settings_of_tokens_know_the_loader() {
    for (path, code) in sources("api-utils/src/token") {
        let settings = path.components().any(|part| part.as_os_str() == "settings");
        assert!(settings || !names(&code, "config"), "{}", path.display());
    }
}

#[test]
fn the_rule_imports_nothing_of_ours() {
    let rule = sources("api-utils/src/access")
        .into_iter()
        .find(|(path, _)| path.ends_with("access/rule.rs"))
        .expect("the rule has a file")
        .1;
    assert!(
        !rule.contains("crate::") && !rule.contains("super::"),
        "{rule}"
    );
}

#[test]
fn macros_emit_from_the_model_alone() {
    for (path, code) in sources("api-utils-macros/src") {
        let stage = path.file_stem().unwrap().to_string_lossy().into_owned();
        let forbidden: &[&str] = match stage.as_str() {
            "model" => &["super::emit", "super::check", "super::attr"],
            "emit" => &["super::attr", "super::check"],
            "attr" | "check" => &["super::emit"],
            _ => &[],
        };
        for import in forbidden {
            assert!(
                !code.contains(import),
                "{} names `{import}`",
                path.display()
            );
        }
    }
}
