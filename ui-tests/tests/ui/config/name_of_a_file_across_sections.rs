//! `NAME_FILE` names the file of `NAME` wherever in the tree the two are.
use api_utils::Config;

#[derive(Config)]
#[config(section)]
struct Tls {
    cert_file: String,
    key: String,
}

#[derive(Config)]
#[config(section)]
struct Log {
    #[config(alias = "LOG")]
    level: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct FileInASection {
    tls_cert: String,
    #[config(nested)]
    tls: Tls,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct NameInASection {
    #[config(nested)]
    tls: Tls,
    tls_key_file: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case")]
struct FormerName {
    #[config(flatten)]
    log: Log,
    #[config(flatten, prefix = "LOG_")]
    file: File,
}

#[derive(Config)]
#[config(section)]
struct File {
    file: String,
}

fn main() {}
