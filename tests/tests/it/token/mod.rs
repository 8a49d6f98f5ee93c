//! Behaviour of the room `token`.

mod attacks;
mod bytes;
mod claims;
mod header_field;
mod interop;
mod keys;
mod public_keys;
mod road;
mod rotation;
mod signers;
mod support;
mod time;
mod urls;
