//! The compile-time half of `api-utils`. Use it through that crate, which documents each macro.

mod diag;
mod krate;
