//! What a service mounts: the development login, the view of its configuration.

#[cfg(feature = "config")]
mod config;
#[cfg(feature = "dev-login")]
mod dev_login;

#[cfg(feature = "config")]
pub use config::{ConfigView, config_view};
#[cfg(feature = "dev-login")]
pub use dev_login::dev_login;
