//! Verifying a token: ours beside jsonwebtoken and the raw signature check.

#![expect(clippy::disallowed_methods, reason = "the peer that is measured")]

use std::hint::black_box;

use api_utils::Auth;
use api_utils::token::Algorithm;
use api_utils_peers::fixture::{self, AUDIENCE, Claims, ISSUER, SECRET, Signed};
use api_utils_peers::{case, compare};

pub(crate) fn main() {
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    println!("api-utils beside jsonwebtoken 11.1.0 (aws_lc_rs) and aws-lc-rs");
    let signed = fixture::hs256(3);
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .build()
        .unwrap();
    table(&signed, &auth);
    for signed in [fixture::rs256(), fixture::es256(), fixture::eddsa()] {
        let auth = Auth::builder(ISSUER, [AUDIENCE])
            .jwk_set(signed.jwk_set().unwrap())
            .build()
            .unwrap();
        table(&signed, &auth);
    }
}

fn table(signed: &Signed, auth: &Auth) {
    let validation = signed.validation();
    compare(
        &format!(
            "{:?}, a token of {} bytes",
            signed.algorithm,
            signed.token.len()
        ),
        vec![
            case("jsonwebtoken 11.1 decode", || {
                let decoded =
                    jsonwebtoken::decode::<Claims>(&signed.token, &signed.decoding, &validation);
                black_box(decoded.unwrap());
            }),
            case("api-utils verify", || {
                black_box(auth.verify(&signed.token).unwrap());
            }),
            case("the signature check alone", || (signed.raw)()),
        ],
    );
}
