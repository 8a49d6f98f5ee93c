use api_utils::{Config, SecretString};

#[derive(Config)]
struct AppConfig {
    jwt_secret: Option<SecretString>,
}

fn main() {}
