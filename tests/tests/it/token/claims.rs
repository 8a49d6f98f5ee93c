//! Who issued it, for whom, for what: exact texts, exact types, no claim twice.

use api_utils::token::{ClaimValue, Mismatch, Reason};
use serde_json::{Value, json};

use super::support::{auth, claims, claims_with, reason, token, token_of_text};

fn with(name: &str, value: impl Into<Value>) -> Option<Reason> {
    reason(&token(&claims_with(name, Some(value.into()))))
}

/// CVE-2024-53861, CVE-2025-30144.
#[test]
fn the_issuer_is_one_exact_string() {
    use Mismatch::{Case, Different, Missing, TrailingSlash, WhiteSpace, WrongType};
    for (iss, mismatch) in [
        (json!("https://id.example/"), TrailingSlash),
        (json!("https://ID.example"), Case),
        (json!("https://id.example "), WhiteSpace),
        (json!("https://id.exampl"), Different),
        (json!("https://id.example.evil"), Different),
        (json!("https://id.example\u{0}"), Different),
        (json!(""), Different),
        (json!(["https://id.example"]), WrongType),
        (json!({ "https://id.example": 1 }), WrongType),
        (json!(123), WrongType),
        (json!(null), WrongType),
    ] {
        assert_eq!(
            with("iss", iss.clone()),
            Some(Reason::IssuerMismatch(mismatch)),
            "{iss}"
        );
    }
    let missing = reason(&token(&claims_with("iss", None)));
    assert_eq!(missing, Some(Reason::IssuerMismatch(Missing)));
}

/// CVE-2020-26160.
#[test]
fn the_audience_names_us_exactly() {
    for aud in [
        json!("my-api"),
        json!(["other", "my-api"]),
        json!(["my-api", "my-api"]),
    ] {
        assert_eq!(with("aud", aud.clone()), None, "{aud}");
    }
    for aud in [
        json!([]),
        json!([""]),
        json!(""),
        json!("my-ap"),
        json!("my-api "),
        json!("MY-API"),
        json!("my-api,other"),
        json!([["my-api"]]),
        json!([1, "my-api"]),
        json!(["my-api", null]),
        json!({ "my-api": true }),
        json!(123),
        json!(true),
        json!(null),
        json!("*"),
    ] {
        let refused = with("aud", aud.clone());
        assert!(
            matches!(refused, Some(Reason::AudienceMismatch(_))),
            "{aud}: {refused:?}"
        );
    }
    let missing = reason(&token(&claims_with("aud", None)));
    assert_eq!(missing, Some(Reason::AudienceMismatch(Mismatch::Missing)));
}

#[test]
fn a_token_speaks_for_somebody() {
    for sub in [
        json!(""),
        json!(" "),
        json!("\u{a0}"),
        json!(1),
        json!(["a"]),
        json!(null),
    ] {
        assert_eq!(
            with("sub", sub.clone()),
            Some(Reason::SubjectInvalid),
            "{sub}"
        );
    }
    assert_eq!(
        reason(&token(&claims_with("sub", None))),
        Some(Reason::SubjectInvalid)
    );
}

#[test]
fn no_claim_is_there_twice() {
    for name in [
        "iss", "aud", "sub", "exp", "nbf", "iat", "jti", "roles", "scope",
    ] {
        let value = claims()[name].clone();
        let mut text = claims().to_string();
        text.pop();
        // The same value again, under the same name in plain and in escapes.
        let escaped: String = name
            .bytes()
            .map(|byte| format!("\\u{:04x}", byte))
            .collect();
        for again in [name, &escaped] {
            let text = format!("{text},\"{again}\":{value}}}");
            assert_eq!(
                reason(&token_of_text(&text)),
                Some(Reason::DuplicateClaim),
                "{again}"
            );
        }
    }
    for count in [1, 16, 17, 40] {
        let mut text = claims().to_string();
        text.pop();
        for at in 0..count {
            text.push_str(&format!(",\"own-{at}\":{at}"));
        }
        assert_eq!(
            reason(&token_of_text(&format!("{text}}}"))),
            None,
            "{count}"
        );
        for twice in [0, count - 1] {
            let text = format!("{text},\"own-{twice}\":0}}");
            assert_eq!(
                reason(&token_of_text(&text)),
                Some(Reason::DuplicateClaim),
                "{count}"
            );
        }
    }
}

#[test]
fn roles_are_an_array_of_strings_or_none() {
    let auth = auth();
    for (roles, expected) in [
        (json!(["a", "b"]), &["a", "b"][..]),
        (json!(["a b", ""]), &["a b", ""]),
        (json!([]), &[]),
        (json!(null), &[]),
    ] {
        let token = auth
            .verify(&token(&claims_with("roles", Some(roles))))
            .unwrap();
        assert!(token.roles().eq(expected.iter().copied()));
        assert!(!token.has_role("admin"));
    }
    for roles in [
        json!("admin"),
        json!(1),
        json!({"admin": 1}),
        json!(["admin", 1]),
        json!([["admin"]]),
    ] {
        assert_eq!(
            with("roles", roles.clone()),
            Some(Reason::RolesInvalid),
            "{roles}"
        );
    }
}

#[test]
fn scopes_are_words_or_an_array() {
    let auth = auth();
    for (name, scope, expected) in [
        ("scope", json!("read  write "), &["read", "write"][..]),
        (
            "scope",
            json!("r\u{e9}ad \u{1F980}"),
            &["r\u{e9}ad", "\u{1F980}"],
        ),
        ("scope", json!(["read", "write"]), &["read", "write"]),
        ("scope", json!(""), &[]),
        ("scope", json!(null), &[]),
        ("scp", json!("admin"), &["read", "write", "admin"]),
        ("scp", json!(["admin"]), &["read", "write", "admin"]),
    ] {
        let token = auth
            .verify(&token(&claims_with(name, Some(scope.clone()))))
            .unwrap();
        assert!(token.scopes().eq(expected.iter().copied()), "{scope}");
    }
    for scope in [json!(1), json!({}), json!([1])] {
        assert_eq!(
            with("scope", scope.clone()),
            Some(Reason::ScopeInvalid),
            "{scope}"
        );
        assert_eq!(
            with("scp", scope.clone()),
            Some(Reason::ScopeInvalid),
            "{scope}"
        );
    }
    assert_eq!(with("jti", 7), Some(Reason::TokenIdInvalid));
}

#[test]
fn escapes_are_decoded_before_anything_compares() {
    let text = claims()
        .to_string()
        .replace("my-api", "my\\u002dapi")
        .replace("user-1", "user\\u002d\\ud83e\\udd80")
        .replace("read write", "re\\u0061d\\u0020write")
        .replace("\"admin\"", "\"\\u0061dmin\"")
        .replace("\"exp\"", "\"e\\u0078p\"");
    let token = auth().verify(&token_of_text(&text)).unwrap();
    assert_eq!(token.subject(), "user-\u{1F980}");
    assert!(token.audience().eq(["my-api"]));
    assert!(token.roles().eq(["user", "admin"]));
    assert!(token.scopes().eq(["read", "write"]));
    assert_eq!(token.id(), Some("id-1"));
}

#[test]
fn a_claim_is_found_by_its_path() {
    let mut own = claims();
    own["tenant"] = json!("blue");
    own["https://id.example/x.y"] = json!({ "deep": [true], "n": 7 });
    let token = auth().verify(&token(&own)).unwrap();
    let claims = token.claims();
    assert_eq!(claims.get(&["tenant"]), ClaimValue::Text("blue".into()));
    assert_eq!(
        claims.get(&["https://id.example/x.y", "n"]),
        ClaimValue::Integer(7)
    );
    assert_eq!(
        claims.get(&["https://id.example/x.y", "deep"]),
        ClaimValue::Other
    );
    assert_eq!(claims.get(&["Tenant"]), ClaimValue::Absent);
    assert_eq!(
        token.claim::<String>("tenant").unwrap().as_deref(),
        Some("blue")
    );
    assert!(token.claim::<u8>("tenant").is_err());
    assert_eq!(token.claim::<u8>("floor").unwrap(), None);
}

/// Depth is bounded by the tokenizer, not by the stack.
#[test]
fn deep_nesting_is_refused_not_followed() {
    for (depth, accepted) in [(30, true), (100, true), (200, false), (3000, false)] {
        let mut text = claims().to_string();
        text.pop();
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let refused = reason(&token_of_text(&format!("{text},\"x\":{open}{close}}}")));
        assert_eq!(refused.is_none(), accepted, "{depth}: {refused:?}");
    }
}
