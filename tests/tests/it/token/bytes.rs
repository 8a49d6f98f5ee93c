//! A valid token with one byte changed, added or taken away is none.

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::Algorithm;
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use super::signers::signer;
use super::support::{AUDIENCE, HMACS, ISSUER, NOW, SECRET, claims, sign_bytes};

/// The alphabet of a token, and what is near to it.
const NEAR: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ~";

/// All that one byte can be in a text, controls among them.
const ASCII: [u8; 128] = {
    let mut bytes = [0; 128];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = at as u8;
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
        every_change_is_refused(&auth, &good, &ASCII);
        every_other_byte_is_refused(&auth, &good);
    }
}

/// The same for every algorithm of key pairs.
#[test]
fn every_change_of_one_byte_is_refused_for_key_pairs() {
    let algorithms = [
        Algorithm::Rs256,
        Algorithm::Rs384,
        Algorithm::Rs512,
        Algorithm::Ps256,
        Algorithm::Ps384,
        Algorithm::Ps512,
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
                every_change_is_refused(&signer.auth(), &good, NEAR);
            });
        }
    });
}

fn every_change_is_refused(auth: &Auth, good: &str, bytes: &[u8]) {
    assert!(auth.verify(good).is_ok());
    let refused = |bytes: String| assert!(auth.verify(&bytes).is_err(), "{bytes}");
    for at in 0..good.len() {
        let (before, after) = good.split_at(at);
        refused(before.to_owned());
        if at > 0 {
            refused(after.to_owned());
        }
        refused(format!("{before}{}", &after[1..]));
        for byte in bytes.iter().map(|byte| char::from(*byte)) {
            if !after.starts_with(byte) {
                refused(format!("{before}{byte}{}", &after[1..]));
            }
            refused(format!("{before}{byte}{after}"));
        }
    }
    for byte in bytes.iter().map(|byte| char::from(*byte)) {
        refused(format!("{good}{byte}"));
    }
    // Cut and changed in a thousand ways, the whole one is still good: nothing was remembered.
    assert!(auth.verify(good).is_ok());
}

/// What a field of HTTP can hold and a text cannot: bytes that are no UTF-8.
fn every_other_byte_is_refused(auth: &Auth, good: &str) {
    let refused = |token: Vec<u8>| {
        let field = HeaderValue::from_bytes(&[b"Bearer ", &*token].concat()).unwrap();
        let headers = HeaderMap::from_iter([(AUTHORIZATION, field)]);
        assert!(auth.authenticate(&headers).is_err(), "{token:?}");
    };
    for at in 0..good.len() {
        let (before, after) = good.as_bytes().split_at(at);
        for byte in 0x80..=0xff {
            refused([before, &[byte], &after[1..]].concat());
            refused([before, &[byte], after].concat());
        }
    }
}
