//! `JWT_SECRET_ENCODING=base64`: the secret is judged by what it decodes to.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::{service, settings};

#[test]
fn a_secret_in_base64_is_measured_by_what_it_decodes_to() {
    let bytes: Vec<u8> = (0..32u8).map(|byte| byte.wrapping_mul(37) | 1).collect();
    let with = |text: &str| service(&[("JWT_SECRET_ENCODING", "base64"), ("JWT_SECRET", text)]);
    assert!(with(&STANDARD.encode(&bytes)).is_ok());
    assert!(with(&URL_SAFE_NO_PAD.encode(&bytes)).is_ok());
    let short = with(&STANDARD.encode(&bytes[..31]))
        .err()
        .unwrap()
        .to_string();
    assert!(
        short.contains("JWT_SECRET is shorter than 32 bytes"),
        "{short}"
    );
    // An eighth of all random keys has a zero byte somewhere.
    let zero = [&bytes[..16], &[0], &bytes[16..]].concat();
    assert!(with(&STANDARD.encode(zero)).is_ok());
    let text = with("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa!k7Qz0fXv9Lr2")
        .err()
        .unwrap()
        .to_string();
    assert!(text.contains("JWT_SECRET is not base64"), "{text}");
    assert_eq!(
        settings(service(&[("JWT_SECRET_ENCODING", "hex")])),
        ["JWT_SECRET_ENCODING"]
    );
}

#[test]
fn a_secret_in_base64_is_none_of_the_texts_that_are_no_secrets() {
    let sample =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let other_alphabet = sample.replace('-', "+").replace('_', "/");
    for (secret, reason) in [
        (sample.to_owned(), "is a published sample"),
        (format!("{sample}=="), "is a published sample"),
        (other_alphabet, "is a published sample"),
        (
            STANDARD.encode("a-string-secret-at-least-256-bits-long"),
            "is a published sample",
        ),
        (
            STANDARD.encode("please-change-me-before-you-deploy-this"),
            "is a placeholder",
        ),
        (
            STANDARD.encode("correct horse battery staple correct horse"),
            "is a phrase of words",
        ),
        (
            STANDARD.encode("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7l\n"),
            "is a key file",
        ),
        (
            STANDARD.encode(r#"[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]"#),
            "is a key file",
        ),
        (
            "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=".to_owned(),
            "is a key file",
        ),
    ] {
        let given = service(&[("JWT_SECRET_ENCODING", "base64"), ("JWT_SECRET", &secret)]);
        let report = given.err().map(|report| report.to_string());
        let said = report.unwrap_or_else(|| panic!("{secret} was accepted"));
        assert!(said.contains(&format!("JWT_SECRET {reason}")), "{said}");
    }
}
