//! A valid token with one byte changed, added or taken away is none.

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::Algorithm;

use super::signers::signer;
use super::support::{AUDIENCE, HMACS, ISSUER, NOW, SECRET, claims, sign_bytes};

/// The alphabet of a token, and what is near to it.
const BYTES: [char; 70] = {
    let mut bytes = ['\u{0}'; 70];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ~";
    let mut at = 0;
    while at < alphabet.len() {
        bytes[at] = alphabet[at] as char;
        at += 1;
    }
    bytes
};

#[test]
fn every_change_of_one_byte_is_refused() {
    for algorithm in HMACS {
        let auth = Auth::builder(ISSUER, [AUDIENCE])
            .hmac(algorithm, SECRET)
            .clock(clock(NOW))
            .build()
            .unwrap();
        let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#);
        let good = sign_bytes(
            algorithm,
            SECRET,
            header.as_bytes(),
            claims().to_string().as_bytes(),
        );
        every_change_is_refused(&auth, &good);
    }
}

/// The same for key pairs, whose signatures are over the same segments: RS256, PS256, ES256, ES384
/// and EdDSA stand for their kin, which differ in the hash alone.
#[test]
fn every_change_of_one_byte_is_refused_for_key_pairs() {
    let algorithms = [
        Algorithm::Rs256,
        Algorithm::Ps256,
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::EdDsa,
    ];
    let claims = serde_json::json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "u", "exp": NOW + 300,
    });
    std::thread::scope(|scope| {
        for algorithm in algorithms {
            let claims = &claims;
            scope.spawn(move || {
                let signer = signer(algorithm);
                let good = signer.token(serde_json::json!({}), claims);
                every_change_is_refused(&signer.auth(), &good);
            });
        }
    });
}

fn every_change_is_refused(auth: &Auth, good: &str) {
    assert!(auth.verify(good).is_ok());
    let refused = |bytes: String| assert!(auth.verify(&bytes).is_err(), "{bytes}");
    for at in 0..good.len() {
        let (before, after) = good.split_at(at);
        refused(before.to_owned());
        if at > 0 {
            refused(after.to_owned());
        }
        refused(format!("{before}{}", &after[1..]));
        for byte in BYTES {
            if !after.starts_with(byte) {
                refused(format!("{before}{byte}{}", &after[1..]));
            }
            refused(format!("{before}{byte}{after}"));
        }
    }
    for byte in BYTES {
        refused(format!("{good}{byte}"));
    }
    // Cut and changed in a thousand ways, the whole one is still good: nothing was remembered.
    assert!(auth.verify(good).is_ok());
}
