//! The arguments: a rule, its parts side by side, and `crate = path`.

use proc_macro2::TokenStream;
use syn::{Path, Token};

use crate::diag::{Errors, duplicate_key};
use crate::krate;
use crate::rule::Rule;
use crate::rule::attr::{parse_list, part};

#[derive(Default)]
pub(super) struct Arguments {
    pub(super) krate: Option<Path>,
    pub(super) rules: Vec<Rule>,
}

pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Arguments {
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
