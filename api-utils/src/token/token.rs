//! A verified token.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;

use super::claims::{Claims, Field, Span, TextList};
use super::error::ClaimTypeError;
use super::own_claims::NoClaims;
use super::tag::Tag;
use super::times;
use super::verified::Verified;

/// A token that an [`Auth`](crate::Auth) has verified: whoever holds one need check nothing more.
///
/// There is no other way to one: it has no public constructor, no `Default`, no `Deserialize`.
/// It owns its claims, decoded and parsed once; a clone is a pointer. Its `Debug` shows no claim.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer};
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
/// let minted = Issuer::of(&auth)?.token("alice").role("editor").scope("read").mint()?;
///
/// let token = auth.verify(&minted.token)?;
/// assert_eq!(token.subject(), "alice");
/// assert_eq!(token.issuer(), "https://id.example");
/// assert!(token.audience().eq(["my-api"]));
/// assert!(token.roles().eq(["editor"]));
/// assert!(token.scopes().eq(["read"]));
/// assert_eq!(format!("{token:?}"), "Token(..)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Token<C = NoClaims> {
    verified: Arc<Verified>,
    remote_ip: Option<IpAddr>,
    pub(super) own: C,
}

impl Token {
    pub(super) const fn new(verified: Arc<Verified>, remote_ip: Option<IpAddr>) -> Self {
        Self {
            verified,
            remote_ip,
            own: NoClaims,
        }
    }

    pub(super) fn with_own<C>(self, own: C) -> Token<C> {
        Token {
            verified: self.verified,
            remote_ip: self.remote_ip,
            own,
        }
    }
}

impl<C> Token<C> {
    /// Whom the token speaks for: `sub` (RFC 7519 section 4.1.2). Never blank.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert_eq!(auth.verify(&minted.token)?.subject(), "alice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subject(&self) -> &str {
        self.text(self.claims().fields.subject).unwrap_or_default()
    }

    /// Who issued it: `iss` (RFC 7519 section 4.1.1), one of the accepted issuers.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert_eq!(auth.verify(&minted.token)?.issuer(), "https://id.example");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.text(self.claims().fields.issuer).unwrap_or_default()
    }

    /// Whom it is for: every element of `aud` (RFC 7519 section 4.1.3), one of them ours; none
    /// where [`Audience::client_id`](super::Audience::client_id) asks for the client and there is no
    /// `aud`.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert!(auth.verify(&minted.token)?.audience().eq(["my-api"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn audience(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.claims().list(self.claims().fields.audience)
    }

    /// The roles: the strings of the array `roles`, or of where the
    /// [`RoleSource`](super::RoleSource) says; none where there is no such claim.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").role("admin").role("editor").mint()?;
    /// assert!(auth.verify(&minted.token)?.roles().eq(["admin", "editor"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.claims().list(self.claims().fields.roles)
    }

    /// Whether `role` is one of the roles, letter by letter.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").role("admin").mint()?;
    /// let token = auth.verify(&minted.token)?;
    /// assert!(token.has_role("admin"));
    /// assert!(!token.has_role("Admin"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.role_list().contains(role)
    }

    /// The scopes: what `scope` and `scp` hold, as words of a string (RFC 8693 section 4.2) or as
    /// elements of an array.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").scope("read").scope("write").mint()?;
    /// assert!(auth.verify(&minted.token)?.scopes().eq(["read", "write"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scopes(&self) -> impl Iterator<Item = &str> + Clone {
        let claims = self.claims();
        claims
            .list(claims.fields.scope)
            .chain(claims.list(claims.fields.scp))
    }

    /// Whether `scope` is one of the scopes, letter by letter.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").scope("read").mint()?;
    /// assert!(auth.verify(&minted.token)?.has_scope("read"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scope_lists().iter().any(|list| list.contains(scope))
    }

    /// The token's own name: `jti` (RFC 7519 section 4.1.7).
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert!(auth.verify(&minted.token)?.id().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.text(self.claims().fields.id)
    }

    /// The time from which it is no longer valid: `exp` (RFC 7519 section 4.1.4).
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert_eq!(auth.verify(&minted.token)?.expires_at(), minted.expires_at);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        time(self.claims().fields.expires_at).unwrap_or(UNIX_EPOCH)
    }

    /// The time at which it was issued: `iat` (RFC 7519 section 4.1.6).
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// let token = auth.verify(&minted.token)?;
    /// assert!(token.issued_at() < Some(token.expires_at()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn issued_at(&self) -> Option<SystemTime> {
        time(self.claims().fields.issued_at)
    }

    /// Whether it has expired since it was verified, by the clock and with the leeway of its
    /// [`Auth`](crate::Auth): for connections that live longer than a request.
    ///
    /// ```
    /// # #[cfg(feature = "testing")] {
    /// use std::time::Duration;
    /// use api_utils::{Auth, testing, token::Algorithm};
    ///
    /// let clock = testing::clock(1_767_225_600);
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .clock(&clock)
    ///     .build()?;
    /// let token = auth.verify(&testing::mint(&auth, "alice", &[]))?;
    /// assert!(!token.expired());
    /// clock.advance(Duration::from_secs(2 * 60 * 60));
    /// assert!(token.expired());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expired(&self) -> bool {
        let Verified { clock, leeway, .. } = &*self.verified;
        let expires_at = self.claims().fields.expires_at.value();
        match (clock.since_epoch(), expires_at) {
            (Some(now), Some(expires_at)) => times::has_expired(expires_at, now, *leeway),
            _ => true,
        }
    }

    /// The claim `name` as a `T`; `None` where the token has no such claim.
    ///
    /// # Errors
    /// [`ClaimTypeError`] where the claim is there and is no `T`.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").claim("tenant", "blue").mint()?;
    /// let token = auth.verify(&minted.token)?;
    /// assert_eq!(token.claim::<String>("tenant")?.as_deref(), Some("blue"));
    /// assert_eq!(token.claim::<u8>("floor")?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn claim<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ClaimTypeError> {
        self.claims()
            .deserialize(name)
            .map_err(|_mistyped| ClaimTypeError)
    }

    /// All claims, to look one up by its path.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// let token = auth.verify(&minted.token)?;
    /// assert_eq!(token.claims().get(&["sub"]).as_str(), Some("alice"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.verified.claims
    }

    /// The address of the connection that brought it, where the service knows it: axum's
    /// `ConnectInfo`. Behind a proxy this is the proxy's address.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// assert_eq!(auth.verify(&minted.token)?.remote_ip(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn remote_ip(&self) -> Option<IpAddr> {
        self.remote_ip
    }

    /// The same token, with the address of the connection that brought it.
    ///
    /// The guard calls it; a service on another server than axum may.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").mint()?;
    /// let address = "192.0.2.1".parse()?;
    /// let token = auth.verify(&minted.token)?.with_remote_ip(Some(address));
    /// assert_eq!(token.remote_ip(), Some(address));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_remote_ip(mut self, remote_ip: Option<IpAddr>) -> Self {
        self.remote_ip = remote_ip;
        self
    }

    pub(crate) fn role_list(&self) -> TextList<'_> {
        self.claims().texts(self.claims().fields.roles)
    }

    pub(crate) fn scope_lists(&self) -> [TextList<'_>; 2] {
        let claims = self.claims();
        [claims.fields.scope, claims.fields.scp].map(|field| claims.texts(field))
    }

    pub(super) fn tag(&self) -> Option<Tag> {
        self.verified.tag
    }

    fn text(&self, field: Field<Span>) -> Option<&str> {
        Some(self.claims().text(field.value()?))
    }
}

fn time(field: Field<Duration>) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(field.value()?)
}

impl<C> fmt::Debug for Token<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}
