//! Behaviour of the room `token`.

mod attacks;
mod bytes;
mod cache;
mod choices;
mod claims;
mod header_field;
mod inspect;
mod interop;
mod issuing;
mod key_sets;
mod keys;
mod keys_config;
mod logs;
mod model;
mod optional;
mod providers;
mod public_keys;
mod road;
mod rotation;
pub(crate) mod signers;
pub(crate) mod support;
mod time;
mod typed;
mod urls;
mod vectors;
