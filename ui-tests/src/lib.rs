//! Compile errors, as a user reads them: `tests/ui/<macro>/<mistake>.rs` and what rustc says.
//!
//! One case: `cargo test -p api-utils-ui-tests --test config -- config trybuild=missing_secret`.
//! To accept new texts: the same with `TRYBUILD=overwrite`; then read the diff as a user would.
//! The texts are those of rustc 1.95; on another release the tests are ignored and say so.
