//! What is wrong with a key that was given.

/// What is wrong with a key. It holds no part of the key.
///
/// ```
/// use api_utils::token::KeyFault;
/// assert_eq!(KeyFault::PrivateKey.to_string(), "is a private key; give the public one");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFault {
    /// Not one PEM block with the label `PUBLIC KEY` (RFC 7468 section 13).
    #[error("is not one PEM block `PUBLIC KEY`")]
    NotPem,
    /// Not a SubjectPublicKeyInfo (RFC 5280 section 4.1) of a kind of key this crate knows.
    #[error("is not the DER of a SubjectPublicKeyInfo")]
    NotDer,
    /// Not a JSON Web Key (RFC 7517 section 4), or one with parts missing.
    #[error("is not a whole JSON Web Key")]
    NotJwk,
    /// Not a JWK Set (RFC 7517 section 5).
    #[error("is not a JWK Set")]
    NotJwkSet,
    /// Not a single key of the set can be used.
    #[error("has no key that can be used")]
    NoneUsable,
    /// The file cannot be read, or is larger than a mebibyte.
    #[error("is in a file that cannot be read ({0})")]
    File(std::io::ErrorKind),
    /// A private key: what verifies needs none, and should have none.
    #[error("is a private key; give the public one")]
    PrivateKey,
    /// A shared secret among public keys.
    #[error("is a shared secret, which is no public key")]
    SharedSecret,
    /// Its `use` or `key_ops` are for something else (RFC 7517 sections 4.2 and 4.3).
    #[error("is not for verifying signatures, by its `use` or `key_ops`")]
    OtherUse,
    /// A kind, a curve or an algorithm that this crate does not verify.
    #[error("is of a kind or an algorithm that is not supported")]
    Unsupported,
    /// The algorithm is not one of this kind of key or of its curve.
    #[error("does not go with its algorithm")]
    OtherAlgorithm,
    /// An RSA modulus of fewer than 2048 or more than 8192 bits, or an even one.
    #[error("has an RSA modulus that is even or not of 2048 to 8192 bits")]
    Modulus,
    /// An RSA exponent that is even, less than 3 or more than 33 bits.
    #[error("has an RSA exponent that is even, less than 3, or of more than 33 bits")]
    Exponent,
    /// The fifth key of one algorithm that one token could be signed with: without a `kid`, or with
    /// the same one.
    #[error("is one more than the four keys that a token is checked with")]
    Surplus,
    /// Not a point of the curve, one of its few points that everybody can sign for, or a
    /// coordinate of the wrong length (RFC 7518 section 6.2.1.2).
    #[error("is not a sound point of its curve")]
    Point,
}
