//! What a secret must not be, and that nothing of ours shows one.

use api_utils::config::{Content, Origin, Problems, Sources, Value};
use api_utils::{Config, SecretString};

use super::{GOOD_SECRET, service, settings};

#[derive(Config)]
#[config(prefix = "PARTNER_")]
struct Partner {
    /// Its full name ends in `JWT_SECRET`: the strength rules hold without `JwtConfig`.
    #[expect(dead_code, reason = "only whether it is accepted is tested")]
    jwt_secret: SecretString,
}

fn partner(secret: &str) -> Option<String> {
    let sources = Sources::of_environment([("PARTNER_JWT_SECRET", secret)]);
    Partner::load_from(sources)
        .err()
        .map(|report| report.to_string())
}

/// Each rule of point 5, by its own words; in `JwtConfig` and outside.
#[test]
fn weak_secrets_are_refused_with_the_reason_and_the_way_to_a_good_one() {
    let pem =
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----\n";
    for (secret, reason) in [
        ("", "is empty"),
        ("   \t", "is blank"),
        (
            " k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa",
            "has white space at its start or end",
        ),
        (
            "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa\n",
            "has white space at its start or end",
        ),
        (
            "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3S",
            "is shorter than 32 bytes",
        ),
        (
            "abcdefgabcdefgabcdefgabcdefgabcdefg",
            "has fewer than 8 different bytes",
        ),
        (
            "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4\nGh6Jp3Sak7Qz0fXv9Lr2Ty5Wm8Bn1Cd4",
            "has a line break in it",
        ),
        (
            "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4\0Gh6Jp3Sa",
            "has a zero byte in it",
        ),
        ("${JWT_SECRET_FROM_THE_VAULT_OF_OURS}", "is a placeholder"),
        (
            "{{ .Values.secrets.jwtSecret | quote }}",
            "is a placeholder",
        ),
        ("$(pwgen --secure 40 1) and then some", "is a placeholder"),
        (
            "please-change-me-before-you-deploy-this",
            "is a placeholder",
        ),
        (
            "Change_This_To_Something_Secret_0123456789",
            "is a placeholder",
        ),
        (
            "a-string-secret-at-least-256-bits-long",
            "is a published sample",
        ),
        (
            "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
            "is a published sample",
        ),
        (pem, "is a key file"),
        (
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ admin@example.org",
            "is a key file",
        ),
        (
            "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
            "is a key file",
        ),
        (
            r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ"}"#,
            "is a key file",
        ),
        (
            "correct horse battery staple correct horse",
            "is a phrase of words",
        ),
    ] {
        let inside = service(&[("JWT_SECRET", secret)])
            .err()
            .map(|report| report.to_string());
        for (name, said) in [
            ("JWT_SECRET", inside),
            ("PARTNER_JWT_SECRET", partner(secret)),
        ] {
            let said = said.unwrap_or_else(|| panic!("{name}={secret:?} was accepted"));
            assert!(
                said.contains(&format!("{name} {reason}")),
                "{secret:?}: {said}"
            );
            let remedy = match reason {
                "has white space at its start or end" => "take the white space away",
                "has a line break in it" => "write it in one line",
                "is a key file" => "openssl rand -hex 64; the public keys",
                _ => "openssl rand -base64 32",
            };
            assert!(said.contains(remedy), "{secret:?}: {said}");
            assert!(said.contains("1 problem "), "{secret:?}: {said}");
            for window in secret.as_bytes().windows(12) {
                let window = String::from_utf8_lossy(window);
                assert!(!said.contains(&*window), "{window:?} in {said}");
            }
        }
    }
    assert_eq!(partner(GOOD_SECRET), None);
}

#[test]
fn an_absent_secret_is_refused() {
    let report = Partner::load_from(Sources::empty()).err().unwrap();
    assert_eq!(
        report.to_string(),
        "1 problem in the configuration\n\n  \
         PARTNER_JWT_SECRET is not set\n    \
         to do      make a random one: openssl rand -base64 32\n"
    );
}

#[test]
fn an_empty_optional_secret_is_not_set_and_said() {
    let service = service(&[("SMTP_PASSWORD", "")]).unwrap();
    assert!(service.smtp_password.is_none());
    let warnings: Vec<String> = service.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["SMTP_PASSWORD is empty in environment variable SMTP_PASSWORD, and counts as not set"]
    );
}

#[test]
fn a_present_but_empty_jwt_secret_is_refused_where_a_lower_source_has_one() {
    let sources = Sources::empty()
        .variables([("PARTNER_JWT_SECRET", "")])
        .variables([("PARTNER_JWT_SECRET", GOOD_SECRET)]);
    assert_eq!(
        settings(Partner::load_from(sources)),
        ["PARTNER_JWT_SECRET"]
    );
}

#[derive(Config)]
#[config(no_jwt_secret = "only the check is tested", validate = tell_everything)]
struct Talkative {
    password: SecretString,
}

/// A user's check that puts the secret into its message.
fn tell_everything(config: &Talkative, problems: &mut Problems<'_, '_>) {
    use api_utils::ExposeSecret as _;
    let secret = config.password.expose_secret();
    problems.refuse(
        "PASSWORD",
        format!("`{secret}` is no good"),
        format!("not {secret}"),
    );
    problems.warn("PASSWORD", format!("is {secret}"));
}

#[test]
fn a_report_is_searched_for_every_loaded_secret() {
    let sources = Sources::of_environment([("PASSWORD", "hunter2-canary")]);
    let report = Talkative::load_from(sources).err().unwrap();
    let said = format!("{report} {report:?}");
    assert!(said.contains("PASSWORD `secret` is no good"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn debug_shows_no_secret() {
    let sources = Sources::of_environment([("JWT_SECRET", "hunter2-canary")]);
    let value = Value::text("hunter2-canary", Origin::environment("JWT_SECRET"));
    let list = Content::List(vec![Value::text("hunter2-canary", Origin::default_value())]);
    let service = service(&[("SMTP_PASSWORD", "hunter2-canary")]).unwrap();
    let shown = format!(
        "{sources:?} {value:?} {list:?} {service:?} {:?}",
        service.jwt
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(!shown.contains(GOOD_SECRET), "{shown}");
    assert!(!format!("{service:#?}").contains("hunter2"));
}
