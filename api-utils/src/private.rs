//! What generated code may name, a line each. Not for use by hand.

// `#[derive(Config)]`
#[cfg(feature = "config")]
pub use crate::config::generated::{
    DefaultValue, Entry, Global, JwtSecret, Loader, Section, Setting, count, duplicate, hashes,
    jwt_secret, load,
};
