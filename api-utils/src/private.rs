//! What generated code may name, a line each. Not for use by hand.

// `#[derive(Config)]`
#[cfg(feature = "config")]
pub use crate::config::generated::{
    DefaultValue, Deserialized, Entry, Global, Hashes, JwtSecret, Loader, Parsed, Section, Setting,
    clash, count, has_len, hashes, in_range, is_not_empty, is_one_of, jwt_secret, load,
};

// `#[require_token]`, `#[public]`
#[cfg(feature = "access")]
pub use crate::access::{Access, Expected, Guard, HasRule, Rule};

// typed roles
#[cfg(feature = "access")]
pub use crate::access::{Roles, role_name, role_names};

// `routes!`
#[cfg(feature = "access")]
pub use crate::access::{RouteEntry, Routes, access_of, first_fault, mount, never};
#[cfg(feature = "access")]
pub use http::Method;

// `assert_access_table!`
#[cfg(feature = "access")]
pub use crate::access::assert_access_table;
