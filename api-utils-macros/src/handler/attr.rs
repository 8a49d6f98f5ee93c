//! Tokens below the attribute to a [`Handler`].

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Signature, Visibility};

use super::model::Handler;

impl Parse for Handler {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse::<Visibility>()?,
            signature: input.parse::<Signature>()?,
            body: input.parse()?,
        })
    }
}

/// The function below `#[macro_name]`.
pub(crate) fn parse(item: TokenStream, macro_name: &str) -> syn::Result<Handler> {
    syn::parse2(item).map_err(|error| {
        syn::Error::new(
            error.span(),
            format!("`#[{macro_name}]` belongs above the `async fn` of a handler"),
        )
    })
}
