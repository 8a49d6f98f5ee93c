//! A table as the user wrote it.

use proc_macro2::Ident;
use syn::{ExprPath, LitStr, Path, Type};

#[derive(Default)]
pub(crate) struct Table {
    pub(crate) krate: Option<Path>,
    pub(crate) state: Option<Type>,
    pub(crate) lines: Vec<Line>,
}

/// `GET | HEAD "/path" => handler`
pub(crate) struct Line {
    pub(crate) methods: Vec<Ident>,
    pub(crate) path: LitStr,
    pub(crate) handler: ExprPath,
}
