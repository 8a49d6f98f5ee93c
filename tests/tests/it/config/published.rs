//! Secrets that everybody can look up, and what stands for a secret where one is shown.

use std::collections::BTreeMap;

use api_utils::config::Sources;
use api_utils::secret::SecretSlice;
use api_utils::{Config, JwtConfig, SecretString, SecretUrl};

use super::support::Folder;
use super::{service, settings};

#[test]
fn every_secret_of_the_public_list_is_refused() {
    let Some(folder) = api_utils_tests::shared() else {
        println!("skipped: no folder of shared corpora");
        return;
    };
    let file = folder.join("corpora/wallarm-jwt-secrets/jwt.secrets.list.txt");
    let list = std::fs::read(file).unwrap();
    let mut seen = 0;
    for line in list.split(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(line);
        let secret = line.strip_suffix('\r').unwrap_or(&line);
        let jwt = JwtConfig::new(
            SecretString::from(secret),
            "https://id.example.org",
            "orders",
        );
        assert!(jwt.is_err(), "{secret:?} was accepted");
        seen += 1;
    }
    assert!(seen >= 103_780, "only {seen} secrets");
}

#[test]
fn a_mask_that_was_fed_back_is_refused_as_a_secret() {
    for mask in ["secret", "[REDACTED]", "SecretBox<str>([REDACTED])"] {
        for name in ["JWT_SECRET", "SMTP_PASSWORD"] {
            assert_eq!(settings(service(&[(name, mask)])), [name], "{mask}");
            let said = service(&[(name, mask)]).err().unwrap().to_string();
            assert!(
                said.contains("is the mask that stands for a secret"),
                "{said}"
            );
        }
    }
}

#[derive(Config)]
#[config(no_jwt_secret = "only masks are tested")]
#[expect(dead_code, reason = "only whether it loads is tested")]
struct Others {
    #[config(delimiter = ",")]
    old: Option<Vec<SecretString>>,
    by_name: Option<BTreeMap<String, SecretString>>,
    database: Option<SecretUrl>,
    pepper: Option<SecretSlice<u8>>,
}

/// What was printed and is loaded again, whatever the shape of the secret.
#[test]
fn a_mask_within_a_list_or_a_table_of_secrets_is_refused() {
    for mask in ["secret", "[REDACTED]", "SecretBox<str>([REDACTED])"] {
        for (name, value) in [
            ("OLD", mask.to_owned()),
            ("OLD", format!("{mask},other")),
            ("OLD", format!("other, {mask}")),
            ("PEPPER", mask.to_owned()),
            ("DATABASE", mask.to_owned()),
        ] {
            let sources = Sources::of_environment([(name, value.as_str())]);
            assert_eq!(settings(Others::load_from(sources)), [name], "{value}");
        }
        for (name, text) in [
            ("OLD", format!("old = [\"other\", \"{mask}\"]")),
            (
                "BY_NAME",
                format!("[by_name]\na = \"other\"\nb = \"{mask}\""),
            ),
        ] {
            let folder = Folder::new("masks").with("app.toml", text);
            let sources = Sources::empty().document(folder.0.join("app.toml"));
            assert_eq!(settings(Others::load_from(sources)), [name], "{mask}");
        }
    }
}

#[test]
fn an_empty_secret_within_a_list_or_a_table_of_a_document_is_refused() {
    for (name, text, good) in [
        ("OLD", "old = [\"other\", \"\"]", false),
        ("BY_NAME", "by_name = { a = \"\" }", false),
        ("OLD", "old = [\"other\", \"secretive\"]", true),
    ] {
        let folder = Folder::new("empties").with("app.toml", text);
        let loaded = Others::load_from(Sources::empty().document(folder.0.join("app.toml")));
        assert_eq!(loaded.is_ok(), good, "{text}");
        if !good {
            assert_eq!(settings(loaded), [name], "{text}");
        }
    }
}
