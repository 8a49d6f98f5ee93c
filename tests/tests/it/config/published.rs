//! Secrets that everybody can look up, and what stands for a secret where one is shown.

use api_utils::{JwtConfig, SecretString};

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
