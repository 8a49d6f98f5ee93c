//! What stands right of `=` and in `claim(…)`, `path(…)`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitBool, LitInt, LitStr, Path, Token, bracketed, parenthesized, token};

use super::attr::{drain, separated};
use super::model::{Expected, Role, Rule};
use crate::diag::Errors;

/// `"admin"` or `Role::Admin`.
pub(super) fn role(key: &Ident, input: ParseStream<'_>) -> syn::Result<Role> {
    let list = "`role` takes one role; for several write `roles = [\"a\", \"b\"]`";
    if input.peek(token::Bracket) {
        return Err(input.error(list));
    }
    one_role(
        &format!("write `{key} = \"admin\"` or `{key} = Role::Admin`"),
        input,
    )
}

fn one_role(remedy: &str, input: ParseStream<'_>) -> syn::Result<Role> {
    if input.peek(LitStr) {
        return input.parse().map(Role::Text);
    }
    if !input.peek(Token![::]) && input.fork().call(Ident::parse_any).is_err() {
        return Err(input.error(format!("expected a role; {remedy}")));
    }
    let path = input.call(Path::parse_mod_style)?;
    if input.peek(token::Paren) {
        let message = format!("expected a role; {remedy}");
        return Err(syn::Error::new_spanned(path, message));
    }
    if let Some(word) = path.get_ident()
        && word.to_string().starts_with(char::is_lowercase)
    {
        let message = format!("a role is a text or a variant; write `\"{word}\"`");
        return Err(syn::Error::new(word.span(), message));
    }
    Ok(Role::Typed(path))
}

pub(super) fn scope(key: &Ident, input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek(token::Bracket) {
        return Err(input.error(
            "`scope` takes one text; for several write `any(scope = \"a\", scope = \"b\")`",
        ));
    }
    input.parse().map_err(|error: syn::Error| {
        let message = format!("expected a text; write `{key} = \"posts:write\"`");
        syn::Error::new(error.span(), message)
    })
}

pub(super) fn roles(key: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Rule> {
    if !input.peek(token::Bracket) {
        return Err(input.error("expected a list; write `roles = [\"admin\", \"editor\"]`"));
    }
    let content;
    bracketed!(content in input);
    if content.is_empty() {
        return Err(syn::Error::new(
            key.span(),
            "`roles = []` would let nobody in; name the roles, or leave `roles` out for any \
             valid token",
        ));
    }
    let remedy = format!("write `{key} = [\"admin\", Role::Editor]`");
    let mut rules = Vec::new();
    separated(&content, errors, &mut |input, _| {
        rules.push(one_role(&remedy, input).map(Rule::Role)?);
        Ok(())
    });
    Ok(match rules.pop() {
        Some(only) if rules.is_empty() => only,
        last => {
            rules.extend(last);
            Rule::Any(rules)
        }
    })
}

/// `path(user_id)` or `path("user-id")`.
pub(super) fn path_parameter(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let expected = "expected a path parameter; write `path(user_id)`";
    let start = input.span();
    let word = input
        .call(Ident::parse_any)
        .map_err(|error| syn::Error::new(error.span(), expected))?;
    if word != "path" || !input.peek(token::Paren) {
        return Err(syn::Error::new(start, expected));
    }
    let content;
    parenthesized!(content in input);
    let name = name(&content).map_err(|error| syn::Error::new(error.span(), expected));
    let more = (!content.is_empty())
        .then(|| content.error("expected one path parameter; write `path(user_id)`"));
    drain(&content);
    match (name?, more) {
        (name, None) => Ok(name),
        (_, Some(error)) => Err(error),
    }
}

/// A name: an identifier, or a text where it is none.
fn name(input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    let word = input.call(Ident::parse_any)?;
    Ok(LitStr::new(&word.unraw().to_string(), word.span()))
}

pub(super) fn claim_path(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let mut path = Vec::new();
    loop {
        path.push(name(input).map_err(|error| {
            syn::Error::new(
                error.span(),
                "expected the name of a claim; write `claim(tenant)`, `claim(\"odd name\")` or \
                 `claim(\"outer\".\"inner\")`",
            )
        })?);
        if input.is_empty() {
            return Ok(path);
        }
        let _: Token![.] = input.parse().map_err(|error: syn::Error| {
            let message = "expected `.` and a claim inside; a name with other characters stands in \
                           quotes, `claim(\"odd name\")`";
            syn::Error::new(error.span(), message)
        })?;
    }
}

pub(super) const CLAIM_VALUES: &str = "a claim is compared with a text, a whole number, `true`, `false` or \
                            `path(…)`; write `claim(tenant) = path(tenant_id)`";

pub(super) fn expected(input: ParseStream<'_>) -> syn::Result<Expected> {
    let start: Span = input.span();
    if input.peek(LitStr) {
        return input.parse().map(Expected::Text);
    }
    if input.peek(LitBool) {
        return input.parse().map(Expected::Boolean);
    }
    let minus: Option<Token![-]> = input.parse()?;
    if input.peek(LitInt) {
        let digits: LitInt = input.parse()?;
        let sign = if minus.is_some() { "-" } else { "" };
        let number = format!("{sign}{}", digits.base10_digits());
        let fits = || syn::Error::new(start, "the number does not fit into an `i64`");
        return number.parse().map(Expected::Integer).map_err(|_| fits());
    }
    if minus.is_none() && input.peek(syn::Ident) {
        return path_parameter(input)
            .map(Expected::Path)
            .map_err(|error| syn::Error::new(error.span(), CLAIM_VALUES));
    }
    Err(syn::Error::new(start, CLAIM_VALUES))
}
