//! `#[public("reason")]`: anyone may call the handler, and the table says why.

mod attr;

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::diag::Errors;
use crate::handler::{self, Access};
use crate::krate;

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let arguments = attr::parse(arguments, &mut errors);
    let krate = arguments
        .krate
        .map_or_else(krate::default_path, ToTokens::into_token_stream);
    let access = arguments.reason.map(Access::Public);
    handler::guard("public", access, &krate, item, errors)
}
