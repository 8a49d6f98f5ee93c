//! Compile errors of the macros of `access`.
