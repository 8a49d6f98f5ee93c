//! A table as the user wrote it.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::{Expr, ExprPath, LitStr, Path, Type};

#[derive(Default)]
pub(crate) struct Table {
    pub(crate) krate: Option<Path>,
    pub(crate) state: Option<Type>,
    /// Stands before the path of each line.
    pub(crate) prefix: Option<LitStr>,
    /// An enum of which every role in the table has to be one.
    pub(crate) roles: Option<Type>,
    pub(crate) lines: Vec<Line>,
}

/// `PUT | PATCH "/path" => handler.layer(one)`
pub(crate) struct Line {
    pub(crate) methods: Vec<Ident>,
    /// With the prefix of the table, at the place of the line's own text.
    pub(crate) path: LitStr,
    pub(crate) handler: ExprPath,
    /// From the inside out.
    pub(crate) layers: Vec<Expr>,
}

impl Line {
    /// The handler's path as the user would write it.
    pub(crate) fn handler_name(&self) -> String {
        self.handler
            .to_token_stream()
            .to_string()
            .replace(" :: ", "::")
            .replace(":: ", "::")
            .replace(" < ", "<")
            .replace(" >", ">")
            .replace("< ", "<")
            .replace(" ,", ",")
    }
}
