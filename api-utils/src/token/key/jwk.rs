//! Public keys from JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037 section 2).

use serde::Deserialize;

use super::public::{Numbers, PublicKey};
use super::{Key, KeyFault, is_private};
use crate::token::{Algorithm, AuthError, base64url};

/// The members that decide anything. Others, `x5c` and `x5u` among them, are not looked at.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    public_key_use: Option<String>,
    key_ops: Option<Vec<String>>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Key {
    /// A public key from a JSON Web Key, with its `kid` and its `alg`.
    ///
    /// Without an `alg` it serves the usual algorithm of its kind: RS256, ES256, ES384 or EdDSA.
    ///
    /// # Errors
    /// [`AuthError::Key`], where the text is no JWK, is for something else than verifying
    /// signatures, is a private key or a shared secret, or its numbers are not sound.
    ///
    /// ```
    /// use api_utils::token::{Algorithm, Key};
    ///
    /// let key = Key::jwk(r#"{ "kty": "OKP", "crv": "Ed25519", "kid": "one",
    ///     "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" }"#)?;
    /// assert_eq!(key.algorithm(), Algorithm::EdDsa);
    /// assert_eq!(key.kid(), Some("one"));
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn jwk(text: impl AsRef<[u8]>) -> Result<Self, AuthError> {
        Ok(from_text(text.as_ref())?)
    }
}

pub(super) fn from_text(text: &[u8]) -> Result<Key, KeyFault> {
    let value = serde_json::from_slice(text).map_err(|_| KeyFault::NotJwk)?;
    if is_private(&value) {
        return Err(KeyFault::PrivateKey);
    }
    let jwk: Jwk = serde_json::from_value(value).map_err(|_| KeyFault::NotJwk)?;
    jwk.key()
}

impl Jwk {
    fn key(self) -> Result<Key, KeyFault> {
        let other_use = |usage: &String| usage != "sig";
        let verifies = |operations: &Vec<String>| operations.iter().any(|one| one == "verify");
        if self.public_key_use.as_ref().is_some_and(other_use)
            || !self.key_ops.as_ref().is_none_or(verifies)
        {
            return Err(KeyFault::OtherUse);
        }
        let algorithm = match self.alg.as_deref() {
            None => None,
            // RFC 9864 section 2.2: the name that says the curve too.
            Some("Ed25519") => Some(Algorithm::EdDsa),
            Some(name) => Some(name.parse().map_err(|_| KeyFault::Unsupported)?),
        };
        let curve = self.crv.as_deref();
        let key = match (self.kty.as_str(), curve) {
            ("RSA", _) => {
                let (modulus, exponent) = (number(&self.n)?, number(&self.e)?);
                PublicKey::new(
                    algorithm,
                    Numbers::Rsa {
                        modulus: &modulus,
                        exponent: &exponent,
                    },
                )
            }
            ("EC", Some("P-256")) => {
                let point = self.point(32)?;
                PublicKey::new(algorithm, Numbers::P256 { point: &point })
            }
            ("EC", Some("P-384")) => {
                let point = self.point(48)?;
                PublicKey::new(algorithm, Numbers::P384 { point: &point })
            }
            ("OKP", Some("Ed25519")) => {
                let point = number(&self.x)?;
                PublicKey::new(algorithm, Numbers::Ed25519 { point: &point })
            }
            ("EC" | "OKP", None) => Err(KeyFault::NotJwk),
            ("oct", _) => Err(KeyFault::SharedSecret),
            _ => Err(KeyFault::Unsupported),
        };
        let key = Key::from(key?);
        Ok(match self.kid {
            Some(kid) => key.with_kid(kid),
            None => key,
        })
    }

    /// The uncompressed point of two coordinates of full length (RFC 7518 section 6.2.1.2).
    fn point(&self, length: usize) -> Result<Vec<u8>, KeyFault> {
        let (x, y) = (number(&self.x)?, number(&self.y)?);
        if x.len() != length || y.len() != length {
            return Err(KeyFault::Point);
        }
        Ok([&[4][..], &x, &y].concat())
    }
}

fn number(text: &Option<String>) -> Result<Vec<u8>, KeyFault> {
    let text = text.as_deref().ok_or(KeyFault::NotJwk)?;
    base64url::decode(text.as_bytes()).ok_or(KeyFault::NotJwk)
}
