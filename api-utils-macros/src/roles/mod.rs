//! `#[derive(Roles)]`: the roles of a service as an enum.

mod attr;
mod check;
mod emit;
mod model;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diag::Errors;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::new();
    let Some(roles) = attr::parse(input, &mut errors) else {
        return errors.into_tokens();
    };
    check::check(&roles, &mut errors);
    let code = emit::emit(&roles);
    let errors = errors.into_tokens();
    quote::quote!(#errors #code)
}
