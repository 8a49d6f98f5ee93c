use api_utils::{Config, JwtConfig};

#[derive(Config)]
#[config(section)]
struct Mail {
    smtp_host: String,
}

#[derive(Config)]
struct AppConfig {
    #[config(flatten)]
    jwt: JwtConfig,
    // `flatten` is forgotten.
    mail: Mail,
}

fn main() {
    // A section is not loaded by itself.
    let _ = Mail::init();
}
