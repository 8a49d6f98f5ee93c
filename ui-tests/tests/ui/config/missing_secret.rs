use api_utils::Config;

#[derive(Config)]
struct AppConfig {
    #[config(default = 8080)]
    port: u16,
}

fn main() {
    // The calls are no further errors.
    let config = AppConfig::load().unwrap();
    println!("{}", config.port);
    let _ = AppConfig::init();
    let _ = AppConfig::get();
}
