//! What a rule may not say, beyond its grammar.

use std::collections::HashSet;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{LitStr, Path};

use super::model::{Expected, Role, Rule};
use crate::diag::Errors;

pub(crate) fn check(rule: &Rule, errors: &mut Errors) {
    match rule {
        Rule::Any(rules) | Rule::All(rules) => {
            duplicates(rules, errors);
            for rule in rules {
                check(rule, errors);
            }
        }
        Rule::Not(rule) => check(rule, errors),
        Rule::Role(Role::Text(role)) => text("role", role, errors),
        Rule::Scope(scope) => scope_token(scope, errors),
        Rule::Subject(parameter) => path_parameter(parameter, errors),
        Rule::Claim(path, expected) => {
            claim(path, errors);
            if let Expected::Path(parameter) = expected {
                path_parameter(parameter, errors);
            }
        }
        // The compiler knows the type of what is named.
        Rule::Named(_) | Rule::Role(Role::Typed(_)) => {}
    }
}

/// Texts are compared byte by byte, so a stray blank would lock everybody out, silently.
pub(crate) fn text(what: &str, text: &LitStr, errors: &mut Errors) {
    let value = text.value();
    if value.is_empty() {
        errors.at(text.span(), format!("the {what} is empty"));
    } else if value.trim().is_empty() {
        errors.at(text.span(), format!("the {what} is blank"));
    } else if value.trim() != value {
        let message = format!(
            "the {what} has white space at an end, and is compared byte by byte; write `{:?}`",
            value.trim()
        );
        errors.at(text.span(), message);
    } else if value.chars().any(char::is_control) {
        errors.at(
            text.span(),
            format!("the {what} has a control character in it"),
        );
    }
}

/// `{user_id}` in a path is `user_id` in a rule.
fn path_parameter(parameter: &LitStr, errors: &mut Errors) {
    let value = parameter.value();
    let name = value.trim_matches(['{', '*', '}']);
    if name.is_empty() || name == value {
        text("path parameter", parameter, errors);
    } else {
        let message = format!("a path parameter is named without braces; write `path({name:?})`");
        errors.at(parameter.span(), message);
    }
}

/// RFC 6749 section 3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
fn scope_token(scope: &LitStr, errors: &mut Errors) {
    let value = scope.value();
    let allowed = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
    if value.trim().is_empty() {
        text("scope", scope, errors);
    } else if value.contains(' ') {
        let each: Vec<String> = value
            .split_whitespace()
            .map(|one| format!("scope = {one:?}"))
            .collect();
        let message = format!(
            "a scope has no blank in it; for several write `all({})`",
            each.join(", ")
        );
        errors.at(scope.span(), message);
    } else if let Some(bad) = value.chars().find(|c| !allowed(*c)) {
        errors.at(
            scope.span(),
            format!("a scope cannot have {bad:?} in it (RFC 6749 section 3.3)"),
        );
    }
}

fn claim(path: &[LitStr], errors: &mut Errors) {
    for segment in path {
        text("claim", segment, errors);
    }
    if let [only] = path {
        let key = match only.value().as_str() {
            "roles" => "role",
            "scope" => "scope",
            _ => return,
        };
        let message = format!(
            "`{}` is a list, and a claim is compared as a whole; write `{key} = …`",
            only.value()
        );
        errors.at(only.span(), message);
    }
}

/// The same role, scope, parameter or constant twice side by side.
fn duplicates(rules: &[Rule], errors: &mut Errors) {
    let mut seen = HashSet::new();
    for rule in rules {
        let (what, word, span) = match rule {
            Rule::Role(Role::Text(role)) => ("role", role.value(), role.span()),
            Rule::Role(Role::Typed(path)) => ("role", words(path), last_word(path)),
            Rule::Scope(scope) => ("scope", scope.value(), scope.span()),
            Rule::Subject(name) => ("path parameter", name.value(), name.span()),
            Rule::Named(path) => ("rule", words(path), last_word(path)),
            Rule::Any(_) | Rule::All(_) | Rule::Not(_) | Rule::Claim(..) => continue,
        };
        let message = format!("the {what} `{word}` is given twice; keep one of them");
        if !seen.insert((what, word)) {
            errors.at(span, message);
        }
    }
}

/// A path as the user wrote it.
fn words(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

fn last_word(path: &Path) -> Span {
    path.segments
        .last()
        .map_or_else(|| path.span(), |last| last.ident.span())
}
