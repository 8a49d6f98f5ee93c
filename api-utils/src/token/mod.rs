//! From an `Authorization` header to a `Token`: header, key, signature, claims.

mod algorithm;

pub use algorithm::{Algorithm, UnknownAlgorithm};
