//! What cannot be guarded.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{FnArg, Pat, PatType, Type};

use super::model::{GUARD, Handler};
use crate::diag::Errors;

/// axum takes 16 arguments, and the guard is one.
const MAX_ARGUMENTS: usize = 15;

const TOKEN_OF_NOBODY: &str = "a public handler has no `Token`: who comes without one would be \
                               refused; write `Option<Token>`, or `#[require_token]` instead of \
                               `#[public]`";

/// Whether the head is one that a guard can be put into; each reason it is not is kept.
pub(crate) fn check(handler: &Handler, macro_name: &str, errors: &mut Errors) -> bool {
    let signature = &handler.signature;
    let mut refused: Vec<(Span, String)> = Vec::new();
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first() {
        refused.push((
            receiver.self_token.span,
            "a method cannot be a handler; write a free `async fn`, and take what it needs from \
             `State`"
                .to_owned(),
        ));
    }
    if handler.has_no_body() {
        refused.push((
            signature.fn_token.span,
            "a function of a trait cannot be a handler; write a free `async fn` with a body"
                .to_owned(),
        ));
    }
    if let Some(word) = &signature.constness {
        refused.push((word.span(), "a handler cannot be `const`".to_owned()));
    }
    if let Some(word) = unsafe_keyword(handler) {
        refused.push((word, "a handler cannot be `unsafe`".to_owned()));
    }
    if let Some(abi) = &signature.abi {
        refused.push((abi.span(), "a handler cannot be `extern`".to_owned()));
    }
    if signature.asyncness.is_none() {
        refused.push((
            signature.fn_token.span,
            format!("a handler is async; write `async fn {}`", signature.ident),
        ));
    }
    if let Some(argument) = signature.inputs.iter().nth(MAX_ARGUMENTS) {
        refused.push((
            argument.span(),
            format!("a guarded handler takes at most {MAX_ARGUMENTS} arguments"),
        ));
    }
    if let Some((other, span)) = second_rule(handler) {
        refused.push((
            span,
            if other == macro_name {
                format!("`#[{other}]` stands twice; put everything into one")
            } else {
                "a handler is public or asks for a token, not both; remove one of the two"
                    .to_owned()
            },
        ));
    }
    if is_guarded(handler) {
        refused.push((
            Span::call_site(),
            "the handler has a rule already, by an attribute above; put everything into one"
                .to_owned(),
        ));
    }
    if macro_name == "public"
        && let Some(token) = signature.inputs.iter().find_map(token_argument)
    {
        refused.push((token, TOKEN_OF_NOBODY.to_owned()));
    }
    let guardable = refused.is_empty();
    for (span, message) in refused {
        errors.at(span, message);
    }
    guardable
}

/// `unsafe fn`, or `safe fn` of an `extern` block.
fn unsafe_keyword(handler: &Handler) -> Option<Span> {
    match &handler.signature.safety {
        syn::Safety::Default => None,
        safety => Some(safety.span()),
    }
}

/// Another attribute of ours below this one.
fn second_rule(handler: &Handler) -> Option<(String, Span)> {
    handler.attributes.iter().find_map(|attribute| {
        let last = attribute.path().segments.last()?;
        let name = last.ident.to_string();
        matches!(name.as_str(), "require_token" | "public").then(|| (name, last.ident.span()))
    })
}

/// Another attribute of ours above, under whatever name, has put its guard in.
fn is_guarded(handler: &Handler) -> bool {
    matches!(
        handler.signature.inputs.first(),
        Some(FnArg::Typed(PatType { pat, .. }))
            if matches!(&**pat, Pat::Ident(name) if name.ident == GUARD)
    )
}

/// An argument of our type `Token`, as far as its name can tell: a path of its own, such as
/// `csrf::Token`, is another type.
fn token_argument(argument: &FnArg) -> Option<Span> {
    let FnArg::Typed(argument) = argument else {
        return None;
    };
    let Type::Path(path) = &*argument.ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let first = path.path.segments.first()?;
    let ours = path.path.segments.len() == 1 || first.ident == "api_utils";
    (ours && last.ident == "Token").then(|| last.ident.span())
}
