//! `#[derive(Config)]`: attributes → checked model → tokens, or errors and a stand-in.

mod attr;
mod check;
mod emit;
mod fallback;
mod field;
mod inherent;
mod model;
mod row;
mod spelling;
mod words;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diag::Errors;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::new();
    let attributes = attr::read_struct(&input.attrs, &mut errors);
    let model = check::check(input, &attributes, &mut errors);
    match (model, errors.finish()) {
        (Some(model), Ok(())) => emit::emit(&model),
        (_, Err(error)) => fallback::emit(input, &attributes, &error),
        // `check` gives a model or an error; if it ever gives neither, nothing may compile.
        (None, Ok(())) => {
            let error = syn::Error::new(input.ident.span(), "this struct cannot be a `Config`");
            fallback::emit(input, &attributes, &error)
        }
    }
}
