//! [`JwtConfig`]: what a service needs to verify tokens of one secret, checked as a whole.

mod builder;
mod deserialize;
#[cfg(all(feature = "config", feature = "asymmetric"))]
mod keys;
#[cfg(all(feature = "config", feature = "asymmetric"))]
mod public_key;
pub(crate) mod rules;
#[cfg(feature = "config")]
mod section;

use std::time::Duration;

use secrecy::{SecretSlice, SecretString};

use super::Algorithm;
pub use builder::{JwtConfigBuilder, JwtConfigError};
#[cfg(all(feature = "config", feature = "asymmetric"))]
pub use keys::{JwtKeySource, JwtKeysConfig};

/// The settings of an `Auth` that verifies HS256, HS384 or HS512 tokens.
///
/// | setting | default | |
/// | --- | --- | --- |
/// | `JWT_SECRET` | none | the key: the bytes of its text |
/// | `JWT_SECRET_ALSO_ACCEPTED` | none | one to three by comma: keys that verify and do not sign |
/// | `JWT_SECRET_ENCODING` | `text` | `base64`: the key is what the text decodes to |
/// | `JWT_ALGORITHM` | `HS256` | `HS256`, `HS384` or `HS512` |
/// | `JWT_ISSUER` | `dev-idp` | the `iss` that a token must have |
/// | `JWT_AUDIENCE` | `dev-api` | one or several by comma: a token must be for one of them |
/// | `JWT_TTL_MINUTES` | `60` | 1 to 1440: how long the tokens live that *this* service issues |
/// | `JWT_MAX_LIFETIME_MINUTES` | none | the longest `exp - iat` of a token that is accepted |
/// | `ENABLE_LOGIN` | `false` | `true`: development login, with the cargo feature `dev-login` |
///
/// A value of this type is always a sound one. Whichever way it was made, as a section of a
/// `#[derive(Config)]`, by [`JwtConfig::new`] or [`JwtConfig::builder`], or by serde, these were
/// refused: a secret that is empty, blank, a placeholder, a published sample, a key file, shorter
/// than the hash of the algorithm (RFC 7518 section 3.2), repetitive, or the same as the issuer or
/// an audience; an issuer `dev-idp`, and an issuer or audience left at its default, while
/// development login is off.
///
/// # To replace the secret
///
/// 1. Every replica accepts the next one: add it to `JWT_SECRET_ALSO_ACCEPTED`.
/// 2. Every replica signs with it: make it the `JWT_SECRET`, and the former one the
///    `JWT_SECRET_ALSO_ACCEPTED`.
/// 3. When the last token of the former one has expired: drop it.
///
/// In a text a comma stands between two of them: a secret with a comma in it goes into a list of a
/// document, or to [`JwtConfigBuilder::also_accepted`].
///
/// Each step is complete on every replica before the next begins; then a token of any of them is
/// accepted by all.
///
/// ```
/// use api_utils::{JwtConfig, SecretString};
///
/// let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
/// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
/// assert_eq!(jwt.issuer(), "https://id.example.org");
///
/// let weak = JwtConfig::new(SecretString::from("hunter2"), "https://id.example.org", "orders");
/// assert!(weak.is_err());
/// # Ok::<(), api_utils::token::JwtConfigError>(())
/// ```
#[derive(Debug)]
pub struct JwtConfig {
    key: SecretSlice<u8>,
    also_accepted: Vec<SecretSlice<u8>>,
    algorithm: Algorithm,
    issuer: String,
    audiences: Vec<String>,
    ttl: Duration,
    max_lifetime: Option<Duration>,
    login_enabled: bool,
    dev_login_hosts: Vec<String>,
}

impl JwtConfig {
    /// Settings for HS256 with the text of `secret` as the key, everything else at its default.
    ///
    /// # Errors
    ///
    /// [`JwtConfigError`], which lists every rule that is broken.
    ///
    /// ```
    /// use api_utils::{JwtConfig, SecretString};
    ///
    /// let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert!(!jwt.login_enabled());
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    pub fn new(
        secret: SecretString,
        issuer: impl Into<String>,
        audience: impl Into<String>,
    ) -> Result<Self, JwtConfigError> {
        Self::builder(secret)
            .issuer(issuer)
            .audience(audience)
            .build()
    }

    /// Settings one by one.
    ///
    /// ```
    /// use std::time::Duration;
    /// use api_utils::{JwtConfig, SecretString, token::Algorithm};
    ///
    /// let secret = "c2VjcmV0LW9mLTQ4LWJ5dGVzOiBrN1F6MGZYdjlMcjJUeTVXbThCbjFDZDRHaDZK";
    /// let jwt = JwtConfig::builder(SecretString::from(secret))
    ///     .secret_in_base64()
    ///     .algorithm(Algorithm::Hs384)
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .audience("invoices")
    ///     .ttl(Duration::from_secs(15 * 60))
    ///     .build()?;
    /// assert_eq!(jwt.audiences(), ["orders", "invoices"]);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    pub fn builder(secret: SecretString) -> JwtConfigBuilder {
        JwtConfigBuilder::new(secret)
    }

    /// The `iss` that a token must have (RFC 7519 section 4.1.1).
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert_eq!(jwt.issuer(), "https://id.example.org");
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// A token must be for one of these: its `aud` (RFC 7519 section 4.1.3). There is at least one.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert_eq!(jwt.audiences(), ["orders"]);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn audiences(&self) -> &[String] {
        &self.audiences
    }

    /// HS256, HS384 or HS512: the only `alg` that a token may have.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString, token::Algorithm};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert_eq!(jwt.algorithm(), Algorithm::Hs256);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How long the tokens live that this service issues itself. It does not bound others' tokens.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert_eq!(jwt.ttl().as_secs(), 60 * 60);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn ttl(&self) -> Duration {
        self.ttl
    }

    /// The longest lifetime, from `iat` to `exp`, of a token that is accepted, where there is such a
    /// limit (`JWT_MAX_LIFETIME_MINUTES`).
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert_eq!(jwt.max_lifetime(), None);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn max_lifetime(&self) -> Option<Duration> {
        self.max_lifetime
    }

    /// Whether development login is on (`ENABLE_LOGIN=true`): only ever in a program with the
    /// cargo feature `dev-login`.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert!(!jwt.login_enabled());
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn login_enabled(&self) -> bool {
        self.login_enabled
    }

    /// The hosts that development login answers beside loopback (`DEV_LOGIN_HOSTS`).
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// # let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let jwt = JwtConfig::new(secret, "https://id.example.org", "orders")?;
    /// assert!(jwt.dev_login_hosts().is_empty());
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    #[must_use]
    pub fn dev_login_hosts(&self) -> &[String] {
        &self.dev_login_hosts
    }

    /// The keys that verify and do not sign, decoded and checked.
    pub(crate) fn also_accepted(&self) -> &[SecretSlice<u8>] {
        &self.also_accepted
    }

    /// The key, decoded and checked.
    pub(crate) fn key(&self) -> &SecretSlice<u8> {
        &self.key
    }
}
