//! Tokens to a [`Rule`]. An error in one part does not hide an error in the next.

use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Path, Token, parenthesized, token};

use super::model::Rule;
use super::value::{self, CLAIM_VALUES};
use crate::diag::{self, Errors};

const KEYS: &[&str] = &[
    "role", "roles", "scope", "sub", "claim", "any", "all", "not",
];
const OPERATORS: &[&str] = &["any", "all", "not", "claim"];

/// Deeper rules are refused, so that no input can exhaust the compiler's stack.
const MAX_DEPTH: usize = 16;

/// Parses `a, b, c` to the end; after an error goes on behind the next comma.
pub(crate) fn separated(
    input: ParseStream<'_>,
    errors: &mut Errors,
    each: &mut dyn FnMut(ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) {
    while !input.is_empty() {
        if let Err(error) = each(input, errors) {
            errors.push(error);
            skip_to_comma(input);
        }
        if !input.is_empty() && !input.peek(Token![,]) {
            errors.push(input.error("expected `,`"));
            skip_to_comma(input);
        }
        // Nothing, or the comma.
        let _ = input.parse::<Option<Token![,]>>();
    }
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}

/// One part of a rule.
pub(crate) fn part(input: ParseStream<'_>, errors: &mut Errors, depth: usize) -> syn::Result<Rule> {
    if depth > MAX_DEPTH {
        return Err(input.error(format!(
            "the rule is nested more than {MAX_DEPTH} deep; name a part of it by a constant"
        )));
    }
    if input.peek(LitStr) {
        let text: LitStr = input.parse()?;
        let message = format!(
            "a text alone does not say what is asked; write `role = {0}` or `scope = {0}`",
            text.token()
        );
        return Err(syn::Error::new(text.span(), message));
    }
    let key = input.fork().call(Ident::parse_any);
    let Ok(key) = key else {
        return Err(input.error("expected a rule, such as `role = \"admin\"`"));
    };
    if input.peek2(Token![=]) && !input.peek2(Token![==]) {
        let _ = input.call(Ident::parse_any)?;
        let _: Token![=] = input.parse()?;
        key_value(&key, input, errors)
    } else if input.peek2(token::Paren) {
        let _ = input.call(Ident::parse_any)?;
        operator(&key, input, errors, depth)
    } else {
        named(&key, input)
    }
}

fn key_value(key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Rule> {
    match key.to_string().as_str() {
        "role" => value::role(key, input).map(Rule::Role),
        "scope" => value::scope(key, input).map(Rule::Scope),
        "roles" => value::roles(key, input, errors),
        "sub" => {
            if input.peek(LitStr) {
                return Err(input.error(
                    "`sub` is compared with a path parameter, `sub = path(user_id)`; \
                     for a fixed subject write `claim(sub) = \"…\"`",
                ));
            }
            value::path_parameter(input).map(Rule::Subject)
        }
        word @ ("any" | "all" | "not") => Err(syn::Error::new(
            key.span(),
            format!("`{word}` takes rules in parentheses; write `{word}(…)`"),
        )),
        "claim" => Err(syn::Error::new(
            key.span(),
            "say which claim; write `claim(name) = …`",
        )),
        "scopes" => Err(syn::Error::new(
            key.span(),
            "`scopes` would not say whether all of them are needed; write \
             `all(scope = \"a\", scope = \"b\")` or `any(scope = \"a\", scope = \"b\")`",
        )),
        _ => Err(diag::unknown_key(key, "key", KEYS)),
    }
}

fn operator(
    key: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
    depth: usize,
) -> syn::Result<Rule> {
    let content;
    parenthesized!(content in input);
    let rule = inside(key, &content, errors, depth);
    drain(&content);
    match rule? {
        Inside::Rule(rule) => Ok(rule),
        Inside::Claim(path) if input.peek(Token![=]) => {
            let _: Token![=] = input.parse()?;
            Ok(Rule::Claim(path, value::expected(input)?))
        }
        Inside::Claim(_) => Err(syn::Error::new(key.span(), CLAIM_VALUES)),
    }
}

/// What stands in an operator's parentheses.
enum Inside {
    Rule(Rule),
    /// The name of a claim, whose value is still to come.
    Claim(Vec<LitStr>),
}

fn inside(
    key: &Ident,
    content: ParseStream<'_>,
    errors: &mut Errors,
    depth: usize,
) -> syn::Result<Inside> {
    let content_was_empty = content.is_empty();
    let rule = match key.to_string().as_str() {
        word @ ("any" | "all") => {
            if content_was_empty {
                let means = if word == "any" { "nobody" } else { "everybody" };
                return Err(syn::Error::new(
                    key.span(),
                    format!("`{word}()` without a rule in it would mean {means}; name the rules"),
                ));
            }
            let rules = parts(content, errors, depth);
            match word {
                "any" => Rule::Any(rules),
                _ => Rule::All(rules),
            }
        }
        "not" => {
            let mut rules = parts(content, errors, depth);
            match (rules.pop(), rules.is_empty()) {
                (Some(rule), true) => Rule::Not(Box::new(rule)),
                // Its error is kept already.
                (None, _) if !content_was_empty => Rule::Any(Vec::new()),
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "`not` takes one rule; for several write `not(any(…))` or `not(all(…))`",
                    ));
                }
            }
        }
        "claim" => return value::claim_path(content).map(Inside::Claim),
        word @ ("role" | "roles" | "scope" | "sub") => {
            return Err(syn::Error::new(
                key.span(),
                format!("`{word}` takes a value; write `{word} = …`"),
            ));
        }
        _ => return Err(diag::unknown_key(key, "operator", OPERATORS)),
    };
    Ok(Inside::Rule(rule))
}

/// Reads the rest, so that syn does not report it after our own error.
pub(super) fn drain(input: ParseStream<'_>) {
    while input.parse::<TokenTree>().is_ok() {}
}

fn parts(input: ParseStream<'_>, errors: &mut Errors, depth: usize) -> Vec<Rule> {
    let mut rules = Vec::new();
    separated(input, errors, &mut |input, errors| {
        rules.push(part(input, errors, depth.saturating_add(1))?);
        Ok(())
    });
    rules
}

/// A path to a constant; a lone lower-case word is a key that lacks its value.
fn named(key: &Ident, input: ParseStream<'_>) -> syn::Result<Rule> {
    let path = input.call(Path::parse_mod_style)?;
    let word = key.to_string();
    let constant = path.segments.len() > 1 || word.chars().all(|c| !c.is_lowercase());
    if constant {
        return Ok(Rule::Named(path));
    }
    Err(match diag::nearest(&word, KEYS) {
        Some(known) => {
            let form = match known {
                "any" | "all" | "not" => "(…)",
                "claim" => "(name) = …",
                _ => " = …",
            };
            syn::Error::new(key.span(), format!("write `{known}{form}`"))
        }
        None => syn::Error::new(
            key.span(),
            format!("a word alone does not say what is asked; write `role = \"{word}\"`"),
        ),
    })
}

/// Parses `tokens` to the end by `each`, with every error kept.
pub(crate) fn parse_list(
    tokens: proc_macro2::TokenStream,
    errors: &mut Errors,
    each: &mut dyn FnMut(ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) {
    let parser = |input: ParseStream<'_>| {
        separated(input, errors, each);
        Ok(())
    };
    let parsed = parser.parse2(tokens);
    errors.keep(parsed);
}
