//! What a configuration costs the compiler: a crate with one root of 20 and one of 200 fields is
//! rebuilt, its dependencies are not, by `#[derive(api_utils::Config)]` and by serde's
//! `Deserialize` with `toml::from_str`, in one run.
//!
//! `cargo run --release --bin rebuild` prints CPU seconds and ratios: the median of 7 rounds, each
//! of which rebuilds the two crates one after the other, a few times. What cargo does where nothing
//! has changed is taken off. serde's struct knows no origin, no secret and no environment: it is the
//! least that a configuration can be.

use std::fmt::Write as _;

use api_utils_peers::rebuild::{self, Crate};

/// The types of the fields, by turns.
const TYPES: [&str; 5] = [
    "String",
    "u16",
    "bool",
    "Option<String>",
    "std::net::SocketAddr",
];

fn main() {
    for fields in [20, 200] {
        let crates = [
            Crate {
                name: "with-serde",
                title: "serde's Deserialize, toml::from_str".to_owned(),
                dependencies: "serde = { version = \"1\", features = [\"derive\"] }\n\
                               toml = \"1.2\"\n"
                    .to_owned(),
                source: with_serde(fields),
            },
            Crate {
                name: "ours",
                title: "#[derive(api_utils::Config)]".to_owned(),
                dependencies: rebuild::on_api_utils(Some("config")),
                source: ours(fields),
            },
        ];
        for subcommand in ["check", "build"] {
            let medians = rebuild::measure("rebuild", subcommand, &crates);
            let title = format!("one root of {fields} fields, `cargo {subcommand}`");
            rebuild::print(&title, &crates, &medians.alone);
        }
    }
}

fn with_serde(fields: usize) -> String {
    format!(
        "#[derive(serde::Deserialize)]\npub struct AppConfig {{\n    pub jwt_secret: String,\n{}}}\n\n\
         pub fn load(text: &str) -> Result<AppConfig, toml::de::Error> {{\n    toml::from_str(text)\n}}\n",
        fields_behind_the_secret(fields)
    )
}

fn ours(fields: usize) -> String {
    format!(
        "#[derive(api_utils::Config)]\npub struct AppConfig {{\n    pub jwt_secret: api_utils::SecretString,\n{}}}\n\n\
         pub fn load() -> Result<api_utils::config::Loaded<AppConfig>, api_utils::config::Report> {{\n\
         \u{20}   AppConfig::load()\n}}\n",
        fields_behind_the_secret(fields)
    )
}

fn fields_behind_the_secret(fields: usize) -> String {
    let mut text = String::new();
    for (index, kind) in (1..fields).zip(TYPES.into_iter().cycle()) {
        let _ = writeln!(
            text,
            "    /// Setting number {index}.\n    pub setting_{index}: {kind},"
        );
    }
    text
}
