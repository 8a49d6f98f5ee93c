use api_utils::{Config, JwtConfig};

#[derive(Config)]
#[config(no_jwt_secret = "  ", validate = "check")]
struct AppConfig {
    #[config(default)]
    port: u16,
    #[config(name = "the-level")]
    level: String,
    #[config(prefix = "X_")]
    host: String,
    #[config(name = NAME)]
    name: String,
    #[config(flatten, default = 1)]
    jwt: JwtConfig,
    #[config(default = 1, default = 2)]
    workers: u16,
    #[config(name = "A" default = "b")]
    letter: String,
    größe: u16,
}

#[derive(Config)]
#[config(section, no_jwt_secret = "it is a section", crate = renamed)]
struct Mail {
    smtp_host: String,
}

fn main() {}
