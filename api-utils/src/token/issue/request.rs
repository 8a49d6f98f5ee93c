//! One token to be minted.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Issuer;
use crate::token::base64url;
use crate::token::claims::LATEST;
use crate::token::compact::MAX_TOKEN_BYTES;
use crate::token::header::MAX_HEADER_CHARACTERS;

/// Why a token could not be minted. It holds no key and no claim.
///
/// ```
/// use std::time::Duration;
/// use api_utils::token::{Algorithm, IssueError, Issuer};
///
/// let secret = b"0123456789abcdef0123456789abcdef";
/// let issuer = Issuer::hmac(Algorithm::Hs256, secret, "https://id.example", ["my-api"])?
///     .lifetime(Duration::MAX);
/// assert_eq!(issuer.token("alice").mint().unwrap_err(), IssueError::TimeOutOfRange);
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum IssueError {
    /// The `Auth` has no shared secret to sign with.
    #[error("there is no shared secret to sign with")]
    NoSecret,
    /// The subject is blank.
    #[error("the subject is blank")]
    SubjectBlank,
    /// The clock reads a time before 1970, or the token would outlive the year 9999.
    #[error("the clock and the lifetime make no time from 1970 to 9999")]
    TimeOutOfRange,
    /// A claim of one's own that is no JSON.
    #[error("a claim is not representable as JSON")]
    ClaimNotJson,
    /// It would be longer than what a verifier reads: 8 KiB, of which 1,024 characters of header.
    #[error("the token is longer than a verifier reads")]
    TooLarge,
}

/// A token just minted.
///
/// Its `Debug` does not show the token.
///
/// ```
/// # use api_utils::token::{Algorithm, Issuer};
/// # let issuer = Issuer::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef",
/// #     "https://id.example", ["my-api"])?;
/// let minted = issuer.token("alice").mint()?;
/// assert_eq!(minted.token.split('.').count(), 3);
/// assert!(minted.expires_at > std::time::SystemTime::now());
/// assert!(!format!("{minted:?}").contains(&minted.token));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct Minted {
    /// The compact serialization, ready to follow `Bearer `.
    pub token: String,
    /// The end of its lifetime: its `exp`, where no claim of that name was put over it.
    pub expires_at: SystemTime,
}

impl std::fmt::Debug for Minted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minted")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// What a token to be minted says; [`TokenRequest::mint`] signs it.
///
/// ```
/// # use api_utils::{Auth, token::{Algorithm, Issuer}};
/// # let auth = Auth::builder("https://id.example", ["my-api"])
/// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
/// let minted = Issuer::of(&auth)?
///     .token("alice")
///     .role("admin")
///     .scope("posts:write")
///     .claim("tenant", "blue")
///     .mint()?;
/// assert_eq!(auth.verify(&minted.token)?.claim::<String>("tenant")?.as_deref(), Some("blue"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub struct TokenRequest<'i> {
    issuer: &'i Issuer,
    subject: String,
    roles: Vec<String>,
    scopes: Vec<String>,
    claims: Result<Map<String, Value>, IssueError>,
}

/// Shows no claim.
impl std::fmt::Debug for TokenRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenRequest(..)")
    }
}

impl<'i> TokenRequest<'i> {
    pub(super) fn new(issuer: &'i Issuer, subject: String) -> Self {
        Self {
            issuer,
            subject,
            roles: Vec::new(),
            scopes: Vec::new(),
            claims: Ok(Map::new()),
        }
    }

    /// Adds a role.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// let minted = Issuer::of(&auth)?.token("alice").role("admin").mint()?;
    /// assert!(auth.verify(&minted.token)?.has_role("admin"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Adds a scope.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// let minted = Issuer::of(&auth)?.token("alice").scope("read").mint()?;
    /// assert!(auth.verify(&minted.token)?.has_scope("read"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Adds a claim, or replaces one that would be there: `claim("exp", 0)` mints an expired token.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// let minted = Issuer::of(&auth)?.token("alice").claim("exp", 0).mint()?;
    /// assert_eq!(auth.verify(&minted.token).unwrap_err().reason().class(), "expired");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn claim(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        if let Ok(claims) = &mut self.claims {
            match serde_json::to_value(value) {
                Ok(value) => drop(claims.insert(name.into(), value)),
                Err(_) => self.claims = Err(IssueError::ClaimNotJson),
            }
        }
        self
    }

    /// Signs it, with `iat`, `nbf`, `exp` and a new `jti`.
    ///
    /// # Errors
    /// [`IssueError`], for a blank subject, a time out of range, a claim that is no JSON.
    ///
    /// ```
    /// # use api_utils::token::{Algorithm, Issuer};
    /// # let issuer = Issuer::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef",
    /// #     "https://id.example", ["my-api"])?;
    /// let one = issuer.token("alice").mint()?;
    /// let other = issuer.token("alice").mint()?;
    /// assert_ne!(one.token, other.token);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn mint(self) -> Result<Minted, IssueError> {
        if self.subject.trim().is_empty() {
            return Err(IssueError::SubjectBlank);
        }
        let issuer = self.issuer;
        let (now, expires) = times(issuer).ok_or(IssueError::TimeOutOfRange)?;
        let mut claims = Map::new();
        let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        put("iss", json!(issuer.issuer));
        put(
            "aud",
            match issuer.audiences.as_slice() {
                [only] => json!(only),
                several => json!(several),
            },
        );
        put("sub", json!(self.subject));
        put("roles", json!(self.roles));
        if !self.scopes.is_empty() {
            put("scope", json!(self.scopes.join(" ")));
        }
        put("iat", json!(now));
        put("nbf", json!(now));
        put("exp", json!(expires));
        put("jti", json!(new_id()));
        claims.extend(self.claims?);
        Ok(Minted {
            token: sign(issuer, &claims).ok_or(IssueError::TooLarge)?,
            expires_at: UNIX_EPOCH
                .checked_add(Duration::from_secs(expires))
                .ok_or(IssueError::TimeOutOfRange)?,
        })
    }
}

/// Now and the end of the lifetime, in whole seconds.
fn times(issuer: &Issuer) -> Option<(u64, u64)> {
    let now = issuer.clock.since_epoch()?.as_secs();
    let expires = now.checked_add(issuer.lifetime.as_secs())?;
    (expires <= LATEST).then_some((now, expires))
}

/// `None` where no verifier of ours would read it.
fn sign(issuer: &Issuer, claims: &Map<String, Value>) -> Option<String> {
    let mut header = json!({ "alg": issuer.key.algorithm().name(), "typ": "JWT" });
    if let (Some(kid), Value::Object(members)) = (&issuer.kid, &mut header) {
        members.insert("kid".to_owned(), json!(kid));
    }
    let mut token = String::new();
    base64url::encode(header.to_string().as_bytes(), &mut token);
    if token.len() > MAX_HEADER_CHARACTERS {
        return None;
    }
    token.push('.');
    base64url::encode(json!(claims).to_string().as_bytes(), &mut token);
    let mac = issuer.key.sign(token.as_bytes());
    token.push('.');
    base64url::encode(mac.as_bytes(), &mut token);
    (token.len() <= MAX_TOKEN_BYTES).then_some(token)
}

/// A `jti`: 128 bits of two hashers that the standard library seeds from the system's randomness.
/// It has to be unique, not secret (RFC 7519 section 4.1.7).
fn new_id() -> String {
    let now = SystemTime::now();
    let half = || RandomState::new().hash_one(now);
    format!("{:016x}{:016x}", half(), half())
}
