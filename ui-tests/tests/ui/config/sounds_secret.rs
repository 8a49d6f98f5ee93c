//! A text in a plain type whose name says that it is a secret.
use api_utils::Config;

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct AppConfig {
    db_password: String,
    stripe_api_key: Option<String>,
    #[config(nested)]
    mail: Mail,
    // Not these: public, a name, a number, a path, or said to be none.
    public_api_key: String,
    csrf_token_name: String,
    password_min_length: u8,
    private_key: std::path::PathBuf,
    #[config(not_secret)]
    dsn: String,
}

#[derive(Config)]
#[config(section)]
struct Mail {
    bot_token: Vec<String>,
    connection_string: String,
    pass: String,
    token: String,
}

fn main() {}
