//! What can go wrong: with a token, with a request, with the set-up of an `Auth`.

use super::{Algorithm, Reason};

/// A token that does not verify.
///
/// It says why as a [`Reason`] for logs and holds no part of the token. To a client every one of
/// them is the same `invalid_token` (RFC 6750 section 3.1).
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Reason};
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
/// let error = auth.verify("not a token").unwrap_err();
/// assert_eq!(error.reason(), Reason::MalformedToken);
/// assert_eq!(error.to_string(), "the token was refused: malformed_token");
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the token was refused: {reason}")]
#[non_exhaustive]
pub struct VerifyError {
    reason: Reason,
}

impl VerifyError {
    pub(super) const fn new(reason: Reason) -> Self {
        Self { reason }
    }

    /// Why, for a log; not for the client.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Reason}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// let error = auth.verify("a.b.c").unwrap_err();
    /// assert_eq!(error.reason().class(), "malformed_token");
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }
}

/// A request that brings no valid token.
///
/// The three variants are the three answers of RFC 6750 section 3: a challenge without an error
/// code, 400 `invalid_request`, 401 `invalid_token`.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, AuthenticateError, Reason};
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
/// let error = auth.authenticate(&http::HeaderMap::new()).unwrap_err();
/// assert_eq!(error, AuthenticateError::NoCredentials(Reason::NoCredentials));
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthenticateError {
    /// Nothing that could be a bearer token was sent: 401, a challenge without an error code.
    ///
    /// The reason is [`Reason::NoCredentials`], or [`Reason::OtherScheme`] where the request
    /// brought credentials of another scheme.
    #[error("the request has no bearer token: {0}")]
    NoCredentials(Reason),
    /// The request itself is malformed: 400, `invalid_request`.
    #[error("the request is malformed: {0}")]
    MalformedRequest(Reason),
    /// A token was sent and refused: 401, `invalid_token`.
    #[error("the token was refused: {0}")]
    InvalidToken(Reason),
}

impl AuthenticateError {
    /// Why, for a log; not for the client.
    ///
    /// ```
    /// use api_utils::token::{AuthenticateError, Reason};
    /// let error = AuthenticateError::InvalidToken(Reason::SignatureMismatch);
    /// assert_eq!(error.reason(), Reason::SignatureMismatch);
    /// ```
    #[must_use]
    pub const fn reason(&self) -> Reason {
        match self {
            Self::NoCredentials(reason)
            | Self::MalformedRequest(reason)
            | Self::InvalidToken(reason) => *reason,
        }
    }
}

/// Settings from which no [`Auth`](crate::Auth) can be made. It holds no key and no secret.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, AuthError};
///
/// let error = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"too short")
///     .build()
///     .unwrap_err();
/// assert_eq!(error, AuthError::KeyTooShort { algorithm: Algorithm::Hs256 });
/// assert_eq!(error.to_string(), "the key for HS256 is shorter than 32 bytes");
/// ```
///
/// Its `Debug` says the same, because that is what a `main` that returns it shows.
#[derive(Clone, Copy, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// No key was given.
    #[error("no key was given, so no token could ever be accepted")]
    NoKey,
    /// There are keys, and none of them is of an algorithm that is accepted.
    #[error(
        "no key is of an algorithm that is accepted: name those of the keys \
         (in JWT_ALGORITHMS, where the settings say them)"
    )]
    NoKeyOfAlgorithms,
    /// A key shorter than the hash of its algorithm (RFC 7518 section 3.2).
    #[error("the key for {algorithm} is shorter than {} bytes", algorithm.hash_bytes())]
    KeyTooShort {
        /// The algorithm that the key was given for.
        algorithm: Algorithm,
    },
    /// A key of so few different bytes that it was not drawn at random.
    #[error("the key for {algorithm} has fewer than 8 different bytes")]
    KeyTooUniform {
        /// The algorithm that the key was given for.
        algorithm: Algorithm,
    },
    /// The text of a public key was given as a shared secret: everybody may know it.
    #[error("a key file (PEM, SSH or JSON Web Key) was given as a shared secret")]
    KeyFileAsSecret,
    /// A public key that cannot be used.
    #[error("a public key {0}")]
    Key(#[from] super::KeyFault),
    /// The same, of a setting.
    #[error("what {setting} gives {fault}")]
    KeyOf {
        /// The name of the setting.
        setting: &'static str,
        /// What is wrong with the key, or with the set.
        fault: super::KeyFault,
    },
    /// A secret key was given for an algorithm that is not HMAC.
    #[error("{algorithm} does not take a shared secret")]
    NotHmac {
        /// The algorithm that the key was given for.
        algorithm: Algorithm,
    },
    /// More than four keys that one token could be signed with.
    #[error(
        "more than {} keys of {algorithm} that one token could be signed with; give each its `kid`",
        super::ring::MAX_CANDIDATES
    )]
    TooManyKeys {
        /// The algorithm of the keys.
        algorithm: Algorithm,
    },
    /// An issuer is blank.
    #[error("the issuer is blank")]
    IssuerBlank,
    /// No audience, or a blank one.
    #[error("there is no audience, or one is blank")]
    AudienceBlank,
    /// A leeway that would make expiry meaningless.
    #[error("the leeway is longer than 5 minutes")]
    LeewayTooLong,
    /// A key failed to verify what it had just signed.
    #[error("the self-test of a key failed")]
    SelfTest,
}

impl std::fmt::Debug for AuthError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// A claim that is there, and is not of the type that was asked for. It does not say what it is.
///
/// ```
/// # use api_utils::{Auth, token::{Algorithm, Issuer}};
/// # let auth = Auth::builder("https://id.example", ["my-api"])
/// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
/// # let minted = Issuer::of(&auth)?.token("alice").claim("floor", "seven").mint()?;
/// # let token = auth.verify(&minted.token)?;
/// let error = token.claim::<u8>("floor").unwrap_err();
/// assert_eq!(error.to_string(), "the claim is not of the expected type");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the claim is not of the expected type")]
#[non_exhaustive]
pub struct ClaimTypeError;
