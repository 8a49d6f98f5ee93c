//! Minting of HMAC tokens: for the development login, for tests, for services among themselves.

mod request;

use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::builder::check_identity;
use super::hmac::HmacKey;
use super::key::Key;
use super::{Algorithm, Auth, AuthError, Clock, JwtConfig};

pub use request::{IssueError, Minted, TokenRequest};

const DEFAULT_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// Mints tokens, signed with a shared secret (HS256, HS384, HS512).
///
/// ```
/// use std::time::Duration;
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer};
///
/// let secret = b"0123456789abcdef0123456789abcdef";
/// let issuer = Issuer::hmac(Algorithm::Hs256, secret, "https://id.example", ["my-api"])?
///     .lifetime(Duration::from_secs(300));
/// let minted = issuer.token("alice").role("admin").mint()?;
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, secret)
///     .build()?;
/// assert_eq!(auth.verify(&minted.token)?.subject(), "alice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Issuer {
    key: HmacKey,
    kid: Option<Box<str>>,
    issuer: Box<str>,
    audiences: Vec<Box<str>>,
    lifetime: Duration,
    clock: Clock,
}

impl Issuer {
    /// An issuer of what a service with these settings accepts, for as long as they say.
    ///
    /// # Errors
    /// [`AuthError`], as for [`Auth::new`].
    ///
    /// ```
    /// use api_utils::{Auth, JwtConfig, SecretString, token::Issuer};
    ///
    /// let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let config = JwtConfig::new(secret, "https://id.example", "my-api")?;
    /// let minted = Issuer::new(&config)?.token("alice").mint()?;
    /// assert_eq!(Auth::new(&config)?.verify(&minted.token)?.subject(), "alice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(config: &JwtConfig) -> Result<Self, AuthError> {
        let (algorithm, key) = (config.algorithm(), config.key().expose_secret());
        let issuer = Self::hmac(algorithm, key, config.issuer(), config.audiences())?;
        Ok(issuer.lifetime(config.ttl()))
    }

    /// An issuer named `issuer` that signs with `key`, for `audiences`.
    ///
    /// # Errors
    /// [`AuthError`], as for [`Auth::builder`].
    ///
    /// ```
    /// use api_utils::token::{Algorithm, AuthError, Issuer};
    ///
    /// let error = Issuer::hmac(Algorithm::Hs256, b"short", "https://id.example", ["my-api"]);
    /// assert_eq!(error.unwrap_err(), AuthError::KeyTooShort { algorithm: Algorithm::Hs256 });
    /// ```
    pub fn hmac<A: Into<String>>(
        algorithm: Algorithm,
        key: impl AsRef<[u8]>,
        issuer: impl Into<String>,
        audiences: impl IntoIterator<Item = A>,
    ) -> Result<Self, AuthError> {
        let key = Key::hmac(algorithm, key.as_ref())?;
        let issuer: Box<str> = issuer.into().into();
        let audiences: Vec<Box<str>> = audiences
            .into_iter()
            .map(|audience| audience.into().into())
            .collect();
        check_identity(&issuer, &audiences)?;
        Ok(Self {
            key: key
                .secret()
                .cloned()
                .ok_or(AuthError::NotHmac { algorithm })?,
            kid: key.kid,
            issuer,
            audiences,
            lifetime: DEFAULT_LIFETIME,
            clock: Clock::system(),
        })
    }

    /// An issuer of what `auth` accepts: its first issuer's name, its audiences, its first secret,
    /// its clock, at most its longest lifetime. What the tokens of a
    /// [provider](super::AuthBuilder::provider) say besides is for the caller to
    /// [add](TokenRequest::claim).
    ///
    /// # Errors
    /// [`IssueError::NoSecret`] where `auth` has no shared secret.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Issuer};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .build()?;
    /// let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert!(auth.verify(&minted.token).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(auth: &Auth) -> Result<Self, IssueError> {
        let verifier = auth.verifier();
        let ring = verifier.ring.load();
        let key = ring.signing_key().ok_or(IssueError::NoSecret)?;
        Ok(Self {
            key: key.secret().cloned().ok_or(IssueError::NoSecret)?,
            kid: key.kid.clone(),
            issuer: verifier.issuers.first().cloned().unwrap_or_default(),
            audiences: verifier.audiences.to_vec(),
            lifetime: verifier
                .max_lifetime
                .map_or(DEFAULT_LIFETIME, |most| most.min(DEFAULT_LIFETIME)),
            clock: verifier.clock.clone(),
        })
    }

    /// The same, under another name.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .accept_issuer("dev-idp")
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .build()?;
    /// let minted = Issuer::of(&auth)?.named("dev-idp").token("alice").mint()?;
    /// assert_eq!(auth.verify(&minted.token)?.issuer(), "dev-idp");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn named(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = issuer.into().into();
        self
    }

    /// How long a token is valid: one hour unless set.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use api_utils::token::{Algorithm, Issuer};
    /// let issuer = Issuer::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef",
    ///     "https://id.example", ["my-api"])?
    ///     .lifetime(Duration::from_secs(60));
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Dates tokens by another clock than the system's.
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    /// # use api_utils::token::{Algorithm, Clock, Issuer};
    /// let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
    /// let issuer = Issuer::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef",
    ///     "https://id.example", ["my-api"])?
    ///     .clock(Clock::from_fn(move || then));
    /// assert_eq!(issuer.token("alice").mint()?.expires_at, then + Duration::from_secs(3600));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.clock = clock.into();
        self
    }

    /// Starts a token for `subject`.
    ///
    /// ```
    /// # use api_utils::token::{Algorithm, IssueError, Issuer};
    /// # let issuer = Issuer::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef",
    /// #     "https://id.example", ["my-api"])?;
    /// assert!(issuer.token("alice").mint().is_ok());
    /// assert_eq!(issuer.token(" ").mint().unwrap_err(), IssueError::SubjectBlank);
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn token(&self, subject: impl Into<String>) -> TokenRequest<'_> {
        TokenRequest::new(self, subject.into())
    }
}
