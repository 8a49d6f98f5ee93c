//! Secrets: types, masking, strength rules, reading from files.
//!
//! The types are [secrecy](https://docs.rs/secrecy)'s: their `Debug` is masked, they have no
//! `Display` and no `Serialize`, and their memory is wiped when they are dropped.

pub(crate) mod either_base64;
#[cfg(feature = "config")]
pub(crate) mod file;
pub(crate) mod key_file;
pub(crate) mod known;
#[cfg(feature = "config")]
pub(crate) mod mode;
pub(crate) mod strength;
mod url;

pub use secrecy::{ExposeSecret, SecretBox, SecretSlice, SecretString};
pub use strength::Weakness;
pub use url::{NotAUrl, SecretUrl};

/// What stands for a secret in everything this crate shows.
///
/// It says nothing of the secret: neither its length nor whether it is empty.
///
/// ```
/// assert_eq!(api_utils::secret::MASK, "secret");
/// ```
pub const MASK: &str = "secret";
