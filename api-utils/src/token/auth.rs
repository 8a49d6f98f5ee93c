//! The public face: build an `Auth` once, give it tokens or requests.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::HeaderMap;
use secrecy::ExposeSecret as _;

use super::authorization::{bearer, is_b64token};
use super::ring::{self, KeyRing};
use super::settings::rules::DEVELOPMENT_ISSUER;
use super::verifier::Verifier;
use super::{AuthBuilder, AuthError, AuthenticateError, JwtConfig, Key, Token, VerifyError};

/// Verifies tokens: the keys, the accepted issuers and audiences, the clock.
///
/// Build one at start-up, clone it freely (a clone is a pointer), share it between threads.
///
/// A token is accepted when all of this holds, and there is no way to switch a part off:
///
/// - a compact JWS of at most 8 KiB, signed by one of the keys with that key's own algorithm;
/// - a header that asks for nothing more: no `crit`, no embedded key or place of keys, a `typ`
///   of an access token or none (RFC 7515, RFC 8725);
/// - claims that are one JSON object, in UTF-8, no member twice (RFC 7519 section 7.2);
/// - `exp` to come, `nbf` and `iat` not to come where they are there, within the leeway;
/// - `iss` exactly an accepted issuer; one of the audiences in `aud`, or in what the provider has in
///   its place; a `sub` that is not blank.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer};
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
///
/// let minted = Issuer::of(&auth)?.token("alice").role("admin").mint()?;
/// let token = auth.verify(&minted.token)?;
/// assert_eq!(token.subject(), "alice");
/// assert!(token.has_role("admin"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Auth {
    pub(super) verifier: Arc<Verifier>,
}

impl Auth {
    /// An `Auth` for the settings of a service: its secret, issuer and audiences.
    ///
    /// It accepts tokens of the development login (issuer `dev-idp`) beside those of its own
    /// issuer while `ENABLE_LOGIN` is true, and only then.
    ///
    /// # Errors
    /// [`AuthError`], where the key fails its self-test; the settings themselves are checked
    /// already.
    ///
    /// ```
    /// use api_utils::{Auth, JwtConfig, SecretString};
    ///
    /// let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let auth = Auth::new(&JwtConfig::new(secret, "https://id.example", "my-api")?)?;
    /// assert!(auth.verify("not a token").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(config: &JwtConfig) -> Result<Self, AuthError> {
        Self::of(config).build()
    }

    /// Starts an `Auth` for the settings of a service, where more is to be said than they do: a
    /// provider's kind of tokens, another clock. [`Auth::new`] is this, built at once.
    ///
    /// ```
    /// use api_utils::{Auth, JwtConfig, SecretString};
    /// use api_utils::token::Provider;
    ///
    /// let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// let config = JwtConfig::new(secret, "https://tenant.example", "my-api")?;
    /// let auth = Auth::of(&config).provider(Provider::auth0("https://my-api.example/roles")).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(config: &JwtConfig) -> AuthBuilder {
        let mut builder = Self::builder(config.issuer(), config.audiences())
            .hmac(config.algorithm(), config.key().expose_secret());
        for key in config.also_accepted() {
            builder = builder.hmac(config.algorithm(), key.expose_secret());
        }
        if let Some(lifetime) = config.max_lifetime() {
            builder = builder.max_lifetime(lifetime);
        }
        if config.login_enabled() && config.issuer() != DEVELOPMENT_ISSUER {
            builder = builder.accept_issuer(DEVELOPMENT_ISSUER);
        }
        builder
    }

    /// Starts an `Auth` for the settings of a service that trusts a provider's public keys.
    ///
    /// Keys of an algorithm that `JWT_ALGORITHMS` does not name are left out, of those that
    /// [replace](Self::replace_keys) them later too. A JSON Web Key of RSA without an `alg` is one
    /// of RS256. What the provider's
    /// tokens look like is [`AuthBuilder::provider`]'s business.
    ///
    /// # Errors
    /// [`AuthError`] where the keys cannot be read; a set of which none is left is refused when
    /// the builder builds.
    ///
    /// ```no_run
    /// use api_utils::{Auth, Config};
    /// use api_utils::token::{JwtKeysConfig, Provider};
    ///
    /// #[derive(Config)]
    /// #[config(no_jwt_secret = "tokens are signed by the identity provider alone")]
    /// struct AppConfig {
    ///     #[config(flatten)]
    ///     jwt: JwtKeysConfig,
    /// }
    ///
    /// let config = AppConfig::load()?;
    /// let auth = Auth::of_keys(&config.jwt)?.provider(Provider::keycloak("my-api")).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(all(feature = "config", feature = "asymmetric"))]
    pub fn of_keys(config: &super::JwtKeysConfig) -> Result<AuthBuilder, AuthError> {
        let algorithms = config.algorithms();
        let keys = config.read_keys()?;
        let builder = Self::builder(config.issuer(), config.audiences())
            .keys(keys)
            .algorithms(algorithms);
        Ok(match config.max_lifetime() {
            Some(lifetime) => builder.max_lifetime(lifetime),
            None => builder,
        })
    }

    /// Starts an `Auth` that accepts tokens of `issuer` for any of `audiences`.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api", "my-old-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .build();
    /// assert!(auth.is_ok());
    ///
    /// let without_key = Auth::builder("https://id.example", ["my-api"]).build();
    /// assert_eq!(without_key.unwrap_err(), AuthError::NoKey);
    /// ```
    pub fn builder<A: Into<String>>(
        issuer: impl Into<String>,
        audiences: impl IntoIterator<Item = A>,
    ) -> AuthBuilder {
        let audiences = audiences.into_iter().map(|audience| audience.into().into());
        AuthBuilder::new(issuer.into().into(), audiences.collect())
    }

    /// Verifies the text of a token.
    ///
    /// # Errors
    /// [`VerifyError`], whatever is wrong with the token; its reason is for a log.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer, Reason}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// let mut token = Issuer::of(&auth)?.token("alice").mint()?.token;
    /// assert!(auth.verify(&token).is_ok());
    ///
    /// let unsigned = token.rsplit_once('.').map(|(signed, _)| format!("{signed}.")).unwrap();
    /// assert_eq!(auth.verify(&unsigned).unwrap_err().reason(), Reason::SignatureMismatch);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify(&self, token: &str) -> Result<Token, VerifyError> {
        match self.verifier.verify(token.as_bytes()) {
            Ok(verified) => Ok(Token::new(verified, None)),
            Err(reason) => Err(VerifyError::new(reason)),
        }
    }

    /// Verifies the token in the one `Authorization` field of a request (RFC 6750 section 2.1).
    ///
    /// # Errors
    /// [`AuthenticateError`] says which of the three answers of RFC 6750 section 3 is due.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// let mut headers = http::HeaderMap::new();
    /// headers.insert("authorization", format!("Bearer {}", minted.token).parse()?);
    /// assert_eq!(auth.authenticate(&headers)?.subject(), "alice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn authenticate(&self, headers: &HeaderMap) -> Result<Token, AuthenticateError> {
        self.authenticate_from(headers, None)
    }

    /// The same, of a request from this address.
    pub(crate) fn authenticate_from(
        &self,
        headers: &HeaderMap,
        remote_ip: Option<IpAddr>,
    ) -> Result<Token, AuthenticateError> {
        let token = bearer(headers)?;
        match self.verifier.verify(token) {
            Ok(verified) => Ok(Token::new(verified, remote_ip)),
            Err(_) if token.len() <= super::compact::MAX_TOKEN_BYTES && !is_b64token(token) => {
                let reason = super::Reason::MalformedAuthorization;
                Err(AuthenticateError::MalformedRequest(reason))
            }
            Err(reason) => Err(AuthenticateError::InvalidToken(reason)),
        }
    }

    /// Whether it was this `Auth`, with the keys that it has now, that verified `token`.
    ///
    /// What one `Auth` has verified says nothing to another: it may trust other keys, another
    /// issuer, another audience. Whoever passes tokens along within a process asks this before
    /// taking one for verified.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let builder = || Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build();
    /// let (auth, equal) = (builder()?, builder()?);
    /// let token = auth.verify(&Issuer::of(&auth)?.token("alice").mint()?.token)?;
    /// assert!(auth.has_verified(&token));
    /// assert!(auth.clone().has_verified(&token));
    /// assert!(!equal.has_verified(&token));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn has_verified(&self, token: &Token) -> bool {
        token.tag() == Some(self.verifier.ring.load().tag)
    }

    /// Replaces all keys at once: tokens by the old ones are no longer accepted.
    ///
    /// A verification under way ends with the keys that it began with; none waits. Every clone of
    /// this `Auth` has the new keys. What it verified before with the old ones is not passed on:
    /// [`Auth::has_verified`] is false for it.
    ///
    /// # Errors
    /// [`AuthError`], where no `Auth` could be built with these keys; the old ones then stay.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Issuer, Key};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .build()?;
    /// let old = Issuer::of(&auth)?.token("alice").mint()?;
    ///
    /// auth.replace_keys([Key::hmac(Algorithm::Hs256, b"fedcba9876543210fedcba9876543210")?])?;
    /// assert!(auth.verify(&old.token).is_err());
    /// assert!(auth.verify(&Issuer::of(&auth)?.token("alice").mint()?.token).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replace_keys(&self, keys: impl IntoIterator<Item = Key>) -> Result<(), AuthError> {
        let keys = keys.into_iter().collect();
        let keys = ring::of_algorithms(keys, self.verifier.algorithms.as_deref())?;
        let ring = KeyRing::new(keys, self.verifier.cache)?;
        self.verifier.ring.store(Arc::new(ring));
        Ok(())
    }

    pub(super) fn verifier(&self) -> &Verifier {
        &self.verifier
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth")
            .field("issuers", &self.verifier.issuers)
            .field("audiences", &self.verifier.audiences)
            .field("leeway", &self.verifier.leeway)
            .finish_non_exhaustive()
    }
}
