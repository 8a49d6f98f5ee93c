//! A handler function and its guard, shared by `#[require_token]` and `#[public]`.

mod attr;
mod check;
mod emit;
mod model;

use proc_macro2::TokenStream;

use crate::diag::Errors;
use crate::rule::Rule;
pub(crate) use model::Access;

/// The function `item` with a guard for `access`.
///
/// After an error the output is beside a `compile_error!`, and the guard is one that nobody
/// passes: a mistake never leaves a plain handler behind.
pub(crate) fn guard(
    macro_name: &str,
    access: Option<Access>,
    krate: &TokenStream,
    item: TokenStream,
    mut errors: Errors,
) -> TokenStream {
    let Some(handler) = errors.keep(attr::parse(item.clone(), macro_name)) else {
        let errors = errors.into_tokens();
        return quote::quote!(#errors #item);
    };
    if !check::check(&handler, macro_name, &mut errors) {
        let errors = errors.into_tokens();
        return quote::quote!(#errors #item);
    }
    let access = match access {
        Some(access) if errors.is_empty() => access,
        _ => Access::Token(Rule::Any(Vec::new())),
    };
    let guarded = emit::guarded(handler, &access, krate);
    let errors = errors.into_tokens();
    quote::quote!(#errors #guarded)
}
