//! What another crate's attributes might do to a guarded handler, by mistake or not.

use proc_macro::TokenStream;
use quote::{ToTokens, quote};
use syn::{FnArg, ItemFn, parse_macro_input, parse_quote};

/// The same function without its first argument.
#[proc_macro_attribute]
pub fn drop_first_argument(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = parse_macro_input!(item as ItemFn);
    let arguments = std::mem::take(&mut function.sig.inputs);
    function.sig.inputs = arguments.into_iter().skip(1).collect();
    function.into_token_stream().into()
}

/// The same function with a `Result` of its first argument, which an axum extractor takes for "may
/// fail, run all the same".
#[proc_macro_attribute]
pub fn make_first_argument_optional(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = parse_macro_input!(item as ItemFn);
    if let Some(FnArg::Typed(argument)) = function.sig.inputs.first_mut() {
        let own = &argument.ty;
        *argument.ty = parse_quote!(::std::result::Result<#own, ::api_utils::Rejection>);
    }
    quote!(#function).into()
}
