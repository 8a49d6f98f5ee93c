//! Behaviour of the room `access`.
