//! A library's public handlers under lints that no generated code may trip.
#![forbid(nonstandard_style, unused, missing_docs)]

use api_utils::{public, require_token};

/// A guarded handler that another crate mounts.
#[require_token(any(role = "editor", scope = "posts:write"))]
pub async fn show() {}

/// A public one.
#[public("liveness probe")]
pub async fn health() {}
