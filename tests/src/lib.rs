//! Support for the behaviour tests in `tests/it`: everything goes through the public API.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "support of tests fails by panicking"
)]

pub mod strict;

use std::path::PathBuf;

pub mod service;

/// Makes events of every call site reach the subscriber of the thread that emits them. A call site
/// first met while no subscriber was there would stay silent for a test beside it.
pub fn hear_events() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry());
    });
}

/// The folder of shared attack cases and corpora, beside the workspace or where
/// `API_UTILS_SHARED` says. Without it the tests that need it say so and skip.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("API_UTILS_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}
