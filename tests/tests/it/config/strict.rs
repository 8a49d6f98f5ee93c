//! The derive's output under a user's strictest lints, without the prelude, with its names taken.
#![no_implicit_prelude]
#![forbid(nonstandard_style, unused, missing_docs)]

/// What generated code must not pick up.
pub(crate) mod shadows {
    /// Not the one of the prelude.
    #[derive(::core::fmt::Debug)]
    pub(crate) struct Option;
    /// Not the one of the prelude.
    #[derive(::core::fmt::Debug)]
    pub(crate) struct Result;
    /// Not the one of the crate.
    #[derive(::core::fmt::Debug)]
    pub(crate) struct Config;
}

use ::api_utils::config::Sources;
use shadows::{Option, Result};

/// A configuration of the user's, of the same name as the derive.
#[derive(::api_utils::Config)]
#[config(crate = ::api_utils)]
pub(crate) struct Config {
    /// Braces {} and "quotes" in the documentation.
    ///
    /// And a second paragraph.
    #[config(default = "127.0.0.1:8080")]
    pub(crate) listen: ::std::net::SocketAddr,
    /// An expression.
    #[config(default = ::std::string::String::new())]
    pub(crate) greeting: ::std::string::String,
    /// Tokens.
    #[config(flatten)]
    pub(crate) jwt: ::api_utils::JwtConfig,
    /// Not in this build.
    #[cfg(any())]
    pub(crate) absent: NoSuchType,
}

#[test]
fn it_loads() {
    let _ = (Option, Result, shadows::Config);
    let loaded = Config::load_from(Sources::of_environment([
        ("JWT_SECRET", super::GOOD_SECRET),
        ("JWT_ISSUER", "test-idp"),
        ("JWT_AUDIENCE", "test-api"),
    ]));
    let loaded = loaded.unwrap();
    ::std::assert_eq!(loaded.listen.port(), 8080);
    ::std::assert!(loaded.greeting.is_empty());
    ::std::assert_eq!(loaded.jwt.issuer(), "test-idp");
}
