//! The annotated function: its head is parsed, its body stays tokens.

use proc_macro2::TokenStream;
use syn::{Attribute, LitStr, Signature, Visibility};

use crate::rule::Rule;

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
