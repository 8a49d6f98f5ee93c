//! Behaviour of the room `token`.

mod attacks;
mod bytes;
mod claims;
mod header_field;
mod interop;
mod keys;
mod road;
mod support;
mod time;
