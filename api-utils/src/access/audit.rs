//! One `tracing` event for each request that met a guard, target `api_utils::audit`.
//!
//! It never has a token in it, nor any claim but the verified subject, nor a line break.

use std::fmt;

use axum::extract::MatchedPath;
use http::request::Parts;
use tracing::field::{DisplayValue, display};
use tracing::{debug, error, info, warn};

use super::evaluate::Fault;
use super::guard::Access;
use crate::token::Reason;

const TARGET: &str = "api_utils::audit";

/// What became of the request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    /// The handler is public.
    Public,
    Allowed,
    /// No valid token.
    Refused(Reason),
    /// The token does not meet the rule.
    Denied,
    /// A path parameter that is not UTF-8 once decoded.
    PathInvalid,
    /// The rule could not be answered.
    Fault(Fault),
}

/// Writes the event. The levels: allowed as asked for is `info`, a refusal `warn`, a mistake of
/// the service `error`; a public handler, such as a liveness probe, is `debug`.
pub(super) fn record(parts: &Parts, access: &Access, outcome: Outcome, subject: Option<&str>) {
    // The fields are looked up only where somebody listens.
    macro_rules! event {
        ($level:ident, $outcome:literal, $reason:expr) => {
            $level!(
                target: TARGET,
                outcome = $outcome,
                reason = $reason,
                rule = %access,
                route = route(parts),
                method = %parts.method,
                subject = subject.map(Clean::text),
                request_id = request_id(parts),
            )
        };
    }
    let none: Option<&str> = None;
    match outcome {
        Outcome::Public => event!(debug, "public", none),
        Outcome::Allowed => event!(info, "allowed", none),
        Outcome::Refused(reason) => event!(warn, "refused", display(reason)),
        Outcome::Denied => event!(warn, "denied", "rule_not_met"),
        Outcome::PathInvalid => event!(warn, "refused", "path_not_utf8"),
        Outcome::Fault(Fault::ClaimType) => event!(warn, "denied", "claim_of_another_type"),
        Outcome::Fault(fault) => event!(error, "fault", display(fault)),
    }
}

fn route(parts: &Parts) -> &str {
    let route = parts.extensions.get::<MatchedPath>();
    route.map_or("-", MatchedPath::as_str)
}

fn request_id(parts: &Parts) -> Option<DisplayValue<Clean<'_>>> {
    let id = parts.headers.get("x-request-id")?;
    Some(display(Clean(id.as_bytes())))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClaimType => f.write_str("claim_of_another_type"),
            Self::ParameterTwice(name) => write!(f, "path_parameter_twice({name})"),
            Self::ParameterMissing(name) => write!(f, "path_parameter_missing({name})"),
        }
    }
}

/// Bytes from outside as one short printable line: escaped, cut.
struct Clean<'a>(&'a [u8]);

impl<'a> Clean<'a> {
    fn text(text: &'a str) -> DisplayValue<Self> {
        display(Self(text.as_bytes()))
    }
}

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_CHARS: usize = 128;
        let text = String::from_utf8_lossy(self.0);
        let mut chars = text.chars();
        for c in chars.by_ref().take(MAX_CHARS) {
            if c.is_control() || matches!(c, '\\' | '"' | '\u{2028}' | '\u{2029}') {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        if chars.next().is_some() {
            f.write_str("…")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Clean;

    #[test]
    fn cleans() {
        for (text, clean) in [
            (&b"alice"[..], "alice"),
            ("Zo\u{eb}".as_bytes(), "Zo\u{eb}"),
            (b"a\nlevel=INFO b", "a\\nlevel=INFO b"),
            (b"\"\\\x1b[31m", "\\\"\\\\\\u{1b}[31m"),
            ("\u{2028}".as_bytes(), "\\u{2028}"),
            (b"\xff", "\u{fffd}"),
        ] {
            assert_eq!(Clean(text).to_string(), clean);
        }
        let long = "x".repeat(4000);
        assert_eq!(Clean(long.as_bytes()).to_string().chars().count(), 129);
    }
}
