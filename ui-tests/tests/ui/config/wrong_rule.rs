//! Rules that do not fit the type of the field.
use api_utils::Config;

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct AppConfig {
    #[config(len = 1..=3)]
    port: u16,
    #[config(one_of = [1, 2])]
    protocol: String,
    #[config(parse)]
    mode: Mode,
    #[config(serde)]
    level: Mode,
}

struct Mode;

fn main() {}
