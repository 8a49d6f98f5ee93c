//! What a guard costs the compiler: `cargo check` of 200 handlers with 4 extractors, as plain axum
//! handlers, under `#[require_token]`, and listed by `routes!` besides, in one run.
//!
//! `cargo run --release --bin compile` prints CPU seconds and ratios: the median of 7 rounds, each
//! of which checks the three crates one after the other, a few times.

use std::fmt::Write as _;

use api_utils_peers::rebuild::{self, Crate};

const HANDLERS: usize = 200;

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
    let dependencies = format!(
        "axum = \"0.8.9\"\nserde = {{ version = \"1\", features = [\"derive\"] }}\n{}",
        rebuild::on_api_utils(None)
    );
    let crates = [Kind::Plain, Kind::Attribute, Kind::Table].map(|kind| Crate {
        name: kind.name(),
        title: kind.title().to_owned(),
        dependencies: dependencies.clone(),
        source: source_of(kind),
    });
    let medians = rebuild::measure("compile", "check", &crates);
    let title = format!("{HANDLERS} handlers with 4 extractors, `cargo check`");
    rebuild::print(&title, &crates, &medians.whole);
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
