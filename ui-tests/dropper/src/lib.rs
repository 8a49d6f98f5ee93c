//! What another crate's attribute might do to a guarded handler, by mistake or not.

use proc_macro::TokenStream;
use quote::ToTokens;
use syn::{ItemFn, parse_macro_input};

/// The same function without its first argument.
#[proc_macro_attribute]
pub fn drop_first_argument(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = parse_macro_input!(item as ItemFn);
    let arguments = std::mem::take(&mut function.sig.inputs);
    function.sig.inputs = arguments.into_iter().skip(1).collect();
    function.into_token_stream().into()
}
