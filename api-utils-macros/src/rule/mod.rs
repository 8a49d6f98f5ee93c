//! The rule language, `cfg`'s grammar: `key = value`, `any(…)`, `all(…)`, `not(…)`.

pub(crate) mod attr;
mod check;
mod emit;
mod model;

pub(crate) use check::check;
pub(crate) use emit::emit;
pub(crate) use model::Rule;
