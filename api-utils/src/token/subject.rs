//! `sub`, `cnf`, `jti`, `roles` and `scope`: whose a token is, and the types of what the
//! application reads.

use super::Reason;
use super::claims::{Claims, Field};

/// `sub` is required, a string, not blank: a request must be somebody's (RFC 9068 section 2.2).
pub(super) fn check_subject(claims: &Claims) -> Result<(), Reason> {
    match claims.fields.subject {
        Field::Value(span) if !claims.text(span).trim().is_empty() => Ok(()),
        _ => Err(Reason::SubjectInvalid),
    }
}

/// `cnf` binds a token to a key, so that whoever steals it cannot use it (RFC 7800, RFC 8705,
/// RFC 9449). To take it from a bearer would undo that.
pub(super) fn check_unbound(claims: &Claims) -> Result<(), Reason> {
    match claims.fields.confirmation {
        Field::Absent => Ok(()),
        _ => Err(Reason::SenderConstrained),
    }
}

/// The others may be absent or `null`; if they are there, they are of their types.
pub(super) fn check_types(claims: &Claims) -> Result<(), Reason> {
    let fields = &claims.fields;
    if fields.id == Field::Invalid {
        return Err(Reason::TokenIdInvalid);
    }
    if fields.roles == Field::Invalid {
        return Err(Reason::RolesInvalid);
    }
    if fields.scope == Field::Invalid || fields.scp == Field::Invalid {
        return Err(Reason::ScopeInvalid);
    }
    Ok(())
}
