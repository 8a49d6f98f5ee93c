//! Behaviour of the room `token`.
