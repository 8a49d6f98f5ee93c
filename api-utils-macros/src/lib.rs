//! The compile-time half of `api-utils`. Use it through that crate, which documents each macro.

mod config;
mod diag;
mod handler;
mod krate;
mod public;
mod require_token;
mod roles;
mod routes;
mod rule;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Documented in `api_utils`.
#[proc_macro_derive(Config, attributes(config))]
pub fn derive_config(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    config::derive(&input).into()
}

/// Documented in `api_utils`.
#[proc_macro_attribute]
pub fn require_token(arguments: TokenStream, item: TokenStream) -> TokenStream {
    require_token::expand(arguments.into(), item.into()).into()
}

/// Documented in `api_utils`.
#[proc_macro_attribute]
pub fn public(arguments: TokenStream, item: TokenStream) -> TokenStream {
    public::expand(arguments.into(), item.into()).into()
}

/// Documented in `api_utils`.
#[proc_macro]
pub fn routes(table: TokenStream) -> TokenStream {
    routes::expand(table.into()).into()
}

/// Documented in `api_utils`.
#[proc_macro]
pub fn rule(rule: TokenStream) -> TokenStream {
    rule::expand(rule.into()).into()
}

/// Documented in `api_utils`.
#[proc_macro_derive(Roles, attributes(role, roles))]
pub fn derive_roles(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    roles::derive(&input).into()
}
