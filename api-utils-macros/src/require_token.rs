//! `#[require_token(…)]`: the handler runs only for a token that meets the rule.

use proc_macro2::TokenStream;

use crate::diag::Errors;
use crate::handler::{self, Access};
use crate::rule;

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let arguments = rule::arguments(arguments, &mut errors);
    let krate = arguments.krate();
    let rule = arguments.into_rule();
    rule::check(&rule, &mut errors);
    let access = Some(Access::Token(rule));
    handler::guard("require_token", access, &krate, item, errors)
}
