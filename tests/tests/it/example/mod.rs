//! The example service, started as a stranger starts it and driven from outside.

mod dev_login;
mod environments;
mod requests;
mod start;
