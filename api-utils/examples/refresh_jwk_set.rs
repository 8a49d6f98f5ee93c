//! Keys of a provider that changes them: a JWK Set fetched again and again, by whatever HTTP client
//! the service has.
//!
//! `cargo run --example refresh_jwk_set --features asymmetric`
#![allow(clippy::print_stdout, reason = "its output is for a terminal")]

use std::time::Duration;

use api_utils::Auth;
use api_utils::token::{AuthError, JwkSet};

/// Often enough to have a new key before the provider signs with it; see its documentation.
const EVERY: Duration = Duration::from_millis(50);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // At the start there have to be keys: without any, no token could be accepted.
    let auth = Auth::builder("https://id.example", ["my-api"])
        .keys(JwkSet::parse(fetch(0).await?)?)
        .build()?;

    // The service gets one clone, the task the other: new keys reach both at once.
    let task = tokio::spawn(refresh(auth.clone()));
    // axum::serve(listener, router.with_state(auth)).await?;
    task.await?;
    Ok(())
}

/// Replaces the keys by what the provider says now; whatever goes wrong, the keys stay.
async fn refresh(auth: Auth) {
    for turn in 1..=4 {
        tokio::time::sleep(EVERY).await;
        let outcome = match fetch(turn).await {
            Err(error) => format!("not fetched: {error}"),
            Ok(text) => match replace(&auth, &text) {
                Ok(skipped) => format!("replaced, {skipped} skipped"),
                Err(error) => format!("kept: {error}"),
            },
        };
        println!("keys {outcome}");
    }
}

fn replace(auth: &Auth, text: &str) -> Result<usize, AuthError> {
    let set = JwkSet::parse(text)?;
    let skipped = set.skipped().len();
    auth.replace_keys(set)?;
    Ok(skipped)
}

/// Stands for a request to the provider's `jwks_uri`. A real one goes over https only, follows no
/// redirect to another host, has a timeout, and reads no more than a mebibyte.
async fn fetch(turn: u32) -> Result<String, std::io::Error> {
    const KEY: &str = r#"{ "kty": "OKP", "crv": "Ed25519", "kid": "2026-11",
        "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" }"#;
    match turn {
        1 => Ok("<html>the provider is being serviced</html>".to_owned()),
        2 => Err(std::io::ErrorKind::TimedOut.into()),
        3 => Ok(format!(r#"{{ "keys": [{KEY}, {{ "kty": "AKP" }}] }}"#)),
        _ => Ok(format!(r#"{{ "keys": [{KEY}] }}"#)),
    }
}
