//! What the README shows of a configuration is what its struct says.

use api_utils::config::Sources;

use super::support::Folder;
use super::{GOOD_SECRET, Service};

/// The block of the README that starts so.
fn shown(start: &str) -> &'static str {
    let readme = include_str!("../../../../README.md");
    let blocks = readme.split("```text\n").skip(1);
    let mut blocks = blocks.filter_map(|block| Some(block.split_once("```")?.0));
    blocks
        .find(|block| block.starts_with(start))
        .unwrap_or_default()
}

#[test]
fn the_report() {
    let report = Service::load_from(Sources::of_environment([
        ("JWT_SECRET", "changeme-changeme-changeme-changeme"),
        ("JWT_TTL_MINUTES", "soon"),
    ]));
    assert_eq!(
        report.err().unwrap().to_string(),
        shown("4 problems in the configuration")
    );
}

#[test]
fn the_items() {
    let folder = Folder::new("readme");
    std::fs::create_dir(folder.0.join("secrets")).unwrap();
    let folder = folder
        .with("secrets/JWT_SECRET", GOOD_SECRET)
        .with("secrets/smtp-password", "hunter2")
        .with("app.toml", "[jwt]\nissuer = \"https://id.example.com/\"\n");
    let config = Service::load_from(
        Sources::empty()
            .folder(folder.0.join("secrets"))
            .variables([("JWT_AUDIENCE", "orders"), ("LISTEN", "0.0.0.0:8080")])
            .document(folder.0.join("app.toml")),
    )
    .unwrap();
    // The last column: a shorter one moves nothing.
    let table = config.table().to_string();
    let table = table.replace(&folder.path("secrets"), "/run/secrets");
    let table = table.replace(&folder.path("app.toml"), "/etc/orders/app.toml");
    assert_eq!(table, shown("NAME "));
}
