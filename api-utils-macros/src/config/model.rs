//! A struct that passed every check of the macro. What must not be cannot be written down here.

use proc_macro2::Ident;
use syn::{Expr, Generics, LitStr, Path, Type, Visibility};

pub(crate) struct Input<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: proc_macro2::TokenStream,
    pub(crate) role: Role,
    pub(crate) validate: Option<&'a Path>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// What a struct is in a configuration.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Role {
    /// It is loaded, and its tree has a `JWT_SECRET`.
    Root,
    /// It is loaded, and says why it needs no `JWT_SECRET`.
    RootWithoutJwtSecret,
    /// It is a part of a root.
    Section,
}

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Setting {
        name: String,
        description: String,
        default: Default,
    },
    Section {
        prefix: String,
    },
}

pub(crate) enum Default {
    None,
    /// Text for the parser of the field's type.
    Text(LitStr),
    /// An expression of the field's type.
    Expression(Expr),
}
