//! Keys that cannot stand together, or not on such a field.
use api_utils::{Config, SecretString};

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct AppConfig {
    #[config(parse, serde)]
    mode: Mode,
    #[config(parse, delimiter = ",")]
    modes: Mode,
    #[config(skip, name = "STARTED")]
    started: bool,
    #[config(nested, range = 1..2)]
    mail: Mail,
    #[config(flatten, nested)]
    more: Mail,
    #[config(delimiter = " ")]
    tags: Vec<String>,
    #[config(required_if = tsl)]
    certificate: Option<String>,
    #[config(required_if = tls)]
    chain: String,
    tls: bool,
    #[config(strength = 8)]
    pepper: SecretString,
    #[config(strength = "32")]
    salt: SecretString,
    #[config(range)]
    workers: u8,
    #[config(alias = "TLS")]
    encrypted: bool,
    #[config(alias = "a-b")]
    other: bool,
}

fn main() {}
