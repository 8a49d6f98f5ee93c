//! A former name that another section reads.
use api_utils::Config;

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct AppConfig {
    #[config(alias = "MAIL_PORT")]
    port: u16,
    #[config(nested)]
    mail: Mail,
}

#[derive(Config)]
#[config(section)]
struct Mail {
    port: u16,
}

fn main() {}
