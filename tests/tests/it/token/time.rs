//! `exp`, `nbf`, `iat`: types, boundaries, the clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthError, Clock, Reason};
use serde_json::{Value, json};

use super::support::{
    AUDIENCE, ISSUER, NOW, SECRET, auth, auth_at, claims, claims_with, reason, token, token_of_text,
};

#[test]
fn a_token_lives_up_to_its_expiry_and_the_leeway() {
    for (exp, accepted) in [
        (json!(NOW + 1), true),
        (json!(NOW - 59), true),
        (json!(NOW as f64 - 59.5), true),
        (json!(NOW - 60), false),
        (json!(NOW as f64 - 60.0), false),
        (json!(NOW - 61), false),
        (json!(0), false),
    ] {
        let refused = reason(&token(&claims_with("exp", Some(exp.clone()))));
        let expected = refused.is_none_or(|reason| matches!(reason, Reason::Expired { .. }));
        assert!(expected, "{exp}: {refused:?}");
        assert_eq!(refused.is_none(), accepted, "{exp}");
    }
}

#[test]
fn a_token_is_not_used_before_nbf_nor_before_it_was_issued() {
    for (name, seconds, accepted) in [
        ("nbf", NOW + 60, true),
        ("nbf", NOW + 61, false),
        ("iat", NOW + 60, true),
        ("iat", NOW + 61, false),
    ] {
        let refused = reason(&token(&claims_with(name, Some(json!(seconds)))));
        assert_eq!(refused.is_none(), accepted, "{name} {seconds}: {refused:?}");
    }
    assert_eq!(reason(&token(&claims_with("nbf", None))), None);
    assert_eq!(reason(&token(&claims_with("iat", None))), None);
    assert_eq!(
        reason(&token(&claims_with("exp", None))),
        Some(Reason::ExpiryMissing)
    );
}

/// CVE-2026-25537 and its class: a time of another type is not a missing one.
#[test]
fn a_time_of_another_type_is_refused() {
    for name in ["exp", "nbf", "iat"] {
        for value in [
            "\"99999999999\"",
            "\"never\"",
            "true",
            "false",
            "[1]",
            "{}",
            "null",
            "1e300",
            "-1",
            "-1.5",
            "253402300800",
            "18446744073709551615",
            "18446744073709551616",
            "{\"$serde_json::private::Number\":\"1\"}",
        ] {
            let mut claims = claims_with(name, None).to_string();
            claims.pop();
            let claims = format!("{claims},\"{name}\":{value}}}");
            let refused = reason(&token_of_text(&claims));
            assert_eq!(refused, Some(Reason::TimeInvalid), "{name} {value}");
        }
    }
    // What is no JSON number, or one out of the range of numbers, makes the claims invalid.
    for value in [
        "1e400",
        "NaN",
        "Infinity",
        "0x7fffffff",
        "01",
        ".5",
        "1_000",
        "+1",
    ] {
        let mut claims = claims_with("exp", None).to_string();
        claims.pop();
        let refused = reason(&token_of_text(&format!("{claims},\"exp\":{value}}}")));
        assert_eq!(refused, Some(Reason::ClaimsInvalid), "{value}");
    }
}

#[test]
fn the_clock_moves_and_the_same_token_ages() {
    let clock = clock(NOW);
    let auth = auth_at(&clock);
    let token = token(&claims());
    assert!(auth.verify(&token).is_ok());
    clock.advance(Duration::from_secs(300 + 59));
    assert!(auth.verify(&token).is_ok());
    clock.advance(Duration::from_secs(1));
    let refused = auth.verify(&token).unwrap_err().reason();
    assert_eq!(refused.to_string(), "expired(by 60 s)");
}

#[test]
fn a_clock_at_the_ends_of_time_neither_panics_nor_accepts() {
    let latest = UNIX_EPOCH
        .checked_add(Duration::from_secs(i64::MAX as u64))
        .unwrap();
    let before = UNIX_EPOCH.checked_sub(Duration::from_secs(1)).unwrap();
    for (time, expected) in [
        (before, "clock_unusable"),
        (latest, "expired"),
        (UNIX_EPOCH, "not_yet_valid"),
    ] {
        for leeway in [0, 60, 300] {
            let auth = Auth::builder(ISSUER, [AUDIENCE])
                .hmac(Algorithm::Hs256, SECRET)
                .leeway(Duration::from_secs(leeway))
                .clock(Clock::from_fn(move || time))
                .build()
                .unwrap();
            let refused = auth.verify(&token(&claims())).unwrap_err().reason();
            assert_eq!(refused.class(), expected);
        }
    }
}

#[test]
fn a_leeway_that_would_switch_expiry_off_is_refused() {
    for leeway in [Duration::from_secs(301), Duration::MAX] {
        let built = Auth::builder(ISSUER, [AUDIENCE])
            .hmac(Algorithm::Hs256, SECRET)
            .leeway(leeway)
            .build();
        assert_eq!(built.unwrap_err(), AuthError::LeewayTooLong);
    }
}

#[test]
fn a_token_tells_its_times() {
    let token = auth().verify(&token(&claims())).unwrap();
    let at = |seconds| -> SystemTime { UNIX_EPOCH + Duration::from_secs(seconds) };
    assert_eq!(token.expires_at(), at(NOW + 300));
    assert_eq!(token.issued_at(), Some(at(NOW - 10)));
    let fraction = claims_with("iat", Some(Value::from(NOW as f64 - 0.5)));
    let token = auth().verify(&super::support::token(&fraction)).unwrap();
    assert_eq!(
        token.issued_at(),
        Some(at(NOW) - Duration::from_millis(500))
    );
}
