//! `strength` on what is no secret.
use api_utils::Config;

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct AppConfig {
    #[config(strength)]
    pepper: String,
}

fn main() {}
