//! The compile-time half of `api-utils`. Use it through that crate, which documents each macro.

mod config;
mod diag;
mod krate;

use proc_macro::TokenStream;

/// Documented in `api_utils`.
#[proc_macro_derive(Config, attributes(config))]
pub fn derive_config(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    config::derive(&input).into()
}
