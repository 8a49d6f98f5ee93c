//! The enum as the user wrote it.

use proc_macro2::Ident;
use syn::{LitStr, Path};

pub(crate) struct Roles {
    pub(crate) krate: Option<Path>,
    pub(crate) name: Ident,
    pub(crate) variants: Vec<Variant>,
}

pub(crate) struct Variant {
    pub(crate) name: Ident,
    /// The text in the token, spanned where it comes from.
    pub(crate) role: LitStr,
}
