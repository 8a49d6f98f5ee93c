//! From an `Authorization` header to a `Token`: header, key, signature, claims.

mod algorithm;
pub(crate) mod settings;

pub use algorithm::{Algorithm, UnknownAlgorithm};
pub use settings::{JwtConfig, JwtConfigBuilder, JwtConfigError};
