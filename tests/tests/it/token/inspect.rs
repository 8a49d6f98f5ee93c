//! A look at a token is no verification.

use api_utils::token::inspect;
use serde_json::json;

use super::support::{claims, encode, token};

#[test]
fn it_says_unverified_on_one_line_first() {
    let shown = inspect(&token(&claims())).unwrap().to_string();
    assert!(shown.starts_with("UNVERIFIED {"), "{shown}");
    assert!(shown.contains(r#""sub":"user-1""#), "{shown}");
    let evil = json!({ "sub": "a\nINFO everything is fine\r\u{1b}[2J" }).to_string();
    let spaced = "{\n\"alg\" :\r\n\"none\"}";
    let token = format!("{}.{}.", encode(spaced), encode(evil));
    let shown = inspect(&token).unwrap().to_string();
    assert_eq!(shown.lines().count(), 1, "{shown}");
    assert!(!shown.contains('\u{1b}'));
    assert_eq!(format!("{:?}", inspect(&token).unwrap()), "UNVERIFIED");
}

/// What a token is refused for has to be there to be seen.
#[test]
fn it_shows_what_is_written() {
    let header = r#"{"alg":"none","alg":"HS256"}"#;
    let claims = r#"{"sub":"a","sub":"b","n":12345678901234567890123,"m":1e3}"#;
    let token = format!("{}.{}.", encode(header), encode(claims));
    let shown = inspect(&token).unwrap().to_string();
    assert_eq!(shown, format!("UNVERIFIED {header} {claims}"));
}

/// What ends a line, steers a terminal or turns text about elsewhere is shown by its code, and is
/// the same JSON still.
#[test]
fn what_cannot_be_seen_is_shown_by_its_code() {
    let evil = "a\u{85}\u{2028}\u{9b}31m\u{7f}\u{202e}nimda\u{2066}\u{200b}\u{e0041}";
    let claims = json!({ "sub": evil, "name": "Zo\u{eb} 日本" });
    let token = format!("{}.{}.", encode("{}"), encode(claims.to_string()));
    let shown = inspect(&token).unwrap().to_string();
    assert!(shown.contains("Zo\u{eb} 日本"), "{shown}");
    assert!(!shown.contains(|c: char| evil.contains(c) && !c.is_ascii_graphic()));
    let shown = shown.strip_prefix("UNVERIFIED {} ").unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(shown).unwrap(),
        claims
    );
}

#[test]
fn what_is_no_token_is_an_error_that_repeats_nothing() {
    let brace = encode("{");
    for text in [
        "",
        "canary",
        "canary.canary",
        "canary.canary.canary",
        "....",
        &format!("{brace}.{brace}."),
        &".".repeat(9000),
    ] {
        let error = inspect(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}
