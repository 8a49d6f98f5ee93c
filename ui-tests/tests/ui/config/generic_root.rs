use api_utils::{Config, JwtConfig};

#[derive(Config)]
struct AppConfig<T: api_utils::config::FromValue> {
    #[config(flatten)]
    jwt: JwtConfig,
    value: T,
}

fn main() {
    let _ = AppConfig::<u16>::load();
}
