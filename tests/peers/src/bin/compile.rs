//! What a guard costs the compiler: `cargo check` of 200 handlers with 4 extractors, as plain axum
//! handlers, under `#[require_token]`, and listed by `routes!` besides, in one run.
//!
//! `cargo run --release --bin compile` prints CPU seconds and ratios: the median of 7 rounds, each
//! of which checks the three crates one after the other. Linux only: it reads `/proc/self/stat`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const HANDLERS: usize = 200;
const ROUNDS: usize = 7;
const KINDS: [Kind; 3] = [Kind::Plain, Kind::Attribute, Kind::Table];

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Attribute,
    Table,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Attribute => "attribute",
            Self::Table => "table",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Plain => "plain axum handlers",
            Self::Attribute => "with #[require_token]",
            Self::Table => "with #[require_token] and routes!",
        }
    }
}

fn main() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = manifest.join("target/compile");
    let root = manifest
        .join("../..")
        .canonicalize()
        .expect("the workspace");
    write_workspace(&folder, &root);
    // The dependencies, and each crate once.
    for kind in KINDS {
        check(&folder, kind);
    }
    let mut seconds: [Vec<f64>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for (kind, all) in KINDS.into_iter().zip(&mut seconds) {
            let source = source_file(&folder, kind);
            std::fs::write(&source, source_of(kind)).expect("a newer source file");
            let before = cpu_of_children();
            check(&folder, kind);
            all.push(cpu_of_children() - before);
        }
    }
    let medians = seconds.map(median);
    println!("{HANDLERS} handlers with 4 extractors, `cargo check`, median of {ROUNDS} rounds");
    println!("{:36} {:>8} {:>8}", "", "CPU s", "ratio");
    for (kind, median) in KINDS.into_iter().zip(medians) {
        println!(
            "{:36} {median:8.2} {:8.2}",
            kind.title(),
            median / medians[0]
        );
    }
}

fn write_workspace(folder: &Path, root: &Path) {
    for kind in KINDS {
        let source = source_file(folder, kind);
        std::fs::create_dir_all(source.parent().expect("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             axum = \"0.8.9\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
             api-utils = {{ path = {:?} }}\n",
            kind.name(),
            root.join("api-utils"),
        );
        std::fs::write(folder.join(kind.name()).join("Cargo.toml"), manifest).expect("a manifest");
        std::fs::write(source, source_of(kind)).expect("a source file");
    }
    let workspace =
        "[workspace]\nresolver = \"3\"\nmembers = [\"plain\", \"attribute\", \"table\"]\n";
    std::fs::write(folder.join("Cargo.toml"), workspace).expect("a manifest");
    // The versions of the workspace, which are there without a network.
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
}

fn source_file(folder: &Path, kind: Kind) -> PathBuf {
    folder.join(kind.name()).join("src/lib.rs")
}

fn source_of(kind: Kind) -> String {
    let mut source = String::from(
        "use std::collections::HashMap;\nuse std::sync::Arc;\n\
         use axum::extract::{Json, Path, Query, State};\n\n\
         pub struct AppState { pub auth: api_utils::Auth }\n\n\
         impl api_utils::HasAuth for AppState {\n\
         \u{20}   fn auth(&self) -> &api_utils::Auth { &self.auth }\n}\n\n\
         #[derive(serde::Deserialize)]\npub struct Body { pub text: String }\n\n",
    );
    for index in 0..HANDLERS {
        if !matches!(kind, Kind::Plain) {
            source.push_str("#[api_utils::require_token(any(sub = path(id), role = \"admin\"))]\n");
        }
        let _ = writeln!(
            source,
            "pub async fn handler_{index}(State(_state): State<Arc<AppState>>, Path(id): Path<String>, \
             Query(query): Query<HashMap<String, String>>, Json(body): Json<Body>) -> String {{\n\
             \u{20}   format!(\"{{id}} {{}} {{}}\", query.len(), body.text)\n}}\n"
        );
    }
    match kind {
        Kind::Plain | Kind::Attribute => {
            source.push_str(
                "pub fn router(state: Arc<AppState>) -> axum::Router {\n    axum::Router::new()\n",
            );
            for index in 0..HANDLERS {
                let _ = writeln!(
                    source,
                    "        .route(\"/r{index}/{{id}}\", axum::routing::post(handler_{index}))"
                );
            }
            source.push_str("        .with_state(state)\n}\n");
        }
        Kind::Table => {
            source.push_str(
                "pub fn routes() -> api_utils::Routes<Arc<AppState>> {\n    api_utils::routes! {\n\
                 \u{20}       state Arc<AppState>;\n",
            );
            for index in 0..HANDLERS {
                let _ = writeln!(
                    source,
                    "        POST \"/r{index}/{{id}}\" => handler_{index},"
                );
            }
            source.push_str("    }\n}\n");
        }
    }
    source
}

fn check(folder: &Path, kind: Kind) {
    let status = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--package", kind.name()])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .stdout(Stdio::null())
        .status()
        .expect("cargo");
    assert!(status.success(), "{} does not compile", kind.name());
}

/// User and system time of the processes that were waited for, and of theirs.
fn cpu_of_children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    // The name in parentheses may have blanks in it. Behind it `cutime` is the 14th field.
    let fields = stat.rsplit(')').next().expect("fields").split_whitespace();
    let ticks: f64 = fields
        .skip(13)
        .take(2)
        .map(|ticks| ticks.parse::<f64>().expect("ticks"))
        .sum();
    // USER_HZ, which Linux shows to programs, is 100.
    ticks / 100.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
