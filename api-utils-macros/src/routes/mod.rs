//! `routes! { … }`: a table of routes in which each handler says who may call it.

mod attr;
mod check;
mod emit;
mod model;
mod path;

use proc_macro2::TokenStream;

use crate::diag::Errors;

pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let table = attr::parse(tokens, &mut errors);
    check::check(&table.lines, &mut errors);
    if errors.is_empty()
        && let Some(state) = &table.state
    {
        return emit::emit(state, &table);
    }
    emit::fallback(&table, errors.into_tokens())
}
