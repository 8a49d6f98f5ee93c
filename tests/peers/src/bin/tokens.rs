//! Verifying a token: ours beside jsonwebtoken and the raw signature check.

use std::hint::black_box;

use api_utils::Auth;
use api_utils::token::Algorithm;
use api_utils_peers::fixture::{self, AUDIENCE, Claims, ISSUER, SECRET, Signed};
use api_utils_peers::{case, compare};

fn main() {
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    println!(
        "api-utils {} beside jsonwebtoken 11.1.0 (aws_lc_rs), aws-lc-rs 1.19",
        env!("CARGO_PKG_VERSION")
    );
    let signed = fixture::hs256(3);
    println!("HS256 token: {} bytes", signed.token.len());
    let _ = (signed, SECRET, AUDIENCE, ISSUER, black_box::<()>);
    let _ = (case::<'static>, compare, Algorithm::Hs256);
    let _: Option<(Auth, Claims, Signed)> = None;
}
