//! `iss`: exactly one of the accepted issuers (RFC 7519 section 4.1.1, RFC 8725 section 3.8).

use super::claims::{Claims, Field};
use super::{Mismatch, Reason};

/// Code point by code point: no case folding, no slash added or taken away.
pub(super) fn check(claims: &Claims, accepted: &[Box<str>]) -> Result<(), Reason> {
    let found = match claims.fields.issuer {
        Field::Value(span) => claims.text(span),
        Field::Absent => return Err(Reason::IssuerMismatch(Mismatch::Missing)),
        Field::Null | Field::Invalid => return Err(Reason::IssuerMismatch(Mismatch::WrongType)),
    };
    if accepted.iter().any(|issuer| **issuer == *found) {
        return Ok(());
    }
    Err(Reason::IssuerMismatch(nearest(found, accepted)))
}

/// The most telling mismatch with any of the accepted texts.
pub(super) fn nearest(found: &str, accepted: &[Box<str>]) -> Mismatch {
    accepted
        .iter()
        .map(|expected| Mismatch::between(found, expected))
        .find(|mismatch| *mismatch != Mismatch::Different)
        .unwrap_or(Mismatch::Different)
}
