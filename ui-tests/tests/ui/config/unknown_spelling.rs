//! `rename_all` has serde's spellings, and stands once, above the struct.
use api_utils::Config;

#[derive(Config)]
#[config(no_jwt_secret = "a case", rename_all = "kebab_case")]
struct Near {
    log_level: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case", rename_all = "title case")]
struct Far {
    log_level: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case", rename_all = "camelCase")]
#[config(rename_all = "kebab-case")]
struct Twice {
    log_level: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case", rename_all = camelCase)]
struct Unquoted {
    #[config(rename_all = "camelCase")]
    log_level: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "a case", rename_all = "camelCase")]
struct OneKey {
    pool_size: u8,
    poolsize: u8,
}

fn main() {}
