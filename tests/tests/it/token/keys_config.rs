//! The settings of a service that trusts a provider's public keys.

use std::time::Duration;

use api_utils::config::{Loaded, Report, Sources};
use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthError, JwtKeysConfig, Key, Reason};
use api_utils::{Auth, Config};
use serde_json::json;

use super::signers::{Signer, signer};
use super::support::{AUDIENCE, ISSUER, NOW, claims, claims_with};

#[derive(Config)]
#[config(no_jwt_secret = "tokens are the provider's")]
struct Service {
    #[config(flatten)]
    tokens: JwtKeysConfig,
}

fn set() -> String {
    json!({ "keys": [signer(Algorithm::Es256).jwk(), { "kty": "AKP" }] }).to_string()
}

fn service(more: &[(&str, &str)]) -> Result<Loaded<Service>, Report> {
    let named = [
        ("JWT_ISSUER", ISSUER),
        ("JWT_AUDIENCE", AUDIENCE),
        ("JWT_ALGORITHMS", "ES256"),
    ];
    let variables = named.into_iter().chain(more.iter().copied());
    Service::load_from(Sources::of_environment(variables))
}

fn auth(service: &Service) -> Auth {
    let builder = Auth::of_keys(&service.tokens).unwrap();
    builder.clock(clock(NOW)).build().unwrap()
}

#[test]
fn a_key_or_a_set_stands_in_the_settings_or_in_a_file() {
    let path = std::env::temp_dir().join(format!("api-utils-keys-{}.json", std::process::id()));
    std::fs::write(&path, set()).unwrap();
    let of_file = auth(&service(&[("JWT_JWKS_FILE", path.to_str().unwrap())]).unwrap());
    std::fs::remove_file(&path).unwrap();
    let jwk = signer(Algorithm::Es256).jwk().to_string();
    let of_text = auth(&service(&[("JWT_PUBLIC_KEY", &jwk)]).unwrap());
    let of_set = auth(&service(&[("JWT_PUBLIC_KEY", &set())]).unwrap());
    let token = signer(Algorithm::Es256).token(json!({}), &claims());
    for auth in [of_file, of_text, of_set] {
        assert_eq!(auth.verify(&token).unwrap().subject(), "user-1");
    }
}

#[test]
fn a_key_of_an_algorithm_that_is_not_named_is_left_out() {
    let jwk = signer(Algorithm::EdDsa).jwk().to_string();
    let service = service(&[("JWT_PUBLIC_KEY", &jwk)]).unwrap();
    let built = Auth::of_keys(&service.tokens).unwrap().build();
    assert_eq!(built.err(), Some(AuthError::NoKeyOfAlgorithms));
}

#[test]
fn a_file_that_changed_is_read_again() {
    let path = std::env::temp_dir().join(format!("api-utils-again-{}.json", std::process::id()));
    let write = |signer: &Signer| {
        std::fs::write(&path, json!({ "keys": [signer.jwk()] }).to_string()).unwrap();
    };
    let (before, after) = (signer(Algorithm::Es256), &Signer::new(Algorithm::Es256));
    write(before);
    let service = service(&[("JWT_JWKS_FILE", path.to_str().unwrap())]).unwrap();
    let auth = auth(&service);
    write(after);
    let keys = service.tokens.read_keys();
    std::fs::remove_file(&path).unwrap();
    let accepts = |signer: &Signer| auth.verify(&signer.token(json!({}), &claims())).is_ok();
    assert!(accepts(before) && !accepts(after));
    auth.replace_keys(keys.unwrap()).unwrap();
    assert!(!accepts(before) && accepts(after));
}

/// Whoever starts the service has to know which of the settings it is.
#[test]
fn a_key_that_cannot_be_used_is_said_with_its_setting() {
    let jwk = signer(Algorithm::Es256)
        .jwk_with("x", json!("AAAA"))
        .to_string();
    let rsa = signer(Algorithm::Rs256).pem();
    let nowhere = "JWT_JWKS_FILE gives is in a file that cannot be read (entity not found)";
    for (name, value, said) in [
        ("JWT_JWKS_FILE", "no/such/file.json", nowhere),
        (
            "JWT_JWKS_FILE",
            "Cargo.toml",
            "JWT_JWKS_FILE gives is not a JWK Set",
        ),
        (
            "JWT_PUBLIC_KEY",
            &jwk,
            "JWT_PUBLIC_KEY gives is not a sound point of its curve",
        ),
        (
            "JWT_PUBLIC_KEY",
            &rsa,
            "JWT_PUBLIC_KEY gives does not go with its algorithm",
        ),
    ] {
        let service = service(&[(name, value)]).unwrap();
        let error = Auth::of_keys(&service.tokens).unwrap_err();
        assert_eq!(error.to_string(), format!("what {said}"));
        assert_eq!(format!("{error:?}"), error.to_string());
    }
    let report = service(&[("JWT_JWKS_FILE", "https://id.example/jwks")]);
    let said = report.err().unwrap().to_string();
    assert!(said.contains("JWT_JWKS_FILE is a URL"), "{said}");
}

/// What the settings name holds for keys that come later as well.
#[test]
fn replaced_keys_are_of_the_algorithms_that_are_named() {
    let jwk = |algorithm| Key::jwk(signer(algorithm).jwk().to_string()).unwrap();
    let jwk_text = signer(Algorithm::Es256).jwk().to_string();
    let auth = auth(&service(&[("JWT_PUBLIC_KEY", &jwk_text)]).unwrap());
    auth.replace_keys([jwk(Algorithm::Es256), jwk(Algorithm::EdDsa)])
        .unwrap();
    let token = |algorithm| signer(algorithm).token(json!({}), &claims());
    assert!(auth.verify(&token(Algorithm::Es256)).is_ok());
    let refused = auth.verify(&token(Algorithm::EdDsa)).unwrap_err().reason();
    assert_eq!(refused, Reason::AlgorithmRefused);
    let replaced = auth.replace_keys([jwk(Algorithm::EdDsa)]);
    assert_eq!(replaced, Err(AuthError::NoKeyOfAlgorithms));
    assert!(auth.verify(&token(Algorithm::Es256)).is_ok());
}

/// A key in PEM is of the one algorithm that is named.
#[test]
fn a_key_in_pem_verifies_its_tokens() {
    let pem = signer(Algorithm::Es256).pem();
    let auth = auth(&service(&[("JWT_PUBLIC_KEY", &pem)]).unwrap());
    let token = signer(Algorithm::Es256).token(json!({}), &claims());
    assert_eq!(auth.verify(&token).unwrap().subject(), "user-1");
}

#[test]
fn a_longest_lifetime_is_a_setting_here_too() {
    let jwk = signer(Algorithm::Es256).jwk().to_string();
    let more = [
        ("JWT_PUBLIC_KEY", &*jwk),
        ("JWT_MAX_LIFETIME_MINUTES", "10"),
    ];
    let auth = auth(&service(&more).unwrap());
    let living = Duration::from_secs(601).as_secs();
    let token = signer(Algorithm::Es256).token(
        json!({}),
        &claims_with("exp", Some((NOW - 10 + living).into())),
    );
    let refused = auth.verify(&token).unwrap_err().reason();
    assert_eq!(refused, Reason::LifetimeTooLong);
}
