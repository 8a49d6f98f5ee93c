//! Keys of a provider that changes them: its JWK Set is fetched again and again, by whatever HTTP
//! client the service has. Here it is hyper's, and the provider a small server with bad days.
//!
//! `cargo run -p api-utils --example refresh_jwk_set --features asymmetric`
#![allow(clippy::print_stdout, reason = "its output is for a terminal")]

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use api_utils::Auth;
use api_utils::token::{AuthError, JwkSet};
use axum::body::{Body, Bytes};
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use http_body_util::{BodyExt as _, Limited};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;

/// Often enough to have a new key before the provider signs with it; see its documentation.
const EVERY: Duration = Duration::from_millis(50);
/// A provider that takes longer is down.
const PATIENCE: Duration = Duration::from_secs(1);
/// No set comes near.
const MOST_BYTES: usize = 1 << 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let jwks_uri = provider().await?;
    let client = Client::builder(TokioExecutor::new()).build_http();

    // At the start there have to be keys: without any, no token could be accepted.
    let auth = Auth::builder("https://id.example", ["my-api"])
        .keys(JwkSet::parse(fetch(&client, &jwks_uri).await?)?)
        .build()?;

    // The service gets one clone, the task the other: new keys reach both at once.
    let task = tokio::spawn(refresh(auth.clone(), client, jwks_uri));
    // axum::serve(listener, router.with_state(auth)).await?;
    task.await?;
    Ok(())
}

/// Replaces the keys by what the provider says now; whatever goes wrong, the keys stay.
async fn refresh(auth: Auth, client: Client<HttpConnector, Body>, jwks_uri: Uri) {
    for _ in 0..DAYS.len() {
        tokio::time::sleep(EVERY).await;
        let outcome = match fetch(&client, &jwks_uri).await {
            Err(error) => format!("not fetched: {error}"),
            Ok(text) => match replace(&auth, &text) {
                Ok(skipped) => format!("replaced, {skipped} skipped"),
                Err(error) => format!("kept: {error}"),
            },
        };
        println!("keys {outcome}");
    }
}

fn replace(auth: &Auth, text: &[u8]) -> Result<usize, AuthError> {
    let set = JwkSet::parse(text)?;
    let skipped = set.skipped().len();
    auth.replace_keys(set)?;
    Ok(skipped)
}

/// One request: within a time, of a size, and 200. A real one goes over https only. This client
/// follows no redirect, and another should not either.
async fn fetch(
    client: &Client<HttpConnector, Body>,
    uri: &Uri,
) -> Result<Bytes, Box<dyn Error + Send + Sync>> {
    let read = async {
        let answer = client.get(uri.clone()).await?;
        if answer.status() != StatusCode::OK {
            return Err(answer.status().to_string().into());
        }
        let body = Limited::new(answer.into_body(), MOST_BYTES);
        Ok(body.collect().await?.to_bytes())
    };
    tokio::time::timeout(PATIENCE, read).await?
}

/// What the provider answers after its first set, one request after the other.
const DAYS: [(StatusCode, &str); 4] = [
    (
        StatusCode::OK,
        "<html>the provider is being serviced</html>",
    ),
    (StatusCode::BAD_GATEWAY, "{}"),
    (
        StatusCode::OK,
        r#"{ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "2026-11",
            "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" }, { "kty": "AKP" }] }"#,
    ),
    FIRST,
];

const FIRST: (StatusCode, &str) = (
    StatusCode::OK,
    r#"{ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "2026-11",
        "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" }] }"#,
);

async fn provider() -> Result<Uri, Box<dyn Error + Send + Sync>> {
    static REQUESTS: AtomicUsize = AtomicUsize::new(0);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let uri = format!("http://{}/jwks.json", listener.local_addr()?).parse()?;
    let answer = async || {
        let before = REQUESTS.fetch_add(1, Ordering::Relaxed).checked_sub(1);
        before
            .and_then(|day| DAYS.get(day))
            .copied()
            .unwrap_or(FIRST)
    };
    let router = axum::Router::new().route("/jwks.json", get(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(uri)
}
