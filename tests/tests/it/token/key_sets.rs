//! A JWK Set of somebody else's making: what is wrong with one key is no fault of the others.

use api_utils::token::{Algorithm, JwkSet, KeyFault};
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
