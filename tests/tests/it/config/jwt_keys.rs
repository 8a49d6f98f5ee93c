//! The settings of a service that verifies tokens by the public keys of an identity provider.

use api_utils::config::{Loaded, Report, Sources};
use api_utils::token::{Algorithm, JwtKeySource, JwtKeysConfig};
use api_utils::{Auth, Config};

use super::settings;
use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "tokens are verified by the keys of the identity provider")]
struct Service {
    #[config(flatten)]
    jwt: JwtKeysConfig,
}

const PEM: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----";
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nhunter2canary\n-----END PRIVATE KEY-----";

fn load(changes: &[(&'static str, &'static str)]) -> Result<Loaded<Service>, Report> {
    let good = [
        ("JWT_ISSUER", "https://id.example.org"),
        ("JWT_AUDIENCE", "orders, invoices"),
    ];
    let unchanged = good
        .into_iter()
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    Service::load_from(Sources::of_environment(
        unchanged.chain(changes.iter().copied()),
    ))
}

#[test]
fn a_key_or_a_set_of_keys_is_taken() {
    let service = load(&[("JWT_PUBLIC_KEY", PEM), ("JWT_ALGORITHMS", "EdDSA")]).unwrap();
    assert_eq!(service.jwt.issuer(), "https://id.example.org");
    assert_eq!(service.jwt.audiences(), ["orders", "invoices"]);
    assert_eq!(service.jwt.algorithms(), [Algorithm::EdDsa]);
    assert_eq!(service.jwt.keys(), JwtKeySource::Pem(PEM));
    let escaped = PEM.replace('\n', "\\n");
    let escaped = load(&[
        ("JWT_PUBLIC_KEY", escaped.leak()),
        ("JWT_ALGORITHMS", "EdDSA"),
    ]);
    assert_eq!(escaped.unwrap().jwt.keys(), JwtKeySource::Pem(PEM));
    let twice = load(&[("JWT_PUBLIC_KEY", PEM), ("JWT_ALGORITHMS", "EdDSA,EdDSA")]);
    assert!(twice.is_ok());
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let service = load(&[("JWT_PUBLIC_KEY", jwk), ("JWT_ALGORITHMS", "RS256,ES256")]).unwrap();
    assert_eq!(service.jwt.keys(), JwtKeySource::Jwk(jwk));
    let set = r#"{"keys":[{"kty":"AKP"},{"kty":"OKP","crv":"Ed25519","x":"11qY"}]}"#;
    let service = load(&[("JWT_PUBLIC_KEY", set)]).unwrap();
    assert_eq!(service.jwt.keys(), JwtKeySource::JwkSet(set));
    let service = load(&[("JWT_JWKS_FILE", "/etc/jwks.json")]).unwrap();
    assert!(matches!(service.jwt.keys(), JwtKeySource::JwksFile(_)));
    assert_eq!(service.jwt.algorithms(), [Algorithm::Rs256]);
}

/// A serialiser that writes what is not there as `null` made it.
#[test]
fn a_member_that_is_null_is_not_there() {
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","d":null,"k":null,
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let service = load(&[("JWT_PUBLIC_KEY", jwk), ("JWT_ALGORITHMS", "EdDSA")]).unwrap();
    assert!(Auth::of_keys(&service.jwt).unwrap().build().is_ok());
    // The text of a key is not for a log, whatever it turns out to be.
    assert!(!format!("{:?}", service.jwt).contains("11qY"));
}

#[test]
fn no_algorithm_is_none() {
    let folder = Folder::new("no-algorithm").with(
        "app.toml",
        "jwt_algorithms = []\njwt_jwks_file = \"x\"\njwt_audience = [\"orders\"]\n\
         jwt_issuer = \"https://id.example.org\"\n",
    );
    let sources = Sources::empty().document(folder.0.join("app.toml"));
    let said = Service::load_from(sources).err().unwrap().to_string();
    assert!(said.contains("JWT_ALGORITHMS names no algorithm"), "{said}");
}

#[test]
fn what_is_missing_twice_or_no_public_key_is_refused() {
    for (changes, setting, reason) in [
        (
            &[][..],
            "JWT_PUBLIC_KEY",
            "is not set, and neither is JWT_JWKS_FILE",
        ),
        (
            &[("JWT_PUBLIC_KEY", PEM), ("JWT_JWKS_FILE", "x")][..],
            "JWT_PUBLIC_KEY",
            "is set, and so is JWT_JWKS_FILE",
        ),
        (
            &[("JWT_PUBLIC_KEY", PRIVATE)][..],
            "JWT_PUBLIC_KEY",
            "is a private key",
        ),
        (
            &[(
                "JWT_PUBLIC_KEY",
                r#"{"kty":"RSA","n":"x","e":"AQAB","d":"hunter2canary"}"#,
            )][..],
            "JWT_PUBLIC_KEY",
            "is a private key",
        ),
        (
            &[("JWT_PUBLIC_KEY", r#"{"kty":"oct","k":"hunter2canary"}"#)][..],
            "JWT_PUBLIC_KEY",
            "is a private key",
        ),
        (
            &[(
                "JWT_PUBLIC_KEY",
                r#"{"keys":[{"kty":"OKP","x":"x"},{"kty":"EC","d":"hunter2canary"}]}"#,
            )][..],
            "JWT_PUBLIC_KEY",
            "is a private key",
        ),
        (
            &[(
                "JWT_PUBLIC_KEY",
                "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
            )][..],
            "JWT_PUBLIC_KEY",
            "is a key without the lines of PEM around it",
        ),
        (
            &[("JWT_PUBLIC_KEY", r#"{"keys":[]}"#)][..],
            "JWT_PUBLIC_KEY",
            "is a set without a key",
        ),
        (
            &[("JWT_PUBLIC_KEY", r#"{"keys":"hunter2canary"}"#)][..],
            "JWT_PUBLIC_KEY",
            "is not a public key",
        ),
        (
            &[(
                "JWT_PUBLIC_KEY",
                "-----BEGIN CERTIFICATE-----\nhunter2canary\n-----END CERTIFICATE-----",
            )][..],
            "JWT_PUBLIC_KEY",
            "is a certificate",
        ),
        (
            &[(
                "JWT_PUBLIC_KEY",
                "-----BEGIN RSA PUBLIC KEY-----\nhunter2canary\n-----END RSA PUBLIC KEY-----",
            )][..],
            "JWT_PUBLIC_KEY",
            "is a key as PKCS #1 has it",
        ),
        (
            &[("JWT_PUBLIC_KEY", r#"{"kty":"AKP","priv":"hunter2canary"}"#)][..],
            "JWT_PUBLIC_KEY",
            "is a private key",
        ),
        (
            &[("JWT_PUBLIC_KEY", "hunter2canary")][..],
            "JWT_PUBLIC_KEY",
            "is not a public key",
        ),
        (
            &[("JWT_JWKS_FILE", "x"), ("JWT_ALGORITHMS", "RS256,HS256")][..],
            "JWT_ALGORITHMS",
            "names an algorithm of a shared secret",
        ),
        (
            &[("JWT_JWKS_FILE", "x"), ("JWT_ALGORITHMS", "none")][..],
            "JWT_ALGORITHMS",
            "names an algorithm that is unknown here",
        ),
        (
            &[("JWT_PUBLIC_KEY", PEM), ("JWT_ALGORITHMS", "RS256,ES256")][..],
            "JWT_ALGORITHMS",
            "names several, and a key in PEM is of one",
        ),
        (
            &[("JWT_JWKS_FILE", "x"), ("JWT_ISSUER", "dev-idp")][..],
            "JWT_ISSUER",
            "is `dev-idp`",
        ),
        (
            &[("JWT_JWKS_FILE", "x"), ("JWT_AUDIENCE", "*")][..],
            "JWT_AUDIENCE",
            "is `*`",
        ),
        (
            &[("JWT_JWKS_FILE", "x"), ("JWT_AUDIENCE", "")][..],
            "JWT_AUDIENCE",
            "is empty",
        ),
    ] {
        let said = load(changes).err().unwrap().to_string();
        assert!(said.contains(&format!("{setting} {reason}")), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
        assert_eq!(settings(load(changes)), [setting], "{said}");
    }
}
