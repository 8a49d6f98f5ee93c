//! `aud`: names one of our audiences (RFC 7519 section 4.1.3, RFC 8725 section 3.9).

use super::claims::{Claims, Field};
use super::issuer::nearest;
use super::{ClaimValue, Mismatch, Reason};

/// The claim that says whom a token is for.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Audience, Issuer};
///
/// let auth = Auth::builder("https://id.example", ["my-client"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .audience(Audience::client_id())
///     .build()?;
/// let issuer = Issuer::of(&auth)?;
/// let minted = issuer.token("alice").claim("client_id", "my-client").mint()?;
/// assert!(auth.verify(&minted.token).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Audience {
    from_client_id: bool,
}

impl Audience {
    /// `aud`, one string or an array of them: what every standard says.
    ///
    /// ```
    /// use api_utils::token::Audience;
    /// assert_eq!(Audience::aud(), Audience::default());
    /// ```
    #[must_use]
    pub const fn aud() -> Self {
        Self {
            from_client_id: false,
        }
    }

    /// `client_id` (RFC 8693 section 4.3), of providers whose access tokens have no `aud`. Only the
    /// client itself may then be the audience. A token that has an `aud` all the same must name us
    /// there too: it may be for somebody else (RFC 7519 section 4.1.3).
    ///
    /// ```
    /// use api_utils::token::Audience;
    /// assert_ne!(Audience::client_id(), Audience::aud());
    /// ```
    #[must_use]
    pub const fn client_id() -> Self {
        Self {
            from_client_id: true,
        }
    }

    pub(super) fn check(self, claims: &Claims, accepted: &[Box<str>]) -> Result<(), Reason> {
        if self.from_client_id {
            check_client_id(claims, accepted)?;
            match claims.fields.audience {
                Field::Absent => Ok(()),
                _ => check_aud(claims, accepted),
            }
        } else {
            check_aud(claims, accepted)
        }
    }
}

/// One string, or an array of nothing but strings, of which one is exactly ours.
fn check_aud(claims: &Claims, accepted: &[Box<str>]) -> Result<(), Reason> {
    match claims.fields.audience {
        Field::Value(_) => {}
        Field::Absent => return Err(Reason::AudienceMismatch(Mismatch::Missing)),
        Field::Null | Field::Invalid => return Err(Reason::AudienceMismatch(Mismatch::WrongType)),
    }
    let found = claims.texts(claims.fields.audience);
    if accepted.iter().any(|ours| found.contains(ours)) {
        return Ok(());
    }
    let mismatch = found
        .first()
        .map_or(Mismatch::Missing, |first| nearest(first, accepted));
    Err(Reason::AudienceMismatch(mismatch))
}

/// One string that is exactly ours.
fn check_client_id(claims: &Claims, accepted: &[Box<str>]) -> Result<(), Reason> {
    let mismatch = match claims.get(&["client_id"]) {
        ClaimValue::Text(found) if accepted.iter().any(|ours| **ours == *found) => return Ok(()),
        ClaimValue::Text(found) => nearest(&found, accepted),
        ClaimValue::Absent => Mismatch::Missing,
        _ => Mismatch::WrongType,
    };
    Err(Reason::AudienceMismatch(mismatch))
}
