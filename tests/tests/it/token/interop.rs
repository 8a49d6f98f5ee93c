//! An independent implementation verifies what we mint, and we what it mints.

use api_utils::Auth;
use api_utils::token::{Algorithm, Issuer};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use serde_json::Value;

use super::signers::SIGNERS;
use super::support::{AUDIENCE, HMACS, ISSUER, SECRET, claims, claims_with};

fn theirs(algorithm: Algorithm) -> jsonwebtoken::Algorithm {
    algorithm.name().parse().unwrap()
}

fn in_an_hour() -> u64 {
    jsonwebtoken::get_current_timestamp() + 3600
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the oracle, with its own back end"
)]
fn tokens_of_each_verify_with_the_other() {
    for algorithm in HMACS {
        let auth = Auth::builder(ISSUER, [AUDIENCE])
            .hmac(algorithm, SECRET)
            .build()
            .unwrap();

        let mut claims = claims_with("exp", Some(in_an_hour().into()));
        claims["nbf"] = 0.into();
        claims["iat"] = 0.into();
        let mut header = Header::new(theirs(algorithm));
        header.kid = Some("any".to_owned());
        let token =
            jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(SECRET)).unwrap();
        assert_eq!(auth.verify(&token).unwrap().subject(), "user-1");

        let minted = Issuer::of(&auth)
            .unwrap()
            .token("alice")
            .role("admin")
            .mint()
            .unwrap();
        let mut validation = Validation::new(theirs(algorithm));
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.validate_nbf = true;
        let decoded = jsonwebtoken::decode::<Value>(
            &minted.token,
            &DecodingKey::from_secret(SECRET),
            &validation,
        )
        .unwrap();
        assert_eq!(decoded.claims["sub"], "alice");
        assert_eq!(decoded.claims["roles"][0], "admin");
    }
}

/// The other way round there is nothing to do: key pairs are the provider's, we mint with none.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the oracle, with its own back end"
)]
fn tokens_of_its_key_pairs_verify_with_ours() {
    for signer in SIGNERS.iter() {
        let pem = signer.private_pem();
        let key = match signer.algorithm {
            Algorithm::Es256 | Algorithm::Es384 => EncodingKey::from_ec_pem(pem.as_bytes()),
            Algorithm::EdDsa => EncodingKey::from_ed_pem(pem.as_bytes()),
            _ => EncodingKey::from_rsa_pem(pem.as_bytes()),
        };
        let header = Header::new(theirs(signer.algorithm));
        let token = jsonwebtoken::encode(&header, &claims(), &key.unwrap()).unwrap();
        assert_eq!(signer.auth().verify(&token).unwrap().subject(), "user-1");
    }
}

/// It panics where a tree turns on both of its back ends, or none. What does not depend on it
/// cannot be reached by that; the package `back-ends` runs in such trees.
#[test]
fn no_choice_of_its_back_ends_can_reach_us() {
    let manifest = include_str!("../../../../api-utils/Cargo.toml");
    assert!(manifest.contains("[dependencies]") && !manifest.contains("jsonwebtoken"));
}
