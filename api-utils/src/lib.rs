//! Authentication and configuration for axum services that cannot be got wrong by accident.
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate self as api_utils;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "access")]
pub mod access;
#[cfg(feature = "config")]
pub mod config;
#[cfg(feature = "access")]
pub mod endpoints;
pub mod secret;
#[cfg(feature = "testing")]
pub mod testing;
pub mod token;

#[cfg(feature = "config")]
#[doc = include_str!("../docs/config.md")]
pub use api_utils_macros::Config;
pub use secrecy::{ExposeSecret, SecretBox, SecretString};
pub use token::{Auth, JwtConfig, Token};
