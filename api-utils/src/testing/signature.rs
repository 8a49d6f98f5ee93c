//! The signature alone, for the test vectors of others, whose payloads are no claims.

use crate::token::{Algorithm, AuthError, Key, Reason};

/// Whether the signature of `jws` is one by any of `keys`, whatever its payload is.
///
/// This is one step of the road of a token and lets nobody in.
///
/// # Errors
/// [`AuthError`], where the keys make no ring.
#[doc(hidden)]
pub fn check_signature(
    keys: impl IntoIterator<Item = Key>,
    jws: &str,
) -> Result<Result<(), Reason>, AuthError> {
    crate::token::check_signature(keys.into_iter().collect(), jws)
}

/// The same for a shared secret of any bytes: vectors have keys that no service may have.
///
/// # Errors
/// [`AuthError`], where the algorithm takes no secret.
#[doc(hidden)]
pub fn check_mac(
    algorithm: Algorithm,
    secret: &[u8],
    jws: &str,
) -> Result<Result<(), Reason>, AuthError> {
    let key = Key::weak_hmac(algorithm, secret)?;
    crate::token::check_signature(vec![key], jws)
}
