//! What an `Issuer` mints, a verifier reads; what none would read, it does not mint.

use std::num::NonZero;
use std::time::{Duration, UNIX_EPOCH};

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthError, IssueError, Issuer, Key};

use super::support::{AUDIENCE, ISSUER, SECRET};

fn issuer() -> Issuer {
    Issuer::hmac(Algorithm::Hs256, SECRET, ISSUER, [AUDIENCE]).unwrap()
}

#[test]
fn a_token_that_nobody_would_read_is_not_minted() {
    let with_roles = |count: usize| {
        let issuer = issuer();
        let roles = (0..count).map(|at| format!("a role with a rather long name, number {at}"));
        roles
            .fold(issuer.token("alice"), |token, role| token.role(role))
            .mint()
    };
    assert!(with_roles(100).unwrap().token.len() < 8 * 1024);
    assert_eq!(with_roles(400).unwrap_err(), IssueError::TooLarge);

    let auth = |kid: usize| {
        let key = Key::hmac(Algorithm::Hs256, SECRET).unwrap();
        let builder = Auth::builder(ISSUER, [AUDIENCE]);
        builder
            .keys([key.with_kid("k".repeat(kid))])
            .build()
            .unwrap()
    };
    let minted = |auth: &Auth| Issuer::of(auth).unwrap().token("alice").mint();
    let usual = auth(600);
    assert!(usual.verify(&minted(&usual).unwrap().token).is_ok());
    assert_eq!(minted(&auth(900)).unwrap_err(), IssueError::TooLarge);
}

#[test]
fn an_issuer_has_a_name_and_an_audience() {
    let with = |issuer: &str, audiences: &[&str]| {
        Issuer::hmac(Algorithm::Hs256, SECRET, issuer, audiences.to_vec()).err()
    };
    assert_eq!(with(ISSUER, &[AUDIENCE]), None);
    assert_eq!(with(" ", &[AUDIENCE]), Some(AuthError::IssuerBlank));
    assert_eq!(with(ISSUER, &[]), Some(AuthError::AudienceBlank));
    assert_eq!(
        with(ISSUER, &[AUDIENCE, ""]),
        Some(AuthError::AudienceBlank)
    );
}

#[test]
fn what_is_to_be_minted_is_not_shown() {
    let issuer = issuer();
    let request = issuer
        .token("canary")
        .role("canary")
        .scope("canary")
        .claim("tenant", "canary");
    assert!(!format!("{request:?}").contains("canary"));
}

#[test]
fn a_test_clock_never_goes_back() {
    let clock = clock(u64::MAX);
    let before = clock.now();
    clock.advance(Duration::MAX);
    assert!(clock.now() >= before && before > UNIX_EPOCH);
}

#[test]
fn a_cache_of_any_size_starts() {
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .cache(NonZero::<usize>::MAX, usize::MAX)
        .build();
    assert!(auth.is_ok());
}
