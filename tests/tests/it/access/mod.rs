//! Behaviour of the room `access`.

mod answers;
mod attacks;
mod audit;
mod by_hand;
mod bypass;
mod decide;
mod decide_property;
mod documented;
mod guard;
mod hygiene;
mod layers;
mod names;
mod pin;
mod rules;
mod settings;
mod shapes;
mod support;
mod table;
mod traced;
mod two_auths;
mod unavailable;
