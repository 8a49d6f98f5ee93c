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
