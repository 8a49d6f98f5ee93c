//! Every choice that the standards leave open, as SECURITY.md states it, in one table: what a token
//! has that is otherwise good, and the reason why it is refused; none where it is accepted.

use api_utils::token::Algorithm;
use serde_json::{Value, json};

use super::support::{NOW, SECRET, auth, claims, sign_bytes, sign_text, token, token_of_text};

/// The class of the reason why a token is refused, with its hint.
fn answer(token: &str) -> Option<String> {
    let refused = auth().verify(token).err();
    refused.map(|error| error.reason().to_string())
}

#[test]
fn of_the_header() {
    for (more, expected) in [
        (json!({ "crit": ["exp"] }), Some("header_refused")),
        (json!({ "crit": ["x-unknown"] }), Some("header_refused")),
        (json!({ "crit": [] }), Some("header_refused")),
        (json!({ "crit": ["kid", "kid"] }), Some("header_refused")),
        (json!({ "crit": "exp" }), Some("header_refused")),
        (json!({ "crit": null }), Some("header_refused")),
        (
            json!({ "crit": ["b64"], "b64": false }),
            Some("header_refused"),
        ),
        (json!({ "b64": false }), Some("header_refused")),
        (json!({ "b64": true }), Some("header_refused")),
        (
            json!({ "jku": "https://evil.example" }),
            Some("header_refused"),
        ),
        (
            json!({ "x5u": "file:///etc/hostname" }),
            Some("header_refused"),
        ),
        (json!({ "x5c": [] }), Some("header_refused")),
        (json!({ "jwk": { "kty": "oct" } }), Some("header_refused")),
        (json!({ "enc": "A128GCM" }), Some("header_refused")),
        (json!({ "zip": "DEF" }), Some("header_refused")),
        (json!({ "epk": {} }), Some("header_refused")),
        (json!({ "typ": "at+jwt" }), None),
        (json!({ "typ": "application/AT+JWT" }), None),
        (json!({ "typ": "jwt" }), None),
        (json!({ "typ": "logout+jwt" }), Some("header_refused")),
        (json!({ "typ": "dpop+jwt" }), Some("header_refused")),
        (json!({ "typ": "" }), Some("header_refused")),
        (json!({ "typ": null }), Some("header_refused")),
        (json!({ "kid": 7 }), Some("header_invalid")),
        (json!({ "kid": null }), Some("header_invalid")),
        // No key here has a name, so each is a candidate for whatever name.
        (json!({ "kid": "unknown" }), None),
        (json!({ "kid": "../../dev/null" }), None),
        (json!({ "cty": "JWT", "x5t": "t", "x": { "y": [] } }), None),
    ] {
        let mut header = json!({ "alg": "HS256" });
        header
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let header = header.to_string();
        let claims = claims().to_string();
        let token = sign_bytes(
            Algorithm::Hs256,
            SECRET,
            header.as_bytes(),
            claims.as_bytes(),
        );
        assert_eq!(answer(&token).as_deref(), expected, "{header}");
    }
}

#[test]
fn of_the_claims() {
    let absent = Value::Null;
    for (name, value, expected) in [
        ("nbf", &absent, None),
        ("iat", &absent, None),
        ("jti", &absent, None),
        ("roles", &absent, None),
        ("exp", &absent, Some("expiry_missing")),
        ("sub", &absent, Some("subject_invalid")),
        ("iss", &absent, Some("issuer_mismatch(missing)")),
        ("aud", &absent, Some("audience_mismatch(missing)")),
        ("cnf", &absent, None),
        ("cnf", &json!({ "jkt": "0ZcO" }), Some("sender_constrained")),
        (
            "cnf",
            &json!({ "x5t#S256": "bwcK" }),
            Some("sender_constrained"),
        ),
        ("cnf", &json!(7), Some("sender_constrained")),
        ("exp", &json!((NOW + 9).to_string()), Some("time_invalid")),
        ("exp", &json!(NOW as f64 + 0.5), None),
        ("exp", &json!(253_402_300_800_u64), Some("time_invalid")),
        ("exp", &json!(-1), Some("time_invalid")),
        ("nbf", &json!("0"), Some("time_invalid")),
        ("iat", &json!(true), Some("time_invalid")),
        ("sub", &json!(" \u{3000}"), Some("subject_invalid")),
        ("sub", &json!(7), Some("subject_invalid")),
        ("jti", &json!(7), Some("token_id_invalid")),
        (
            "iss",
            &json!(["https://id.example"]),
            Some("issuer_mismatch(wrong_type)"),
        ),
        (
            "iss",
            &json!("https://id.example/"),
            Some("issuer_mismatch(trailing_slash)"),
        ),
        (
            "iss",
            &json!("https://ID.example"),
            Some("issuer_mismatch(case)"),
        ),
        ("aud", &json!(["other", "my-api"]), None),
        (
            "aud",
            &json!(["my-api", 1]),
            Some("audience_mismatch(wrong_type)"),
        ),
        ("aud", &json!([]), Some("audience_mismatch(missing)")),
        ("roles", &json!("admin"), Some("roles_invalid")),
        ("roles", &json!(["admin", 1]), Some("roles_invalid")),
        ("scope", &json!(["read"]), None),
        ("scope", &json!(7), Some("scope_invalid")),
        ("scp", &json!({}), Some("scope_invalid")),
    ] {
        let mut claims = claims();
        let members = claims.as_object_mut().unwrap();
        match value {
            Value::Null => drop(members.remove(name)),
            value => drop(members.insert(name.to_owned(), value.clone())),
        }
        assert_eq!(
            answer(&token(&claims)).as_deref(),
            expected,
            "{name} {value}"
        );
    }
    // `null` is a value: of a time, an issuer or an audience it is a wrong one.
    for (name, expected) in [
        ("exp", Some("time_invalid")),
        ("nbf", Some("time_invalid")),
        ("iat", Some("time_invalid")),
        ("iss", Some("issuer_mismatch(wrong_type)")),
        ("aud", Some("audience_mismatch(wrong_type)")),
        ("sub", Some("subject_invalid")),
        ("jti", None),
        ("roles", None),
        ("scope", None),
    ] {
        let mut claims = claims();
        claims[name] = Value::Null;
        assert_eq!(answer(&token(&claims)).as_deref(), expected, "{name} null");
    }
}

#[test]
fn of_the_spelling() {
    let good = claims().to_string();
    let with = |member: &str| good.replacen('{', &format!("{{{member},"), 1);
    for (text, expected) in [
        (good.clone(), None),
        (format!(" {good}\r\n"), None),
        (with(r#""n":1e3,"s":"\ud83d\ude00""#), None),
        (with(r#""sub":"other""#), Some("duplicate_claim")),
        (with(r#""\u0073ub":"other""#), Some("duplicate_claim")),
        (with(r#""x":1,"x":1"#), Some("duplicate_claim")),
        (with(r#""s":"\ud83d""#), Some("claims_invalid")),
        (with(r#""n":1e400"#), Some("claims_invalid")),
        (with(r#""n":01"#), Some("claims_invalid")),
        (format!("\u{feff}{good}"), Some("claims_invalid")),
        (format!("{good}{good}"), Some("claims_invalid")),
        (format!("[{good}]"), Some("claims_invalid")),
        (
            with(&format!(r#""d":{}{}"#, "[".repeat(126), "]".repeat(126))),
            None,
        ),
        (
            with(&format!(r#""d":{}{}"#, "[".repeat(127), "]".repeat(127))),
            Some("claims_invalid"),
        ),
    ] {
        let answer = answer(&token_of_text(&text));
        assert_eq!(answer.as_deref(), expected, "{text}");
    }
    // No padding, no other alphabet, no bits left over, and no fourth segment: signed as they are.
    let header = super::support::encode(br#"{"alg":"HS256"}"#);
    let mut claims = good.clone();
    while claims.len() % 3 != 1 {
        claims.push(' ');
    }
    let payload = super::support::encode(&claims);
    let signed = |payload: &str| {
        let text = format!("{header}.{payload}");
        answer(&sign_text(Algorithm::Hs256, SECRET, &text))
    };
    assert_eq!(signed(&payload), None);
    let last = payload.len() - 1;
    for odd in [
        format!("{payload}=="),
        format!("{payload}\n"),
        format!("{}/{}", &payload[..4], &payload[5..]),
        format!("{}h", &payload[..last]),
        format!("{payload}.{payload}"),
    ] {
        assert_eq!(signed(&odd).as_deref(), Some("malformed_token"), "{odd}");
    }
}
