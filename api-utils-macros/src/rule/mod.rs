//! The rule language, `cfg`'s grammar: `key = value`, `any(…)`, `all(…)`, `not(…)`.

pub(crate) mod attr;
mod check;
mod emit;
mod model;
mod named;
mod value;

pub(crate) use check::{check, text};
pub(crate) use emit::emit;
pub(crate) use model::Rule;
pub(crate) use named::{arguments, expand};
