//! Claims of a user's own type, and what a token says while a connection lives.

use std::time::Duration;

use api_utils::testing::clock;
use api_utils::token::{Algorithm, Reason};
use api_utils::{Auth, Token};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, StatusCode};
use serde::Deserialize;
use serde_json::json;
use tower::ServiceExt as _;

use super::support::{AUDIENCE, ISSUER, NOW, SECRET, auth, auth_at, claims, claims_with, token};

#[derive(Debug, Deserialize)]
struct Tenant {
    tenant: String,
    #[serde(default)]
    floor: Option<u8>,
}

#[test]
fn claims_are_read_into_a_users_own_type() {
    let verified = |claims| auth().verify(&token(&claims)).unwrap();
    let blue = claims_with("tenant", Some("blue".into()));
    let typed: Token<Tenant> = verified(blue.clone()).typed().unwrap();
    assert_eq!(
        (typed.own().tenant.as_str(), typed.own().floor),
        ("blue", None)
    );
    assert_eq!(typed.subject(), "user-1");
    assert!(typed.has_role("admin"));
    assert_eq!(format!("{typed:?}"), "Token(..)");
    for bad in [claims(), claims_with("tenant", Some(7.into()))] {
        let error = verified(bad).typed::<Tenant>().unwrap_err();
        assert_eq!(error.to_string(), "the claim is not of the expected type");
    }
}

#[tokio::test]
async fn a_handler_asks_for_its_own_type_of_claims() {
    async fn tenant(token: Token<Tenant>) -> String {
        token.own().tenant.clone()
    }
    #[api_utils::require_token(role = "admin")]
    async fn guarded(token: Token<Tenant>) -> String {
        token.own().tenant.clone()
    }
    async fn optional(token: Option<Token<Tenant>>) -> String {
        token.unwrap().own().tenant.clone()
    }
    let service = Router::new()
        .route("/", get(tenant))
        .route("/guarded", get(guarded))
        .route("/optional", get(optional))
        .with_state(auth());
    for (tenant, status) in [
        (json!("blue"), StatusCode::OK),
        (json!(7), StatusCode::UNAUTHORIZED),
    ] {
        let token = token(&claims_with("tenant", Some(tenant)));
        for path in ["/", "/guarded", "/optional"] {
            let request = Request::get(path)
                .header("authorization", format!("Bearer {token}"))
                .body(Body::empty())
                .unwrap();
            let response = service.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{path}");
        }
    }
}

#[test]
fn a_token_expires_while_a_connection_lives() {
    let clock = clock(NOW);
    let verified = auth_at(&clock).verify(&token(&claims())).unwrap();
    assert!(!verified.expired());
    clock.advance(Duration::from_secs(300 + 59));
    assert!(!verified.expired());
    clock.advance(Duration::from_secs(1));
    assert!(verified.expired());
    assert!(verified.clone().expired());
}

/// What is minted for an `Auth` keeps its rules; `nbf` is there, and is when it was issued.
#[test]
fn a_minted_token_keeps_the_longest_lifetime() {
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .clock(clock(NOW))
        .max_lifetime(Duration::from_secs(600))
        .build()
        .unwrap();
    let minted = api_utils::testing::mint(&auth, "alice", &[]);
    let token = auth.verify(&minted).unwrap();
    assert_eq!(token.claim::<u64>("exp").unwrap(), Some(NOW + 600));
    assert_eq!(token.claim::<u64>("nbf").unwrap(), Some(NOW));
}

#[test]
fn a_longest_lifetime_counts_from_iat_to_exp() {
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .clock(clock(NOW))
        .max_lifetime(Duration::from_secs(3600))
        .build()
        .unwrap();
    for (name, value, expected) in [
        ("exp", Some(json!(NOW - 10 + 3600)), None),
        (
            "exp",
            Some(json!(NOW - 10 + 3601)),
            Some(Reason::LifetimeTooLong),
        ),
        (
            "exp",
            Some(json!(253_402_300_799_u64)),
            Some(Reason::LifetimeTooLong),
        ),
        ("iat", Some(json!(0)), Some(Reason::LifetimeTooLong)),
        ("iat", None, Some(Reason::IssuedAtMissing)),
        ("exp", None, Some(Reason::ExpiryMissing)),
    ] {
        let refused = auth.verify(&token(&claims_with(name, value.clone())));
        assert_eq!(
            refused.err().map(|error| error.reason()),
            expected,
            "{name} {value:?}"
        );
    }
}
