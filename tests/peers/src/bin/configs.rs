//! Loading 20 settings: ours, with the origin of each, beside hand-written code and peers.
//!
//! The process starts itself again with the settings in its environment, so that nothing changes
//! an environment that is being read.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use api_utils_peers::{case, compare};

macro_rules! settings {
    ($($field:ident $name:literal $type:ty = $value:literal),* $(,)?) => {
        /// Name, value, and the value as it stands in a document.
        const SETTINGS: &[(&str, &str)] = &[$(($name, $value)),*];

        #[expect(dead_code, reason = "what is measured is the load")]
        mod ours {
            #[derive(api_utils::Config)]
            #[config(no_jwt_secret = "measured beside loaders of plain settings")]
            pub struct Settings { $(pub $field: $type),* }
        }

        mod derived {
            #[derive(serde::Deserialize)]
            pub struct Settings { $(pub $field: $type),* }
        }

        #[expect(dead_code, reason = "what is measured is the load")]
        mod with_confique {
            #[derive(confique::Config)]
            pub struct Settings { $(#[config(env = $name)] pub $field: $type),* }
        }

        #[expect(dead_code, reason = "what is measured is the load")]
        mod with_conf {
            #[derive(conf::Conf)]
            #[conf(serde)]
            pub struct Settings { $(#[arg(env = $name)] pub $field: $type),* }
        }

        mod hand {
            use super::derived::Settings;

            pub fn from_environment() -> Settings {
                Settings {
                    $($field: std::env::var($name).expect($name).parse().expect($name)),*
                }
            }

            pub fn over(mut settings: Settings) -> Settings {
                $(if let Ok(text) = std::env::var($name) {
                    settings.$field = text.parse().expect($name);
                })*
                settings
            }
        }
    };
}

settings! {
    bind_host "BIND_HOST" String = "127.0.0.1",
    bind_port "BIND_PORT" u16 = "8080",
    public_url "PUBLIC_URL" String = "https://api.example.org/v1",
    log_level "LOG_LEVEL" String = "info",
    log_json "LOG_JSON" bool = "true",
    worker_threads "WORKER_THREADS" u32 = "4",
    request_limit "REQUEST_LIMIT" u64 = "1048576",
    idle_seconds "IDLE_SECONDS" u64 = "75",
    database_host "DATABASE_HOST" String = "db.internal.example.org",
    database_port "DATABASE_PORT" u16 = "5432",
    database_name "DATABASE_NAME" String = "orders",
    database_user "DATABASE_USER" String = "orders_rw",
    database_pool "DATABASE_POOL" u32 = "16",
    database_tls "DATABASE_TLS" bool = "true",
    cache_host "CACHE_HOST" String = "cache.internal.example.org",
    cache_ratio "CACHE_RATIO" f64 = "0.75",
    mail_from "MAIL_FROM" String = "no-reply@example.org",
    mail_host "MAIL_HOST" String = "smtp.example.org",
    metrics_enabled "METRICS_ENABLED" bool = "false",
    build_label "BUILD_LABEL" String = "2026-11-24",
}

fn main() {
    let document = std::env::temp_dir().join(format!("peers-{}.toml", std::process::id()));
    match std::env::var("PEERS_PART").as_deref() {
        Ok("environment") => environment(),
        Ok("document") => with_document(Path::new(&std::env::var("PEERS_DOCUMENT").unwrap())),
        _ => {
            println!(
                "api-utils beside figment 0.10.19, config 0.15.27, confique 0.4.0, conf 0.4.5, toml 1.2"
            );
            std::fs::write(&document, toml_text()).unwrap();
            again("environment", &document, SETTINGS.len());
            again("document", &document, SETTINGS.len() / 2);
            let _ = std::fs::remove_file(&document);
        }
    }
}

/// Runs one part in a process whose environment holds the first `count` settings.
fn again(part: &str, document: &PathBuf, count: usize) {
    let status = Command::new(std::env::current_exe().unwrap())
        .env_clear()
        .envs(SETTINGS.iter().copied().take(count))
        .env("PEERS_PART", part)
        .env("PEERS_DOCUMENT", document)
        .status()
        .unwrap();
    assert!(status.success());
}

fn toml_text() -> String {
    let line = |(name, value): &(&str, &str)| {
        let bare = value.parse::<f64>().is_ok() || value.parse::<bool>().is_ok();
        let value = if bare {
            (*value).to_owned()
        } else {
            format!("\"{value}\"")
        };
        format!("{} = {value}\n", name.to_ascii_lowercase())
    };
    SETTINGS.iter().map(line).collect()
}

fn environment() {
    use confique::Config as _;
    use figment::{Figment, providers::Env};

    let environment = || config::Environment::default().try_parsing(true);
    compare(
        "20 settings from the environment",
        vec![
            case("hand-written env::var + parse", || {
                black_box(hand::from_environment());
            }),
            case("api-utils", || {
                black_box(ours::Settings::load().unwrap());
            }),
            case("confique 0.4", || {
                black_box(with_confique::Settings::builder().env().load().unwrap());
            }),
            case("figment 0.10", || {
                let figment = Figment::from(Env::raw());
                black_box(figment.extract::<derived::Settings>().unwrap());
            }),
            case("config 0.15", || {
                let built = config::Config::builder().add_source(environment()).build();
                black_box(
                    built
                        .unwrap()
                        .try_deserialize::<derived::Settings>()
                        .unwrap(),
                );
            }),
            case("conf 0.4", || {
                use conf::Conf as _;
                let parsed = with_conf::Settings::try_parse_from(["peers"], std::env::vars_os());
                black_box(parsed.ok().unwrap());
            }),
        ],
    );
}

fn with_document(path: &Path) {
    use confique::Config as _;
    use figment::providers::{Env, Format, Toml};

    let file = || std::fs::read_to_string(path).unwrap();
    let sources = || api_utils::config::Sources::process().document(path);
    compare(
        "20 settings from a TOML document, 10 of them from the environment",
        vec![
            case("hand-written toml + env::var", || {
                black_box(hand::over(toml::from_str(&file()).unwrap()));
            }),
            case("api-utils", || {
                black_box(ours::Settings::load_from(sources()).unwrap());
            }),
            case("confique 0.4", || {
                let builder = with_confique::Settings::builder().env().file(path);
                black_box(builder.load().unwrap());
            }),
            case("figment 0.10", || {
                let figment = figment::Figment::from(Toml::file(path)).merge(Env::raw());
                black_box(figment.extract::<derived::Settings>().unwrap());
            }),
            case("config 0.15", || {
                let built = config::Config::builder()
                    .add_source(config::File::from(path))
                    .add_source(config::Environment::default().try_parsing(true))
                    .build();
                black_box(
                    built
                        .unwrap()
                        .try_deserialize::<derived::Settings>()
                        .unwrap(),
                );
            }),
            case("conf 0.4", || {
                use conf::Conf as _;
                let document: toml::Value = toml::from_str(&file()).unwrap();
                let parsed = with_conf::Settings::conf_builder()
                    .args(["peers"])
                    .env(std::env::vars_os())
                    .doc("settings.toml", document)
                    .try_parse();
                black_box(parsed.ok().unwrap());
            }),
        ],
    );
}
