//! What looks like a JWT_SECRET and is none: it is not in this build, or its name is another.
use api_utils::{Config, SecretString};

#[derive(Config)]
struct NotInThisBuild {
    #[cfg(any())]
    jwt_secret: SecretString,
    level: String,
}

#[derive(Config)]
struct CommentedOut {
    // jwt_secret: SecretString,
    level: String,
}

#[derive(Config)]
struct OtherCase {
    #[config(name = "Jwt_Secret")]
    jwt_secret: SecretString,
}

#[derive(Config)]
struct OtherName {
    #[config(name = "TOKEN_KEY")]
    jwt_secret: SecretString,
}

#[derive(Config)]
struct FormerName {
    #[config(alias = "JWT_SECRET")]
    signing: SecretString,
}

#[derive(Config)]
struct Borrowed<'a> {
    jwt_secret: SecretString,
    level: &'a str,
}

fn main() {}
