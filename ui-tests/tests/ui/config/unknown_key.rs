use api_utils::{Config, JwtConfig};

#[derive(Config)]
#[config(sektion, prefx = "APP_", flatten)]
struct AppConfig {
    #[config(defualt = 8080, nmae = "PORT")]
    port: u16,
    #[config(wibble = (1, 2), section, secret)]
    level: String,
    #[config(flaten)]
    jwt: JwtConfig,
}

fn main() {
    let config = AppConfig::load().unwrap();
    println!("{}", config.port);
}
