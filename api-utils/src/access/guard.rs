//! The guard: a handler's first argument, run before every other extractor.

use std::fmt;
use std::marker::PhantomData;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;

use super::audit::{self, Outcome};
use super::evaluate::{Verdict, evaluate, faulty_parameter};
use super::extract;
use super::facts::{Caller, Parameters};
use super::has_auth::HasAuth;
use super::rejection::Rejection;
use super::rule::Rule;

/// Who may call a handler.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Access {
    /// Anyone, for this reason.
    Public(&'static str),
    /// Whoever has a valid token that meets this rule.
    Token(Rule),
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(reason) => write!(f, "public: {reason}"),
            Self::Token(rule) => write!(f, "{rule}"),
        }
    }
}

/// The hidden type that an attribute writes beside a handler.
///
/// `#[require_token]` sets `RULE`, `#[public]` sets `ACCESS`; with neither nobody gets in.
pub trait HasRule {
    /// What a token has to meet.
    const RULE: Rule = Rule::Any(&[]);
    /// Who may call the handler.
    const ACCESS: Access = Access::Token(Self::RULE);
}

/// What an attribute puts before a handler's own arguments.
///
/// A value of it exists only after the rule of `R` allowed the request.
pub struct Guard<R> {
    rule: PhantomData<fn() -> R>,
}

/// The guard of a handler that a unit test calls directly: no request, no token, no rule.
///
/// It is there only with the cargo feature `testing`.
///
/// ```
/// use api_utils::testing::granted;
///
/// #[api_utils::require_token(role = "admin")]
/// async fn double(number: axum::Json<u32>) -> String {
///     number.0.saturating_mul(2).to_string()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(double(granted(), axum::Json(7)).await, "14");
/// # });
/// ```
#[cfg(feature = "testing")]
#[must_use]
pub const fn granted<R>() -> Guard<R> {
    Guard { rule: PhantomData }
}

/// The rule, as the access table has it: `#[tracing::instrument]` below an attribute of ours records
/// the guard where it is not told to skip it.
impl<R: HasRule> fmt::Debug for Guard<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&R::ACCESS, f)
    }
}

impl<R: HasRule> Guard<R> {
    /// Known when the handler is compiled, so that no request walks the rule for it.
    const READS_PATH: bool = match &R::ACCESS {
        Access::Token(rule) => rule.reads_path(),
        Access::Public(_) => false,
    };
}

impl<R: HasRule, S: HasAuth + Send + Sync> FromRequestParts<S> for Guard<R> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let settings = state.access_settings();
        let rule = match &R::ACCESS {
            Access::Public(_) => {
                audit::record(parts, settings, Some(&R::ACCESS), Outcome::Public, None);
                return Ok(Self { rule: PhantomData });
            }
            Access::Token(rule) => rule,
        };
        match authorize(parts, state, &R::ACCESS, rule, Self::READS_PATH) {
            Ok(()) => Ok(Self { rule: PhantomData }),
            Err(rejection) => Err(rejection.with_settings(settings)),
        }
    }
}

/// Lets the request through, or not, with one audit event either way.
fn authorize(
    parts: &mut Parts,
    state: &impl HasAuth,
    access: &Access,
    rule: &Rule,
    reads_path: bool,
) -> Result<(), Rejection> {
    let settings = state.access_settings();
    let token = match extract::authenticate(parts, state.auth()) {
        Ok(token) => token,
        Err(error) => {
            let outcome = Outcome::Refused(error.reason());
            audit::record(parts, settings, Some(access), outcome, None);
            return Err(Rejection::from(&error));
        }
    };
    let subject = token.subject();
    let parameters = if reads_path {
        path_parameters(parts)
    } else {
        Some(Parameters::None)
    };
    let (outcome, answer) = match &parameters {
        None => (Outcome::PathInvalid, Err(Rejection::invalid_request())),
        Some(parameters) => {
            let caller = Caller::of(&token, subject, parameters);
            let verdict = evaluate(rule, &caller);
            let parameter = || faulty_parameter(rule, verdict, &caller);
            match verdict {
                Verdict::Allow => (Outcome::Allowed, Ok(())),
                Verdict::Deny => (Outcome::Denied, Err(Rejection::not_met(rule, &token))),
                Verdict::ClaimType => (Outcome::ClaimType, Err(Rejection::forbidden())),
                Verdict::ParameterTwice => {
                    let outcome = Outcome::ParameterTwice(parameter());
                    (outcome, Err(Rejection::miswired()))
                }
                Verdict::ParameterMissing => {
                    let outcome = Outcome::ParameterMissing(parameter());
                    (outcome, Err(Rejection::miswired()))
                }
            }
        }
    };
    audit::record(parts, settings, Some(access), outcome, Some(subject));
    if answer.is_ok() {
        extract::leave(parts, token);
    }
    answer
}

/// The parameters of the matched route, decoded as axum's `Path` decodes them; none where one of
/// them is not UTF-8.
///
/// They are there already, so axum waits for nothing. An `await` would make the future of every
/// such handler larger, and to move that takes longer than to read the path.
fn path_parameters(parts: &mut Parts) -> Option<Parameters> {
    let parameters = pin!(RawPathParams::from_request_parts(parts, &()));
    match parameters.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(parameters)) => Some(Parameters::Routed(parameters)),
        // Without a router there are none, which the rule finds out.
        Poll::Ready(Err(RawPathParamsRejection::MissingPathParams(_))) | Poll::Pending => {
            Some(Parameters::None)
        }
        Poll::Ready(Err(_)) => None,
    }
}
