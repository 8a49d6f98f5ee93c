//! Compile errors of the macros of `config`.
