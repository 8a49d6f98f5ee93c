//! The public face: build an `Auth` once, give it tokens or requests.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use secrecy::ExposeSecret as _;

use super::authorization::{bearer, is_b64token};
use super::keys::{Key, KeyRing};
use super::settings::rules::DEVELOPMENT_ISSUER;
use super::verifier::Verifier;
use super::{Algorithm, AuthError, AuthenticateError, Clock, JwtConfig, Token, VerifyError};

const DEFAULT_LEEWAY: Duration = Duration::from_secs(60);
const MAX_LEEWAY: Duration = Duration::from_secs(5 * 60);

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
/// - `iss` exactly an accepted issuer; one of the audiences in `aud`; a `sub` that is not blank.
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
    verifier: Arc<Verifier>,
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
        let mut builder = Self::builder(config.issuer(), config.audiences())
            .hmac(config.algorithm(), config.key().expose_secret());
        if config.login_enabled() && config.issuer() != DEVELOPMENT_ISSUER {
            builder = builder.accept_issuer(DEVELOPMENT_ISSUER);
        }
        builder.build()
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
        AuthBuilder {
            issuers: vec![issuer.into().into()],
            audiences: audiences
                .into_iter()
                .map(|audience| audience.into().into())
                .collect(),
            keys: Ok(Vec::new()),
            leeway: DEFAULT_LEEWAY,
            clock: Clock::system(),
        }
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
        match self.verifier.verify(token) {
            Ok(claims) => Ok(Token::verified(claims, self.verifier.ring.tag)),
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
        let token = bearer(headers)?;
        self.verify(token).map_err(|error| {
            let reason = error.reason();
            if token.len() <= super::compact::MAX_TOKEN_BYTES && !is_b64token(token) {
                AuthenticateError::MalformedRequest(super::Reason::MalformedAuthorization)
            } else {
                AuthenticateError::InvalidToken(reason)
            }
        })
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
        token.tag() == self.verifier.ring.tag
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

/// Settings of an [`Auth`] to be. [`AuthBuilder::build`] checks them all.
///
/// ```
/// use std::time::Duration;
/// use api_utils::Auth;
/// use api_utils::token::Algorithm;
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs512, &[7, 6, 5, 4, 3, 2, 1, 0].repeat(8))
///     .leeway(Duration::from_secs(10))
///     .build()?;
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct AuthBuilder {
    issuers: Vec<Box<str>>,
    audiences: Vec<Box<str>>,
    keys: Result<Vec<Key>, AuthError>,
    leeway: Duration,
    clock: Clock,
}

impl AuthBuilder {
    /// Accepts tokens signed with this secret by this algorithm (HS256, HS384 or HS512).
    ///
    /// The bytes are the key as they are. It has to be at least as long as the hash (RFC 7518
    /// section 3.2); `openssl rand -base64 32` (48, 64) makes a good one.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError};
    ///
    /// let error = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs384, b"0123456789abcdef0123456789abcdef")
    ///     .build();
    /// assert_eq!(error.unwrap_err(), AuthError::KeyTooShort { algorithm: Algorithm::Hs384 });
    /// ```
    pub fn hmac(mut self, algorithm: Algorithm, key: impl AsRef<[u8]>) -> Self {
        if let Ok(keys) = &mut self.keys {
            match Key::hmac(algorithm, key.as_ref()) {
                Ok(key) => keys.push(key),
                Err(error) => self.keys = Err(error),
            }
        }
        self
    }

    /// Accepts tokens of one more issuer, signed with the same keys.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::Algorithm;
    ///
    /// let auth = Auth::builder("https://new.example", ["my-api"])
    ///     .accept_issuer("https://old.example")
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn accept_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuers.push(issuer.into().into());
        self
    }

    /// How far the clocks of issuer and verifier may differ: 60 seconds unless set, 5 minutes at
    /// most.
    ///
    /// ```
    /// use std::time::Duration;
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError};
    ///
    /// let error = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .leeway(Duration::from_secs(3600))
    ///     .build();
    /// assert_eq!(error.unwrap_err(), AuthError::LeewayTooLong);
    /// ```
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Judges times by another clock than the system's.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Clock};
    ///
    /// let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .clock(Clock::from_fn(move || then))
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.clock = clock.into();
        self
    }

    /// Checks the settings and signs and verifies once with each key.
    ///
    /// # Errors
    /// [`AuthError`] for the first setting that no `Auth` can be made of.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError};
    ///
    /// let error = Auth::builder("https://id.example", Vec::<String>::new())
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .build();
    /// assert_eq!(error.unwrap_err(), AuthError::AudienceBlank);
    /// ```
    pub fn build(self) -> Result<Auth, AuthError> {
        let blank = |texts: &[Box<str>]| texts.iter().any(|text| text.trim().is_empty());
        if blank(&self.issuers) {
            return Err(AuthError::IssuerBlank);
        }
        if self.audiences.is_empty() || blank(&self.audiences) {
            return Err(AuthError::AudienceBlank);
        }
        if self.leeway > MAX_LEEWAY {
            return Err(AuthError::LeewayTooLong);
        }
        Ok(Auth {
            verifier: Arc::new(Verifier {
                ring: KeyRing::new(self.keys?)?,
                issuers: self.issuers.into(),
                audiences: self.audiences.into(),
                leeway: self.leeway,
                clock: self.clock,
            }),
        })
    }
}
