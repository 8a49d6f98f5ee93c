//! A JWK Set of somebody else's making: what is wrong with one key is no fault of the others.

use api_utils::token::{Algorithm, AuthError, JwkSet, KeyFault};
use serde_json::{Value, json};

use super::signers::{auth_of, signer};
use super::support::claims;

fn faults(set: &JwkSet) -> Vec<(usize, KeyFault)> {
    let skipped = set.skipped().iter();
    skipped.map(|one| (one.index, one.fault)).collect()
}

#[test]
fn a_key_that_is_no_json_of_ours_is_skipped_alone() {
    let signer = signer(Algorithm::Es256);
    let good = signer.jwk_with("kid", Value::from("one"));
    let deep = format!("{}{}", "[".repeat(130), "]".repeat(130));
    for bad in [
        r#"{"kty":"RSA","n":1e400}"#,
        r#"{"kty":"EC","kid":"\ud800"}"#,
        &format!(r#"{{"kty":"EC","x":{deep}}}"#),
        r#"{"kty":"EC","kty":"RSA"}"#,
        "7",
        "null",
    ] {
        let set = JwkSet::parse(format!(r#"{{"keys":[{bad},{good}]}}"#)).unwrap();
        assert_eq!(faults(&set), [(0, KeyFault::NotJwk)], "{bad}");
        assert!(
            auth_of(set)
                .verify(&signer.token(json!({ "kid": "one" }), &claims()))
                .is_ok()
        );
    }
    let marked = format!("\u{feff}{{\"keys\":[{good}]}}");
    assert!(JwkSet::parse(marked).is_ok());
}

/// A rotated key has to arrive, whatever else there is.
#[test]
fn more_keys_than_a_token_is_checked_with_are_skipped() {
    let signer = signer(Algorithm::Es256);
    let nameless = signer.jwk_with("kid", Value::Null).to_string();
    let named = signer.jwk_with("kid", Value::from("one")).to_string();
    for (keys, expected) in [
        (vec![&nameless; 4], vec![]),
        (vec![&nameless; 6], vec![4, 5]),
        (vec![&named; 5], vec![4]),
        (
            vec![&nameless, &nameless, &nameless, &named, &named, &nameless],
            vec![4, 5],
        ),
        (
            vec![&nameless, &nameless, &nameless, &nameless, &named],
            vec![4],
        ),
    ] {
        let keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
        let set = JwkSet::parse(format!(r#"{{"keys":[{}]}}"#, keys.join(","))).unwrap();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|at| (at, KeyFault::Surplus))
            .collect();
        assert_eq!(faults(&set), expected);
        assert!(
            auth_of(set)
                .verify(&signer.token(json!({ "kid": "one" }), &claims()))
                .is_ok()
        );
    }
}

/// A JWK Set file is read, as text is.
#[test]
fn a_set_is_read_from_a_file() {
    let signer = signer(Algorithm::Es256);
    let folder = std::env::temp_dir().join(format!("api-utils-jwks-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("set.json");
    let built = |text: &[u8]| {
        std::fs::write(&path, text).unwrap();
        JwkSet::read(&path).map(|set| set.into_iter().count())
    };
    let set = json!({ "keys": [signer.jwk()] }).to_string();
    assert_eq!(built(set.as_bytes()), Ok(1));
    let fault = |fault| Err(AuthError::Key(fault));
    assert_eq!(built(b"<html>"), fault(KeyFault::NotJwkSet));
    let too_large = KeyFault::File(std::io::ErrorKind::FileTooLarge);
    assert_eq!(built(&vec![b' '; (1 << 20) + 1]), fault(too_large));
    std::fs::remove_dir_all(&folder).unwrap();
    let missing = KeyFault::File(std::io::ErrorKind::NotFound);
    assert_eq!(JwkSet::read(&path).unwrap_err(), AuthError::Key(missing));
}

/// One strange key does not take the others with it.
#[test]
fn a_bad_key_of_a_set_is_skipped() {
    let good = signer(Algorithm::Es256);
    let rsa = signer(Algorithm::Rs256);
    let mut keys = vec![
        json!({}),
        json!(null),
        json!("text"),
        json!([1]),
        json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "kid": "ml" }),
        json!({ "kty": "oct", "k": "AAAA" }),
        json!({ "kty": "EC", "crv": "P-521", "alg": "ES512", "x": "AA", "y": "AA" }),
        json!({ "kty": "OKP", "crv": "X25519", "x": "AA" }),
        json!({ "kty": "EC", "crv": "secp256k1", "alg": "ES256K", "x": "AA", "y": "AA" }),
        rsa.jwk_with("alg", "RSA-OAEP".into()),
        rsa.jwk_with("use", "enc".into()),
        rsa.jwk_with("n", "AQAB".into()),
        rsa.jwk_with("n", "not base64!".into()),
    ];
    let bad = keys.len();
    keys.push(good.jwk_with("kid", "one".into()));
    keys.push(rsa.jwk_with("kid", "one".into()));
    keys.push(good.jwk_with("kid", "one".into()));
    let set = JwkSet::parse(json!({ "keys": keys, "more": 1 }).to_string()).unwrap();
    let skipped: Vec<usize> = set.skipped().iter().map(|key| key.index).collect();
    assert_eq!(skipped, (0..bad).collect::<Vec<_>>());
    let auth = auth_of(set);
    for signer in [good, rsa] {
        let token = signer.token(json!({ "kid": "one" }), &claims());
        assert!(auth.verify(&token).is_ok());
    }
    for no_set in [
        "",
        "{}",
        "[]",
        "<html></html>",
        r#"{"keys":{}}"#,
        r#"{"keys":[]} x"#,
    ] {
        let error = JwkSet::parse(no_set).unwrap_err();
        assert_eq!(error, AuthError::Key(KeyFault::NotJwkSet), "{no_set}");
    }
    for empty in [r#"{"keys":[]}"#, r#"{"keys":[{"kty":"AKP"}]}"#] {
        let error = JwkSet::parse(empty).unwrap_err();
        assert_eq!(error, AuthError::Key(KeyFault::NoneUsable), "{empty}");
    }
}
