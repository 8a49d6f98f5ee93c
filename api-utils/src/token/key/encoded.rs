//! Public keys from PEM and DER.

use super::public::PublicKey;
use super::{Key, KeyFault, Material, der};
use crate::token::{Algorithm, AuthError};

impl Key {
    /// A public key from its PEM text, `-----BEGIN PUBLIC KEY-----` (RFC 7468 section 13).
    ///
    /// # Errors
    /// [`AuthError::Key`], where the text is something else, the key too small or too odd, or not
    /// one for `algorithm`.
    ///
    /// ```
    /// use api_utils::token::{Algorithm, Key};
    ///
    /// let key = Key::pem(Algorithm::EdDsa, "
    /// -----BEGIN PUBLIC KEY-----
    /// MCowBQYDK2VwAyEAaKgknJ3MLh+jkJmDUYDioti/gDBnGkjtlXncAeINS88=
    /// -----END PUBLIC KEY-----
    /// ")?;
    /// assert_eq!(key.algorithm(), Algorithm::EdDsa);
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn pem(algorithm: Algorithm, text: impl AsRef<str>) -> Result<Self, AuthError> {
        // `pem::parse` would take the first of several.
        let blocks = pem::parse_many(text.as_ref()).map_err(|_| KeyFault::NotPem)?;
        let [block] = blocks.as_slice() else {
            return Err(KeyFault::NotPem.into());
        };
        match block.tag() {
            "PUBLIC KEY" => Self::der(algorithm, block.contents()),
            tag if tag.ends_with("PRIVATE KEY") => Err(KeyFault::PrivateKey.into()),
            _ => Err(KeyFault::NotPem.into()),
        }
    }

    /// A public key from the DER of its SubjectPublicKeyInfo (RFC 5280 section 4.1).
    ///
    /// # Errors
    /// [`AuthError::Key`], as [`Key::pem`].
    ///
    /// ```
    /// use api_utils::token::{Algorithm, AuthError, Key, KeyFault};
    ///
    /// let error = Key::der(Algorithm::Rs256, b"no DER").unwrap_err();
    /// assert_eq!(error, AuthError::Key(KeyFault::NotDer));
    /// ```
    pub fn der(algorithm: Algorithm, bytes: impl AsRef<[u8]>) -> Result<Self, AuthError> {
        let numbers = der::subject_public_key_info(bytes.as_ref())?;
        Ok(PublicKey::new(Some(algorithm), numbers)?.into())
    }
}

impl From<PublicKey> for Key {
    fn from(key: PublicKey) -> Self {
        Self {
            kid: None,
            material: Material::Public(key),
        }
    }
}
