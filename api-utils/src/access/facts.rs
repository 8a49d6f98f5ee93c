//! What a rule is told of a caller.

use axum::extract::RawPathParams;

use super::evaluate::{Fact, Facts, Parameter};
use crate::token::{ClaimValue, TextList, Token};

/// A verified token at a matched route.
pub(super) struct Caller<'a> {
    token: &'a Token,
    subject: &'a str,
    // Looked up once, however many nodes of the rule ask.
    roles: TextList<'a>,
    scopes: [TextList<'a>; 2],
    parameters: &'a Parameters,
}

impl<'a> Caller<'a> {
    pub(super) fn of(token: &'a Token, subject: &'a str, parameters: &'a Parameters) -> Self {
        Self {
            token,
            subject,
            roles: token.role_list(),
            scopes: token.scope_lists(),
            parameters,
        }
    }
}

/// The path parameters of the route, percent-decoded.
pub(super) enum Parameters {
    /// No router, or a rule that reads none.
    None,
    Routed(RawPathParams),
    Decoded(Vec<(String, String)>),
}

impl Parameters {
    fn get(&self, name: &str) -> Parameter<'_> {
        match self {
            Self::None => Parameter::Missing,
            Self::Routed(parameters) => only(name, parameters),
            Self::Decoded(parameters) => only(
                name,
                parameters.iter().map(|(key, value)| (&**key, &**value)),
            ),
        }
    }
}

fn only<'a>(name: &str, all: impl IntoIterator<Item = (&'a str, &'a str)>) -> Parameter<'a> {
    let mut values = all
        .into_iter()
        .filter_map(|(key, value)| (key == name).then_some(value));
    match (values.next(), values.next()) {
        (None, _) => Parameter::Missing,
        (Some(value), None) => Parameter::Value(value),
        (Some(_), Some(_)) => Parameter::Twice,
    }
}

impl Facts for Caller<'_> {
    fn has_role(&self, role: &str) -> bool {
        self.roles.contains(role)
    }

    fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|list| list.contains(scope))
    }

    fn subject(&self) -> &str {
        self.subject
    }

    fn claim(&self, path: &[&str]) -> Fact<'_> {
        match self.token.claims().get(path) {
            ClaimValue::Absent => Fact::Absent,
            ClaimValue::Text(text) => Fact::Text(text),
            ClaimValue::Integer(number) => Fact::Integer(number),
            ClaimValue::Bool(truth) => Fact::Boolean(truth),
            ClaimValue::Other => Fact::Other,
        }
    }

    fn parameter(&self, name: &str) -> Parameter<'_> {
        self.parameters.get(name)
    }
}
