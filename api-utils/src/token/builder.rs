//! The settings of an `Auth` to be.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;

use super::cache::CacheLimits;
use super::ring::{self, KeyRing};
use super::verifier::Verifier;
use super::{Algorithm, Audience, Auth, AuthError, Clock, Key, Provider, RoleSource};

const DEFAULT_LEEWAY: Duration = Duration::from_secs(60);
const MAX_LEEWAY: Duration = Duration::from_secs(5 * 60);

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
    pub(super) keys: Result<Vec<Key>, AuthError>,
    leeway: Duration,
    clock: Clock,
    max_lifetime: Option<Duration>,
    provider: Provider,
    sender_constrained: bool,
    cache: Option<CacheLimits>,
    pub(super) algorithms: Option<Box<[Algorithm]>>,
}

impl AuthBuilder {
    pub(super) fn new(issuer: Box<str>, audiences: Vec<Box<str>>) -> Self {
        Self {
            issuers: vec![issuer],
            audiences,
            keys: Ok(Vec::new()),
            leeway: DEFAULT_LEEWAY,
            clock: Clock::system(),
            max_lifetime: None,
            provider: Provider::standard(),
            sender_constrained: false,
            cache: None,
            algorithms: None,
        }
    }

    /// Accepts tokens of one more issuer, signed with the same keys: one that changes its name.
    ///
    /// Keys belong to no issuer: with those of two providers each could sign for the other. Two
    /// providers are two `Auth`s.
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

    /// Remembers verified tokens of public keys, so many and no more than so many bytes, and does not
    /// check the signature of the same bytes again. More than 2^20 are as good as that.
    ///
    /// Everything else is judged at every use: times, issuer, audience, rules. With other keys it
    /// begins anew. Tokens of a shared secret are not remembered: they take no longer to verify.
    ///
    /// ```
    /// use std::num::NonZero;
    /// use api_utils::Auth;
    /// use api_utils::token::Algorithm;
    ///
    /// let entries = NonZero::new(10_000).unwrap();
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .cache(entries, 32 * 1024 * 1024)
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn cache(mut self, entries: NonZero<usize>, bytes: usize) -> Self {
        self.cache = Some(CacheLimits { entries, bytes });
        self
    }

    /// Refuses tokens that live longer than this from `iat` to `exp`, and those without an `iat`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Issuer};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .max_lifetime(Duration::from_secs(60 * 60))
    ///     .build()?;
    /// let week = Issuer::of(&auth)?.lifetime(Duration::from_secs(7 * 24 * 60 * 60));
    /// let refused = auth.verify(&week.token("alice").mint()?.token).unwrap_err();
    /// assert_eq!(refused.reason().class(), "lifetime_too_long");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn max_lifetime(mut self, lifetime: Duration) -> Self {
        self.max_lifetime = Some(lifetime);
        self
    }

    /// Reads roles and audience where this provider writes them, and refuses its tokens of other
    /// kinds. It replaces what [`roles`](Self::roles) and [`audience`](Self::audience) said before.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Provider};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .provider(Provider::okta())
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn provider(mut self, provider: Provider) -> Self {
        self.provider = provider;
        self
    }

    /// Reads the roles elsewhere than in the claim `roles`.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, RoleSource};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .roles(RoleSource::at(["groups"]))
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn roles(mut self, roles: RoleSource) -> Self {
        self.provider.roles = roles;
        self
    }

    /// Reads the audience elsewhere than in `aud`.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Audience};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-client"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .audience(Audience::client_id())
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn audience(mut self, audience: Audience) -> Self {
        self.provider.audience = audience;
        self
    }

    /// Accepts tokens that are bound to a key of their sender (`cnf`), for a service where something
    /// checks that the sender has it: a proxy that compares the client's certificate (RFC 8705), or
    /// a layer that verifies a DPoP proof (RFC 9449). Without that, whoever steals such a token can
    /// use it.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Issuer};
    /// use serde_json::json;
    ///
    /// let builder = || {
    ///     Auth::builder("https://id.example", ["my-api"])
    ///         .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    /// };
    /// let (usual, behind_a_proxy) = (builder().build()?, builder().sender_constrained().build()?);
    /// let bound = Issuer::of(&usual)?.token("alice").claim("cnf", json!({ "jkt": "0ZcO" })).mint()?;
    /// let refused = usual.verify(&bound.token).unwrap_err();
    /// assert_eq!(refused.reason().class(), "sender_constrained");
    /// assert!(behind_a_proxy.verify(&bound.token).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sender_constrained(mut self) -> Self {
        self.sender_constrained = true;
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
        for issuer in &self.issuers {
            check_identity(issuer, &self.audiences)?;
        }
        if self.leeway > MAX_LEEWAY {
            return Err(AuthError::LeewayTooLong);
        }
        #[cfg(feature = "testing")]
        tracing::warn!(
            "this program is built with the cargo feature `testing` of api-utils: code in it can \
             mint tokens and pass guards; a service has to be built without"
        );
        let keys = ring::of_algorithms(self.keys?, self.algorithms.as_deref())?;
        Ok(Auth {
            verifier: Arc::new(Verifier {
                ring: ArcSwap::from_pointee(KeyRing::new(keys, self.cache)?),
                issuers: self.issuers.into(),
                audiences: self.audiences.into(),
                leeway: self.leeway,
                clock: self.clock,
                max_lifetime: self.max_lifetime,
                audience: self.provider.audience,
                roles: self.provider.roles,
                kind: self.provider.kind,
                sender_constrained: self.sender_constrained,
                cache: self.cache,
                algorithms: self.algorithms,
            }),
        })
    }
}

/// What no token could match, or every token would.
pub(super) fn check_identity(issuer: &str, audiences: &[Box<str>]) -> Result<(), AuthError> {
    let is_blank = |text: &str| text.trim().is_empty();
    if is_blank(issuer) {
        return Err(AuthError::IssuerBlank);
    }
    if audiences.is_empty() || audiences.iter().any(|audience| is_blank(audience)) {
        return Err(AuthError::AudienceBlank);
    }
    Ok(())
}
