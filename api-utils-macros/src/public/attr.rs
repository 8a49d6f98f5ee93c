//! The arguments: the reason, and `crate = path`.

use proc_macro2::{Span, TokenStream};
use syn::{LitStr, Path, Token};

use crate::diag::{Errors, duplicate_key};
use crate::krate;
use crate::rule::attr::parse_list;

#[derive(Default)]
pub(super) struct Arguments {
    pub(super) krate: Option<Path>,
    pub(super) reason: Option<LitStr>,
}

const NO_REASON: &str =
    "say why anyone may call this handler; write `#[public(\"liveness probe\")]`";

pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments::default();
    let mut failed = false;
    parse_list(tokens, errors, &mut |input, errors| {
        if input.peek(Token![crate]) && input.peek2(Token![=]) {
            let key: Token![crate] = input.parse()?;
            let _: Token![=] = input.parse()?;
            let path = krate::parse_path(input)?;
            if arguments.krate.replace(path).is_some() {
                errors.push(duplicate_key(&key.into()));
            }
            return Ok(());
        }
        let reason: LitStr = input.parse().map_err(|error: syn::Error| {
            failed = true;
            syn::Error::new(error.span(), NO_REASON)
        })?;
        check(&reason, errors);
        let span = reason.span();
        if arguments.reason.replace(reason).is_some() {
            errors.at(span, "a second reason; keep one of them");
        }
        Ok(())
    });
    if arguments.reason.is_none() && !failed {
        errors.at(Span::call_site(), NO_REASON);
    }
    arguments
}

/// The reason is read in a table of one line a route.
fn check(reason: &LitStr, errors: &mut Errors) {
    let text = reason.value();
    if text.trim().is_empty() {
        errors.at(reason.span(), NO_REASON);
    } else if text.chars().any(char::is_control) {
        errors.at(
            reason.span(),
            "the reason is one line, without control characters",
        );
    }
}
