//! Names that say "secret".

/// Words of a name, each on its own or several in a row.
const SECRET: [&str; 14] = [
    "ACCESS_KEY",
    "APIKEY",
    "API_KEY",
    "CONNECTION_STRING",
    "CREDENTIAL",
    "CREDENTIALS",
    "DSN",
    "PASSPHRASE",
    "PASSWD",
    "PASSWORD",
    "PASSWORDS",
    "PRIVATE_KEY",
    "SECRET",
    "SIGNING_KEY",
];

/// Words at the end of a name, or the whole of one: a section's name stands before it then.
const SECRET_AT_THE_END: [&str; 3] = ["PASS", "PWD", "TOKEN"];

/// Whether a text of this name is most likely a secret.
pub(crate) fn sound_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    if name.starts_with("PUBLIC_") || name.ends_with("_TOKEN_NAME") {
        return false;
    }
    let padded = format!("_{name}_");
    let has = |word: &&str| padded.contains(&format!("_{word}_"));
    let ends_in = |word: &&str| padded.ends_with(&format!("_{word}_"));
    SECRET.iter().any(has) || SECRET_AT_THE_END.iter().any(ends_in)
}

#[cfg(test)]
mod tests {
    use super::sound_secret;

    #[test]
    fn names() {
        for name in [
            "SECRET",
            "CLIENT_SECRET",
            "DB_PASSWORD",
            "passwd",
            "AWS_CREDENTIALS",
            "DB_CONNECTION_STRING",
            "SENTRY_DSN",
            "PRIVATE_KEY",
            "STRIPE_API_KEY",
            "SIGNING_KEY",
            "AWS_ACCESS_KEY",
            "BOT_TOKEN",
            "TOKEN",
            "SMTP_PASS",
            "pass",
            "REDIS_PWD",
        ] {
            assert!(sound_secret(name), "{name}");
        }
        for name in [
            "PUBLIC_API_KEY",
            "PARTITION_KEY",
            "CSRF_TOKEN_NAME",
            "TOKEN_URL",
            "SECRETARY",
            "KEYBOARD",
            "PORT",
            "TOKENS",
            "PASS_THROUGH",
            "BYPASS",
        ] {
            assert!(!sound_secret(name), "{name}");
        }
    }
}
