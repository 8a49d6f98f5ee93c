use api_utils::{Config, JwtConfig, SecretString};

type Password = SecretString;

#[derive(Config)]
struct AppConfig {
    #[config(flatten)]
    jwt: JwtConfig,
    #[config(default = "hunter2")]
    database_password: Password,
    #[config(default = None)]
    smtp_password: Option<SecretString>,
}

fn main() {}
