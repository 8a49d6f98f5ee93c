//! Behaviour of the room `access`.

mod answers;
mod audit;
mod guard;
mod hygiene;
mod names;
mod rules;
mod support;
mod table;
mod two_auths;
