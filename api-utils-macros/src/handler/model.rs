//! The annotated function: its head is parsed, its body stays tokens.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, LitStr, Signature, Visibility};

use crate::rule::Rule;

/// The name of the argument that an attribute puts before a handler's own.
pub(crate) const GUARD: &str = "api_utils_guard";

pub(crate) struct Handler {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    /// Never parsed: cheaper, and a half-typed body does not take the guard away.
    pub(crate) body: TokenStream,
}

/// Who may call it.
pub(crate) enum Access {
    Public(LitStr),
    Token(Rule),
}

impl Handler {
    /// `async fn of_a_trait();`
    pub(crate) fn has_no_body(&self) -> bool {
        let mut body = self.body.clone().into_iter();
        !matches!(body.next(), Some(TokenTree::Group(_)))
    }
}
