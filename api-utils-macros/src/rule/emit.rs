//! A [`Rule`] to the constant expression of the run-time `Rule`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::model::{Expected, Role, Rule};

/// `any(sub = path(user_id), role = "admin")` becomes
///
/// ```text
/// ::api_utils::__private::Rule::Any(&[
///     ::api_utils::__private::Rule::Subject("user_id"),
///     ::api_utils::__private::Rule::Role("admin"),
/// ])
/// ```
///
/// Only constructors and constants: so rustc promotes each `&[…]` to a `'static`.
pub(crate) fn emit(rule: &Rule, krate: &TokenStream) -> TokenStream {
    let list = |rules: &[Rule]| -> Vec<TokenStream> {
        rules.iter().map(|rule| emit(rule, krate)).collect()
    };
    let variant = match rule {
        Rule::Any(rules) => {
            let rules = list(rules);
            quote!(Any(&[#(#rules),*]))
        }
        Rule::All(rules) => {
            let rules = list(rules);
            quote!(All(&[#(#rules),*]))
        }
        Rule::Not(rule) => {
            let rule = emit(rule, krate);
            quote!(Not(&#rule))
        }
        Rule::Role(Role::Text(role)) => quote!(Role(#role)),
        // The first mention asks that its type derives `Roles`, the second says which variant.
        Rule::Role(Role::Typed(role)) => {
            quote!(Role(const { #krate::__private::role_name(#role, #role as usize) }))
        }
        Rule::Scope(scope) => quote!(Scope(#scope)),
        Rule::Subject(parameter) => quote!(Subject(#parameter)),
        Rule::Claim(path, expected) => {
            let expected = match expected {
                Expected::Path(parameter) => quote!(Path(#parameter)),
                Expected::Text(text) => quote!(Text(#text)),
                Expected::Integer(number) => quote!(Integer(#number)),
                Expected::Boolean(truth) => quote!(Boolean(#truth)),
            };
            quote!(Claim(&[#(#path),*], #krate::__private::Expected::#expected))
        }
        Rule::Named(path) => return path.to_token_stream(),
    };
    quote!(#krate::__private::Rule::#variant)
}
