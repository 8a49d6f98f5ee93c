use api_utils::{Config, JwtConfig};

struct Rate(f64);

#[derive(Config)]
struct AppConfig {
    #[config(flatten)]
    jwt: JwtConfig,
    rate: Rate,
    #[config(flatten)]
    limits: Rate,
    #[config(default = 70000)]
    port: u16,
    #[config(default = 8080)]
    level: String,
}

fn main() {}
