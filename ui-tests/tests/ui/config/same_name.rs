use api_utils::{Config, JwtConfig};

#[derive(Config)]
struct AppConfig {
    #[config(flatten)]
    jwt: JwtConfig,
    port: u16,
    #[config(name = "PORT")]
    metrics_port: u16,
}

fn main() {}
