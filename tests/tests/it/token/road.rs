//! The order of the road, its ends, and what it lets out.

use api_utils::Token;
use api_utils::token::{Algorithm, Reason};
use serde_json::json;

use super::support::{
    SECRET, auth, claims, claims_with, encode, reason, sign_bytes, sign_text, token,
};

/// CVE-2024-51744: an expired token with a bad signature is a token with a bad signature.
#[test]
fn nothing_is_said_of_claims_before_the_signature_holds() {
    let mut payloads: Vec<Vec<u8>> = vec![b"not json".to_vec(), b"\xff".to_vec(), Vec::new()];
    for name in ["exp", "iss", "aud", "sub"] {
        payloads.push(claims_with(name, None).to_string().into());
    }
    payloads.push(claims_with("exp", Some(json!(1))).to_string().into());
    for payload in payloads {
        let forged = sign_bytes(Algorithm::Hs256, b"forged", br#"{"alg":"HS256"}"#, &payload);
        assert_eq!(reason(&forged), Some(Reason::SignatureMismatch));
        let signed = sign_bytes(Algorithm::Hs256, SECRET, br#"{"alg":"HS256"}"#, &payload);
        assert!(reason(&signed).is_some_and(|reason| reason != Reason::SignatureMismatch));
    }
}

#[test]
fn each_step_speaks_before_the_next() {
    // Wrong in everything from one step on, the token is refused for that step.
    let mut bad = json!({ "exp": 1, "iss": "x", "aud": "x", "sub": "", "roles": 1 });
    let mut classes = vec![reason(&token(&bad)).unwrap().class()];
    for (name, good) in [
        ("exp", claims()["exp"].clone()),
        ("iss", claims()["iss"].clone()),
        ("aud", claims()["aud"].clone()),
        ("sub", claims()["sub"].clone()),
        ("roles", claims()["roles"].clone()),
    ] {
        bad[name] = good;
        classes.extend(reason(&token(&bad)).map(Reason::class));
    }
    assert_eq!(
        classes,
        [
            "expired",
            "issuer_mismatch",
            "audience_mismatch",
            "subject_invalid",
            "roles_invalid"
        ]
    );
}

#[test]
fn the_longest_token_is_8_kib() {
    let header = encode(br#"{"alg":"HS256"}"#);
    for (length, accepted) in [(8192, true), (8193, false)] {
        // 43 characters of signature, two dots, the header; the payload fills the rest.
        let room = length - 43 - 2 - header.len();
        let mut claims = claims().to_string();
        claims.pop();
        claims.push_str(",\"x\":\"");
        while (claims.len() + 3) * 4 / 3 < room {
            claims.push('x');
        }
        claims.push_str("\"}");
        let mut payload = encode(&claims);
        while payload.len() < room {
            claims.push(' ');
            payload = encode(&claims);
        }
        let token = sign_text(Algorithm::Hs256, SECRET, &format!("{header}.{payload}"));
        if token.len() == length {
            assert_eq!(reason(&token).is_none(), accepted, "{length}");
        } else {
            assert!(token.len().abs_diff(length) < 3, "{} {length}", token.len());
        }
    }
    assert_eq!(reason(&".".repeat(100_000)), Some(Reason::TokenTooLarge));
    assert_eq!(reason(&"a".repeat(1 << 20)), Some(Reason::TokenTooLarge));
}

/// Anybody can send a header: a long one, or one of many members, is not read for whoever does.
#[test]
fn a_header_is_short() {
    let signed = |header: &str| {
        let claims = claims().to_string();
        reason(&sign_bytes(
            Algorithm::Hs256,
            SECRET,
            header.as_bytes(),
            claims.as_bytes(),
        ))
    };
    let long = |kid: usize| format!(r#"{{"alg":"HS256","kid":"{}"}}"#, "k".repeat(kid));
    assert_eq!(encode(long(744)).len(), 1024);
    assert_eq!(signed(&long(744)), None);
    assert_eq!(signed(&long(745)), Some(Reason::HeaderInvalid));
    let many = |count: usize| {
        let others: String = (0..count).map(|at| format!(r#""x{at}":1,"#)).collect();
        format!(r#"{{{others}"alg":"HS256"}}"#)
    };
    assert_eq!(signed(&many(16)), None);
    assert_eq!(signed(&many(17)), Some(Reason::HeaderInvalid));
}

/// A claims object in anything but plain UTF-8 is none, wherever the odd byte is.
#[test]
fn claims_are_utf8_as_a_whole() {
    let text = claims().to_string();
    for odd in [&b"\xff"[..], b"\xc0\xaf", b"\xed\xa0\x80", b"\xe9"] {
        let mut payload = text.clone().into_bytes();
        payload.pop();
        payload.extend_from_slice(b",\"x\":\"");
        payload.extend_from_slice(odd);
        payload.extend_from_slice(b"\"}");
        let token = sign_bytes(Algorithm::Hs256, SECRET, br#"{"alg":"HS256"}"#, &payload);
        assert_eq!(reason(&token), Some(Reason::ClaimsInvalid), "{odd:?}");
    }
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let token = sign_bytes(Algorithm::Hs256, SECRET, br#"{"alg":"HS256"}"#, &utf16);
    assert_eq!(reason(&token), Some(Reason::ClaimsInvalid));
}

#[test]
fn neither_errors_nor_debug_show_a_token_or_a_claim() {
    let good = token(&claims());
    let auth = auth();
    let verified = auth.verify(&good).unwrap();
    let mut shown = format!("{verified:?} {:?} {auth:?}", verified.claims());
    for broken in ["exp", "iss", "aud", "sub"] {
        let error = auth.verify(&token(&claims_with(broken, None))).unwrap_err();
        shown.push_str(&format!("{error} {error:?}"));
    }
    for secret in [
        "user-1",
        "admin",
        "id-1",
        good.as_str(),
        std::str::from_utf8(SECRET).unwrap(),
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

/// A clone is a pointer, and a token may cross threads and outlive its verifier.
#[test]
fn a_token_is_owned_and_shared() {
    fn shared<T: Clone + Send + Sync + 'static>(value: T) -> T {
        value
    }
    let token: Token = {
        let auth = shared(auth());
        auth.verify(&token(&claims())).unwrap()
    };
    let clone = shared(token.clone());
    let subject = std::thread::spawn(move || clone.subject().to_owned())
        .join()
        .unwrap();
    assert_eq!(subject, token.subject());
    assert!(std::ptr::eq(token.claims(), token.clone().claims()));
}

/// Verification keeps no state: the same token, many times, in parallel, gets the same answer.
#[test]
fn the_same_answer_every_time() {
    let auth = auth();
    let good = token(&claims());
    let bad = format!("{good}A");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    assert!(auth.verify(&good).is_ok());
                    assert!(auth.verify(&bad).is_err());
                }
            });
        }
    });
}
