//! One key that tokens are verified with.

#[cfg(feature = "asymmetric")]
mod der;
#[cfg(feature = "asymmetric")]
mod encoded;
mod fault;
#[cfg(feature = "asymmetric")]
mod jwk;
#[cfg(feature = "asymmetric")]
mod jwk_set;
#[cfg(feature = "asymmetric")]
mod private;
#[cfg(feature = "asymmetric")]
mod public;

use super::hmac::HmacKey;
use super::{Algorithm, AuthError};
use crate::secret::{key_file, strength};

pub use fault::KeyFault;
#[cfg(feature = "asymmetric")]
pub use jwk_set::{JwkSet, SkippedKey};
#[cfg(feature = "asymmetric")]
pub(in crate::token) use private::is_private;

const SELF_TEST: &[u8] = b"self-test";

/// A key that tokens are verified with: of exactly one algorithm (RFC 8725 section 3.1), with the
/// `kid` it is known by or without.
///
/// A key without a `kid` is tried for any token of its algorithm, one with a `kid` only for tokens
/// that name it (RFC 7515 section 4.1.4). Its `Debug` shows neither a secret nor a number of it. It
/// is cloned to be given to an `Auth` and kept: the next set of keys may have it again.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer, Key};
///
/// let now = Key::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")?.with_kid("2026-11");
/// let before = Key::hmac(Algorithm::Hs256, b"fedcba9876543210fedcba9876543210")?.with_kid("2026-05");
/// assert_eq!(now.kid(), Some("2026-11"));
///
/// let auth = Auth::builder("https://id.example", ["my-api"]).keys([now, before]).build()?;
/// assert!(auth.verify(&Issuer::of(&auth)?.token("alice").mint()?.token).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Key {
    pub(super) kid: Option<Box<str>>,
    pub(super) material: Material,
}

/// What a signature is checked with.
#[derive(Clone, Debug)]
pub(super) enum Material {
    Hmac(Box<HmacKey>),
    #[cfg(feature = "asymmetric")]
    Public(public::PublicKey),
}

impl Key {
    /// A shared secret for HS256, HS384 or HS512: the bytes as they are.
    ///
    /// # Errors
    /// [`AuthError`], where the key is shorter than the hash (RFC 7518 section 3.2), is not random,
    /// is the text of a public key, or the algorithm takes no secret.
    ///
    /// ```
    /// use api_utils::token::{Algorithm, AuthError, Key};
    ///
    /// let error = Key::hmac(Algorithm::Hs512, b"0123456789abcdef0123456789abcdef").unwrap_err();
    /// assert_eq!(error, AuthError::KeyTooShort { algorithm: Algorithm::Hs512 });
    /// ```
    pub fn hmac(algorithm: Algorithm, bytes: impl AsRef<[u8]>) -> Result<Self, AuthError> {
        let bytes = bytes.as_ref();
        if !algorithm.is_hmac() {
            return Err(AuthError::NotHmac { algorithm });
        }
        if key_file::is_key(bytes) {
            return Err(AuthError::KeyFileAsSecret);
        }
        if bytes.len() < algorithm.hash_bytes() {
            return Err(AuthError::KeyTooShort { algorithm });
        }
        if strength::is_repetitive(bytes) {
            return Err(AuthError::KeyTooUniform { algorithm });
        }
        Self::weak_hmac(algorithm, bytes)
    }

    /// A shared secret whatever it is.
    pub(crate) fn weak_hmac(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, AuthError> {
        let material = HmacKey::new(algorithm, bytes).ok_or(AuthError::NotHmac { algorithm })?;
        Ok(Self {
            kid: None,
            material: Material::Hmac(Box::new(material)),
        })
    }

    /// The same key, known by `kid`.
    ///
    /// ```
    /// use api_utils::token::{Algorithm, Key};
    ///
    /// let key = Key::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")?;
    /// assert_eq!(key.kid(), None);
    /// assert_eq!(key.with_kid("2026-11").kid(), Some("2026-11"));
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[must_use]
    pub fn with_kid(mut self, kid: impl Into<String>) -> Self {
        self.kid = Some(kid.into().into());
        self
    }

    /// What it is known by.
    ///
    /// ```
    /// # use api_utils::token::{Algorithm, Key};
    /// let key = Key::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")?;
    /// assert_eq!(key.kid(), None);
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The one algorithm that it serves.
    ///
    /// ```
    /// # use api_utils::token::{Algorithm, Key};
    /// let key = Key::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")?;
    /// assert_eq!(key.algorithm(), Algorithm::Hs256);
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match &self.material {
            Material::Hmac(key) => key.algorithm(),
            #[cfg(feature = "asymmetric")]
            Material::Public(key) => key.algorithm(),
        }
    }

    /// Whether `signature` is one of `message` by this key.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Hmac(key) => key.verify(message, signature),
            #[cfg(feature = "asymmetric")]
            Material::Public(key) => key.verify(message, signature),
        }
    }

    /// The shared secret, where it is one.
    pub(super) fn secret(&self) -> Option<&HmacKey> {
        match &self.material {
            Material::Hmac(key) => Some(key),
            #[cfg(feature = "asymmetric")]
            Material::Public(_) => None,
        }
    }

    /// A secret signs and verifies once; a public key, which cannot sign, refuses an empty
    /// signature and one of nothing but zeros.
    pub(super) fn passes_self_test(&self) -> bool {
        match &self.material {
            Material::Hmac(key) => {
                let mac = key.sign(SELF_TEST);
                key.verify(SELF_TEST, mac.as_bytes()) && !key.verify(b"self-tesu", mac.as_bytes())
            }
            #[cfg(feature = "asymmetric")]
            Material::Public(key) => {
                !key.verify(SELF_TEST, &[])
                    && [64, 96, 256].iter().all(|length| {
                        let zeros = [0; 256];
                        !key.verify(SELF_TEST, zeros.get(..*length).unwrap_or(&zeros))
                    })
            }
        }
    }
}
