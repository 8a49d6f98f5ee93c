//! Behaviour of the room `config`.
