//! Behaviour of api-utils, one binary; a folder a room.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "tests fail by panicking, and say what they skipped"
)]

mod access;
mod arrows;
mod config;
mod example;
mod promises;
mod token;
