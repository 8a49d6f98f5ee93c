//! From an `Authorization` header to a [`Token`]: header, key, signature, claims.
//!
//! [`Auth`] is the way in. Each step of the road is a file of its own and a function
//! without state; `verifier` puts them in order.

mod algorithm;
mod audience;
mod auth;
mod authorization;
mod base64url;
mod builder;
mod builder_keys;
mod cache;
mod claims;
mod clock;
mod compact;
mod error;
mod header;
mod hmac;
mod inspect;
mod issue;
mod issuer;
mod key;
mod own_claims;
mod provider;
mod reason;
mod ring;
mod seen;
pub(crate) mod settings;
mod subject;
mod tag;
mod times;
#[expect(
    clippy::module_inception,
    reason = "the room and its type share the field's word"
)]
mod token;
mod verified;
mod verifier;

pub use algorithm::{Algorithm, UnknownAlgorithm};
pub use audience::Audience;
pub use auth::Auth;
pub use builder::AuthBuilder;
#[cfg(feature = "access")]
pub(crate) use claims::TextList;
pub use claims::{ClaimValue, Claims, RoleSource};
pub use clock::Clock;
pub use error::{AuthError, AuthenticateError, ClaimTypeError, VerifyError};
pub use inspect::{InspectError, Unverified, inspect};
pub use issue::{IssueError, Issuer, Minted, TokenRequest};
#[cfg(feature = "asymmetric")]
pub use key::{JwkSet, SkippedKey};
pub use key::{Key, KeyFault};
pub use own_claims::{NoClaims, OwnClaims};
pub use provider::Provider;
pub use reason::{Mismatch, Reason};
pub use settings::{JwtConfig, JwtConfigBuilder, JwtConfigError};
#[cfg(all(feature = "config", feature = "asymmetric"))]
pub use settings::{JwtKeySource, JwtKeysConfig};
pub use token::Token;

#[cfg(feature = "testing")]
pub(crate) use verifier::check_signature_of as check_signature;
