//! Reading a token without verifying it: to look at one, never to let anybody in by it.

use std::fmt;

use serde::de::IgnoredAny;

use super::base64url;
use super::compact;

/// What a token says of itself, verified by nobody.
///
/// It has no subject, no roles and no claims to ask for, it converts to nothing, and no guard, rule
/// or extractor takes it. `Display` shows it whole, on one line after the word `UNVERIFIED`;
/// `Debug` shows no claim.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer, inspect};
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
/// let minted = Issuer::of(&auth)?.token("alice").mint()?;
///
/// let unverified = inspect(&minted.token)?;
/// let shown = unverified.to_string();
/// assert!(shown.starts_with(r#"UNVERIFIED {"alg":"HS256","typ":"JWT"} {"#));
/// assert!(shown.contains(r#""sub":"alice""#));
/// assert_eq!(format!("{unverified:?}"), "UNVERIFIED");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Unverified {
    // As they are written: a value would lose a member that is there twice, and digits.
    header: String,
    claims: String,
}

/// What is not even shaped like a token. It does not repeat the text.
///
/// ```
/// let error = api_utils::token::inspect("not a token").unwrap_err();
/// assert!(error.to_string().starts_with("the text is not three segments of base64url and JSON"));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the text is not three segments of base64url and JSON, or is longer than 8 KiB")]
#[non_exhaustive]
pub struct InspectError;

/// Reads a token without looking at its signature.
///
/// # Errors
/// [`InspectError`], where there is nothing to read.
///
/// ```
/// use api_utils::token::inspect;
///
/// let forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.";
/// assert_eq!(inspect(forged)?.to_string(), r#"UNVERIFIED {"alg":"none"} {"sub":"root"}"#);
/// # Ok::<(), api_utils::token::InspectError>(())
/// ```
pub fn inspect(token: &str) -> Result<Unverified, InspectError> {
    let compact = compact::split(token.as_bytes()).map_err(|_| InspectError)?;
    let read = |segment| {
        let json = String::from_utf8(base64url::decode(segment)?).ok()?;
        serde_json::from_str::<IgnoredAny>(&json).ok()?;
        Some(json)
    };
    Ok(Unverified {
        header: read(compact.header).ok_or(InspectError)?,
        claims: read(compact.payload).ok_or(InspectError)?,
    })
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = format!("UNVERIFIED {} {}", self.header, self.claims);
        shown.chars().try_for_each(|c| write_visibly(c, f))
    }
}

/// JSON may have characters as they are that end a line, steer a terminal or turn text about; it
/// may have their codes as well.
fn write_visibly(c: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // Between the parts of JSON; within a text they are written as codes.
    if matches!(c, '\n' | '\r' | '\t') {
        return f.write_str(" ");
    }
    let is_visible = match c {
        ' '..='~' => true,
        _ => c.escape_debug().len() == 1,
    };
    if is_visible {
        return write!(f, "{c}");
    }
    c.encode_utf16(&mut [0; 2])
        .iter()
        .try_for_each(|unit| write!(f, "\\u{unit:04x}"))
}

impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UNVERIFIED")
    }
}
