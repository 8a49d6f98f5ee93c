//! One event for each request that met a guard, and one for each that an extractor refused: to
//! `tracing`, target `api_utils::audit`, and to the sink of the [settings](super::settings).
//!
//! It never has a token in it, nor any claim but the verified subject, nor a line break.

use std::fmt;

use axum::extract::MatchedPath;
use http::Method;
use http::request::Parts;
use tracing::{debug, error, info, warn};

use super::clean::Clean;
use super::guard::Access;
use super::settings::AccessSettings;
use crate::token::Reason;

const TARGET: &str = "api_utils::audit";

/// What became of the request, and why.
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
    /// The claim has another type than the rule compares with.
    ClaimType,
    /// The route has this path parameter twice, or not at all.
    ParameterTwice(Option<&'static str>),
    ParameterMissing(Option<&'static str>),
}

/// What became of a request that met a guard.
///
/// ```
/// use api_utils::access::AuditOutcome;
///
/// assert_eq!(AuditOutcome::Denied.to_string(), "denied");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AuditOutcome {
    /// The handler is public. Its `Option<Token>` may refuse a token yet, with an event of its own.
    Public,
    /// The token meets the rule. A `Token<C>` may refuse its claims yet, with an event of its own.
    Allowed,
    /// 401 or 400: no valid token, or a malformed request.
    Refused,
    /// 403: the token does not meet the rule.
    Denied,
    /// 500: the rule cannot be answered at this route.
    Fault,
}

impl fmt::Display for AuditOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::Allowed => "allowed",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Fault => "fault",
        })
    }
}

/// One request that met a guard, or that an extractor refused, for a
/// [sink](AccessSettings::audit_sink) of your own.
///
/// What comes from outside is escaped, one line, cut at 128 characters, and between quotes where
/// there is a space or an equals sign in it; [`method`](Self::method) alone is as it came.
///
/// ```
/// use api_utils::access::{AccessSettings, AuditEvent};
///
/// let settings = AccessSettings::new().audit_sink(|event: &AuditEvent<'_>| {
///     println!("{} {} {}", event.outcome(), event.method(), event.route());
/// });
/// ```
#[derive(Clone, Copy)]
pub struct AuditEvent<'a> {
    outcome: Outcome,
    /// None, where no guard but an extractor speaks.
    access: Option<&'a Access>,
    // The rest is looked up only where somebody listens.
    parts: &'a Parts,
    subject: Option<&'a str>,
}

/// What the event says, and nothing else of the request.
impl fmt::Debug for AuditEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: Option<String>| value.unwrap_or_default();
        f.debug_struct("AuditEvent")
            .field("outcome", &self.outcome())
            .field(
                "reason",
                &text(self.reason().map(|reason| reason.to_string())),
            )
            .field("rule", &self.rule().to_string())
            .field("route", &self.route())
            .field("method", &self.shown_method().to_string())
            .field(
                "subject",
                &text(self.subject().map(|subject| subject.to_string())),
            )
            .field(
                "request_id",
                &text(self.request_id().map(|id| id.to_string())),
            )
            .finish()
    }
}

impl AuditEvent<'_> {
    /// What became of the request.
    #[must_use]
    pub const fn outcome(&self) -> AuditOutcome {
        match self.outcome {
            Outcome::Public => AuditOutcome::Public,
            Outcome::Allowed => AuditOutcome::Allowed,
            Outcome::Refused(_) | Outcome::PathInvalid => AuditOutcome::Refused,
            Outcome::Denied | Outcome::ClaimType => AuditOutcome::Denied,
            Outcome::ParameterTwice(_) | Outcome::ParameterMissing(_) => AuditOutcome::Fault,
        }
    }

    /// Why it was not let through: a class with a hint, without values of the token.
    #[must_use]
    pub fn reason(&self) -> Option<impl fmt::Display + '_> {
        match &self.outcome {
            Outcome::Public | Outcome::Allowed => None,
            outcome => Some(Why(outcome)),
        }
    }

    /// Who may call the handler, in the rule language, or `public: ` and the reason; `-` where it
    /// was no guard but a `Token` among the arguments that refused.
    #[must_use]
    pub fn rule(&self) -> impl fmt::Display + '_ {
        OrNone(self.access)
    }

    /// The path of the route as it was declared, `/users/{user_id}`; `-` outside of a router.
    #[must_use]
    pub fn route(&self) -> &str {
        let route = self.parts.extensions.get::<MatchedPath>();
        route.map_or("-", MatchedPath::as_str)
    }

    /// The method of the request.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.parts.method
    }

    fn shown_method(&self) -> Clean<'_> {
        Clean(self.parts.method.as_str().as_bytes())
    }

    /// The verified `sub`, where there is one and the
    /// [settings](AccessSettings::audit_subject) leave it in.
    #[must_use]
    pub fn subject(&self) -> Option<impl fmt::Display + '_> {
        self.subject.map(|subject| Clean(subject.as_bytes()))
    }

    /// The field `x-request-id` of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<impl fmt::Display + '_> {
        let id = self.parts.headers.get("x-request-id")?;
        Some(Clean(id.as_bytes()))
    }

    /// The levels: what passes is `debug`, a request without credentials for us `info`, every other
    /// refusal `warn`, a mistake of the service `error`.
    fn trace(&self) {
        macro_rules! event {
            ($level:ident) => {
                $level!(
                    target: TARGET,
                    outcome = %self.outcome(),
                    reason = self.reason().map(display),
                    rule = %self.rule(),
                    route = self.route(),
                    method = %self.shown_method(),
                    subject = self.subject().map(display),
                    request_id = self.request_id().map(display),
                )
            };
        }
        match (self.outcome(), self.outcome) {
            (AuditOutcome::Public | AuditOutcome::Allowed, _) => event!(debug),
            (_, Outcome::Refused(Reason::NoCredentials | Reason::OtherScheme)) => event!(info),
            (AuditOutcome::Refused | AuditOutcome::Denied, _) => event!(warn),
            (AuditOutcome::Fault, _) => event!(error),
        }
    }
}

struct OrNone<T>(Option<T>);

impl<T: fmt::Display> fmt::Display for OrNone<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(shown) => shown.fmt(f),
            None => f.write_str("-"),
        }
    }
}

struct Why<'a>(&'a Outcome);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Outcome::Public | Outcome::Allowed => Ok(()),
            Outcome::Refused(reason) => reason.fmt(f),
            Outcome::Denied => f.write_str("rule_not_met"),
            Outcome::PathInvalid => f.write_str("path_not_utf8"),
            Outcome::ClaimType => f.write_str("claim_of_another_type"),
            Outcome::ParameterTwice(name) => {
                write!(f, "path_parameter_twice({})", name.unwrap_or_default())
            }
            Outcome::ParameterMissing(name) => {
                write!(f, "path_parameter_missing({})", name.unwrap_or_default())
            }
        }
    }
}

/// Writes the event of a request.
pub(super) fn record(
    parts: &Parts,
    settings: &AccessSettings,
    access: Option<&Access>,
    outcome: Outcome,
    subject: Option<&str>,
) {
    let event = AuditEvent {
        outcome,
        access,
        parts,
        subject: subject.filter(|_| settings.has_audit_subject()),
    };
    event.trace();
    settings.tell_sink(&event);
}
