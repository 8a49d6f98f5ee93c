// The README's example uses what these features bring.
#![cfg_attr(
    all(feature = "config", feature = "access", feature = "dev-login", feature = "asymmetric"),
    doc = include_str!("../README.md")
)]
#![cfg_attr(
    not(all(
        feature = "config",
        feature = "access",
        feature = "dev-login",
        feature = "asymmetric"
    )),
    doc = "Authentication and configuration for axum services that cannot be got wrong by accident."
)]
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
pub use secret::SecretUrl;
pub use token::{Auth, JwtConfig, Token};

#[cfg(feature = "access")]
pub use access::{HasAuth, Rejection, Roles, Routes, Rule};
#[cfg(feature = "access")]
pub use api_utils_macros::Roles;
#[cfg(feature = "access")]
#[doc = include_str!("../docs/public.md")]
pub use api_utils_macros::public;
#[cfg(feature = "access")]
#[doc = include_str!("../docs/require_token.md")]
pub use api_utils_macros::require_token;
#[cfg(feature = "access")]
#[doc = include_str!("../docs/routes.md")]
pub use api_utils_macros::routes;
#[cfg(feature = "access")]
#[doc = include_str!("../docs/rule.md")]
pub use api_utils_macros::rule;
