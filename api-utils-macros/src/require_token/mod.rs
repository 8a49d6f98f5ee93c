//! `#[require_token(…)]`: the handler runs only for a token that meets the rule.

mod attr;

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::diag::Errors;
use crate::handler::{self, Access};
use crate::krate;
use crate::rule::{self, Rule};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let arguments = attr::parse(arguments, &mut errors);
    let rule = Rule::all_of(arguments.rules);
    rule::check(&rule, &mut errors);
    let krate = arguments
        .krate
        .map_or_else(krate::default_path, ToTokens::into_token_stream);
    handler::guard(
        "require_token",
        Some(Access::Token(rule)),
        &krate,
        item,
        errors,
    )
}
