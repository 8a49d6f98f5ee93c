//! `aud`: names one of our audiences (RFC 7519 section 4.1.3, RFC 8725 section 3.9).

use super::claims::{Claims, Field};
use super::issuer::nearest;
use super::{Mismatch, Reason};

/// One string, or an array of nothing but strings, of which one is exactly ours.
pub(super) fn check(claims: &Claims, accepted: &[Box<str>]) -> Result<(), Reason> {
    match claims.fields.audience {
        Field::Value(_) => {}
        Field::Absent => return Err(Reason::AudienceMismatch(Mismatch::Missing)),
        Field::Null | Field::Invalid => return Err(Reason::AudienceMismatch(Mismatch::WrongType)),
    }
    let mut found = claims.list(claims.fields.audience);
    if found
        .clone()
        .any(|audience| accepted.iter().any(|ours| **ours == *audience))
    {
        return Ok(());
    }
    let mismatch = found
        .next()
        .map_or(Mismatch::Missing, |first| nearest(first, accepted));
    Err(Reason::AudienceMismatch(mismatch))
}
