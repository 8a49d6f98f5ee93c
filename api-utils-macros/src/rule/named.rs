//! `rule! { … }`: a rule that has a name. Its arguments are those of `#[require_token]`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Path, Token};

use super::attr::{parse_list, part};
use super::model::Rule;
use super::{check, emit};
use crate::diag::{Errors, duplicate_key};
use crate::krate;

/// A rule, its parts side by side, and `crate = path`.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(super) krate: Option<Path>,
    rules: Vec<Rule>,
}

pub(crate) fn arguments(tokens: TokenStream, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments::default();
    parse_list(tokens, errors, &mut |input, errors| {
        if input.peek(Token![crate]) && input.peek2(Token![=]) {
            let key: Token![crate] = input.parse()?;
            let _: Token![=] = input.parse()?;
            let path = krate::parse_path(input)?;
            if arguments.krate.replace(path).is_some() {
                errors.push(duplicate_key(&key.into()));
            }
        } else {
            arguments.rules.push(part(input, errors, 0)?);
        }
        Ok(())
    });
    arguments
}

impl Arguments {
    /// The path of the run-time crate.
    pub(crate) fn krate(&self) -> TokenStream {
        self.krate
            .as_ref()
            .map_or_else(krate::default_path, ToTokens::to_token_stream)
    }

    pub(crate) fn into_rule(self) -> Rule {
        Rule::all_of(self.rules)
    }
}

/// `rule! { any(role = "editor", role = "admin") }` becomes the constant expression of it.
pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let arguments = arguments(tokens, &mut errors);
    let krate = arguments.krate();
    if errors.is_empty() && arguments.rules.is_empty() {
        errors.at(
            Span::call_site(),
            "`rule!` without a rule in it would mean any valid token; write \
             `rule! { role = \"admin\" }`",
        );
    }
    let rule = arguments.into_rule();
    check(&rule, &mut errors);
    if errors.is_empty() {
        return emit(&rule, &krate);
    }
    // Beside errors: the rule that nobody meets.
    let errors = errors.into_tokens();
    quote!({ #errors #krate::__private::Rule::Any(&[]) })
}
