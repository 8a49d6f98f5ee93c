//! What a rule of 10 nodes costs over a bare `#[require_token]`: whole requests through axum's
//! router, in process. Each short round times every kind, in another order each time;
//! `cargo bench --bench rules` prints the median time, and the median difference within a round.

#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::hint::black_box;
use std::time::Instant;

use api_utils::token::{Algorithm, Issuer};
use api_utils::{Auth, require_token, routes};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use tower_service::Service;

#[require_token]
async fn bare() {}

/// The caller has the last of the roles, so that every node is visited.
#[require_token(any(
    role = "admin",
    all(
        scope = "posts:write",
        not(role = "suspended"),
        any(role = "author", role = "reviewer", role = "editor"),
    ),
))]
async fn ten_nodes() {}

#[require_token(any(
    role = "admin",
    all(
        scope = "posts:write",
        not(role = "suspended"),
        any(role = "author", role = "reviewer", sub = path(user_id)),
    ),
))]
async fn with_path() {}

#[require_token(any(
    role = "admin",
    all(
        scope = "posts:write",
        not(role = "suspended"),
        any(role = "author", role = "reviewer", claim(tenant) = "blue"),
    ),
))]
async fn with_claim() {}

const KINDS: [(&str, &str); 4] = [
    ("bare", "/bare/alice"),
    ("10 nodes", "/ten/alice"),
    ("10 nodes, one of them a path parameter", "/path/alice"),
    ("10 nodes, one of them a claim", "/claim/alice"),
];
const ROUNDS: usize = 801;
const REQUESTS: u32 = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let auth = Auth::builder("https://id.example", ["my-api"])
        .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
        .build()?;
    let issuer = Issuer::of(&auth)?;
    let token = issuer
        .token("alice")
        .role("editor")
        .scope("posts:write")
        .claim("tenant", "blue")
        .mint()?
        .token;
    let mut app = routes! {
        state Auth;
        GET "/bare/{user_id}" => bare,
        GET "/ten/{user_id}" => ten_nodes,
        GET "/path/{user_id}" => with_path,
        GET "/claim/{user_id}" => with_claim,
    }
    .into_router(auth)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut times: [Vec<f64>; 4] = Default::default();
    for start in 0..ROUNDS {
        let mut order = [0, 1, 2, 3];
        order.rotate_left(start % 4);
        for kind in order {
            let (Some((_, path)), Some(times)) = (KINDS.get(kind), times.get_mut(kind)) else {
                continue;
            };
            times.push(runtime.block_on(round(&mut app, path, &token))?);
        }
    }
    let [bare, ..] = times.clone();
    for ((name, _), times) in KINDS.iter().zip(times) {
        let more = times.iter().zip(&bare).map(|(time, bare)| time - bare);
        let more = median(more.collect());
        println!("{name:40} {:8.0} ns  {more:+6.0} ns", median(times));
    }
    Ok(())
}

/// Nanoseconds a request.
async fn round(
    app: &mut Router,
    path: &str,
    token: &str,
) -> Result<f64, Box<dyn std::error::Error>> {
    let mut requests = Vec::new();
    for _ in 0..REQUESTS {
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        requests.push(request.body(Body::empty())?);
    }
    let start = Instant::now();
    for request in requests {
        let answer = black_box(app.call(request).await?);
        if !answer.status().is_success() {
            return Err(format!("{path}: {}", answer.status()).into());
        }
    }
    Ok(start.elapsed().as_secs_f64() * 1e9 / f64::from(REQUESTS))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
