//! The cache of verified tokens: whatever changes between two uses of a token is seen at the second.

use std::num::NonZero;
use std::time::Duration;

use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthBuilder, Reason, RoleSource};
use api_utils::{Auth, require_token};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, StatusCode};
use serde_json::json;
use tower::ServiceExt as _;

use super::signers::{SIGNERS, Signer, signer};
use super::support::{AUDIENCE, ISSUER, NOW, claims, claims_with};

fn builder() -> AuthBuilder {
    Auth::builder(ISSUER, [AUDIENCE]).cache(NonZero::new(64).unwrap(), 1 << 20)
}

fn remembering(signer: &Signer) -> Auth {
    let builder = builder().keys([signer.key()]).clock(clock(NOW));
    builder.build().unwrap()
}

fn refused(auth: &Auth, token: &str) -> Option<Reason> {
    auth.verify(token).err().map(|error| error.reason())
}

#[test]
fn a_second_use_says_what_the_first_did() {
    for signer in SIGNERS.iter() {
        let auth = remembering(signer);
        let token = signer.token(json!({}), &claims());
        let first = auth.verify(&token).unwrap();
        for _ in 0..3 {
            let again = auth.verify(&token).unwrap();
            // The same claims, not parsed again: it is the cache that answers.
            assert!(std::ptr::eq(first.claims(), again.claims()));
            assert!(auth.has_verified(&again));
            assert_eq!(again.remote_ip(), None);
        }
    }
}

#[test]
fn a_token_changed_by_a_byte_is_not_the_one_that_was_seen() {
    let signer = signer(Algorithm::EdDsa);
    let auth = remembering(signer);
    let token = signer.token(json!({}), &claims());
    assert!(auth.verify(&token).is_ok());
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(auth.verify(&changed).is_err(), "{at}");
    }
    for changed in [&token[1..], &token[..token.len() - 1], &format!("{token}A")] {
        assert!(auth.verify(changed).is_err());
    }
    assert!(auth.verify(&token).is_ok());
}

/// CVE-2026-35039: the tokens of many people never mix, in a cache too small for them.
#[test]
fn everybody_stays_who_they_are() {
    let signer = signer(Algorithm::EdDsa);
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .keys([signer.key()])
        .cache(NonZero::new(5).unwrap(), 8_000)
        .clock(clock(NOW))
        .build()
        .unwrap();
    let token = |at: usize| {
        let subject = format!("user-{at}");
        let token = signer.token(json!({}), &claims_with("sub", Some(subject.clone().into())));
        (subject, token)
    };
    let tokens: Vec<_> = (0..40).map(token).collect();
    std::thread::scope(|scope| {
        for thread in 0..3 {
            let (auth, tokens) = (&auth, &tokens);
            scope.spawn(move || {
                for step in 0..400 {
                    let (subject, token) = &tokens[step * (thread + 1) % tokens.len()];
                    assert_eq!(auth.verify(token).unwrap().subject(), subject);
                }
            });
        }
    });
}

#[test]
fn a_key_taken_away_between_two_uses_counts() {
    let (one, other) = (Signer::new(Algorithm::Es256), signer(Algorithm::Es256));
    let keys = |signer: &Signer| [signer.key().with_kid("a"), other.key().with_kid("b")];
    let auth = builder()
        .keys(keys(&one))
        .clock(clock(NOW))
        .build()
        .unwrap();
    let token = one.token(json!({ "kid": "a" }), &claims());
    let first = auth.verify(&token).unwrap();
    assert!(auth.verify(&token).is_ok());
    auth.replace_keys([other.key().with_kid("b")]).unwrap();
    assert_eq!(refused(&auth, &token), Some(Reason::KeyUnknown));
    assert!(!auth.has_verified(&first));
    // Back again: verified anew.
    auth.replace_keys(keys(&one)).unwrap();
    assert!(auth.verify(&token).is_ok());
    assert!(!auth.has_verified(&first));
}

#[test]
fn time_passes_between_two_uses() {
    let signer = signer(Algorithm::EdDsa);
    let clock = clock(NOW);
    let auth = builder()
        .keys([signer.key()])
        .clock(&clock)
        .build()
        .unwrap();
    let token = signer.token(json!({}), &claims());
    assert!(auth.verify(&token).is_ok());
    clock.advance(Duration::from_secs(300 + 59));
    assert!(auth.verify(&token).is_ok());
    clock.advance(Duration::from_secs(1));
    let expired = Reason::Expired {
        by: Duration::from_secs(60),
    };
    assert_eq!(refused(&auth, &token), Some(expired));
    // A clock that is set back finds a token that is not yet valid.
    clock.set(NOW - 3600);
    assert_eq!(refused(&auth, &token).unwrap().class(), "not_yet_valid");
}

/// What another `Auth` has seen, one for another audience, issuer or role, says nothing here.
#[test]
fn a_cache_belongs_to_one_auth() {
    let signer = signer(Algorithm::EdDsa);
    let token = signer.token(json!({}), &claims());
    let with = |issuer: &str, audience: &str| {
        Auth::builder(issuer, [audience])
            .cache(NonZero::new(64).unwrap(), 1 << 20)
            .keys([signer.key()])
            .clock(clock(NOW))
    };
    let ours = with(ISSUER, AUDIENCE).build().unwrap();
    assert!(ours.verify(&token).is_ok());
    let audience = with(ISSUER, "other").build().unwrap();
    assert_eq!(
        refused(&audience, &token).unwrap().class(),
        "audience_mismatch"
    );
    let issuer = with("other", AUDIENCE).build().unwrap();
    assert_eq!(refused(&issuer, &token).unwrap().class(), "issuer_mismatch");
    let roles = with(ISSUER, AUDIENCE)
        .roles(RoleSource::at(["groups"]))
        .build()
        .unwrap();
    assert_eq!(roles.verify(&token).unwrap().roles().count(), 0);
    assert_eq!(ours.verify(&token).unwrap().roles().count(), 2);
}

/// What the cache remembers is who it is, not what they may.
#[tokio::test]
async fn each_rule_is_asked_of_a_token_that_was_seen() {
    #[require_token(role = "admin")]
    async fn for_admins() {}
    #[require_token(role = "owner")]
    async fn for_owners() {}
    let signer = signer(Algorithm::EdDsa);
    let auth = remembering(signer);
    let app = Router::new()
        .route("/admins", get(for_admins))
        .route("/owners", get(for_owners))
        .with_state(auth);
    let token = signer.token(json!({}), &claims());
    for (path, status) in [
        ("/admins", StatusCode::OK),
        ("/owners", StatusCode::FORBIDDEN),
        ("/admins", StatusCode::OK),
        ("/owners", StatusCode::FORBIDDEN),
    ] {
        let request = Request::get(path)
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        let answer = app.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
    }
}

/// A refused token is refused again, and takes no place from a good one.
#[test]
fn only_good_tokens_are_remembered() {
    let signer = signer(Algorithm::EdDsa);
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .cache(NonZero::new(1).unwrap(), 1 << 20)
        .keys([signer.key()])
        .clock(clock(NOW))
        .build()
        .unwrap();
    let good = signer.token(json!({}), &claims());
    let first = auth.verify(&good).unwrap();
    for name in ["exp", "iss", "aud", "sub"] {
        let bad = signer.token(json!({}), &claims_with(name, None));
        for _ in 0..3 {
            assert!(auth.verify(&bad).is_err());
        }
    }
    assert!(std::ptr::eq(
        first.claims(),
        auth.verify(&good).unwrap().claims()
    ));
}
