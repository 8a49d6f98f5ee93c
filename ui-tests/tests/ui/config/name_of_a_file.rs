//! `NAME_FILE` names the file of `NAME`, and is no setting beside it.
use api_utils::Config;

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct AppConfig {
    tls_cert: String,
    tls_cert_file: std::path::PathBuf,
    // Alone it is a setting like any.
    log_file: std::path::PathBuf,
    #[config(alias = "TLS_OLD_KEY_FILE")]
    key_path: String,
    #[config(alias = "TLS_OLD_KEY")]
    key_text: String,
}

fn main() {}
