//! A JWK Set: the keys that can be used, and why the others cannot (RFC 7517 section 5).

use std::io::{self, Read as _};
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Key, KeyFault, jwk};
use crate::token::AuthError;
use crate::token::ring::MAX_CANDIDATES;

/// No provider's set comes near; what is larger is no set.
const MOST_BYTES: u64 = 1 << 20;

/// A set is read again and again, and is not ours: it does not fill the log.
const MOST_WARNINGS: usize = 8;

/// The keys of a JWK Set.
///
/// Providers put keys for other purposes, other algorithms and other times into their sets. A key
/// that cannot be used is skipped, with a warning in the log, and the others work. A key that is
/// not for signatures, by its `use` or `key_ops`, is as it should be: it is told at debug level.
///
/// At most four keys of one algorithm are tried for a token: those without a `kid` and those with
/// the token's. What a set has beyond that is skipped as well.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{JwkSet, KeyFault};
///
/// let set = JwkSet::parse(r#"{ "keys": [
///     { "kty": "OKP", "crv": "Ed25519", "kid": "one",
///       "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" },
///     { "kty": "AKP", "kid": "two", "alg": "ML-DSA-44", "pub": "AAAA" }
/// ] }"#)?;
/// assert_eq!(set.skipped()[0].fault, KeyFault::Unsupported);
///
/// let auth = Auth::builder("https://id.example", ["my-api"]).keys(set).build()?;
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Debug)]
pub struct JwkSet {
    keys: Vec<Key>,
    skipped: Vec<SkippedKey>,
}

/// A key of a set that cannot be used.
///
/// ```
/// use api_utils::token::{JwkSet, KeyFault};
///
/// let set = JwkSet::parse(r#"{ "keys": [
///     { "kty": "OKP", "crv": "Ed25519", "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" },
///     { "kty": "oct", "k": "AAAA" }
/// ] }"#)?;
/// let skipped = &set.skipped()[0];
/// assert_eq!((skipped.index, skipped.fault), (1, KeyFault::SharedSecret));
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SkippedKey {
    /// Its place in the set, from 0.
    pub index: usize,
    /// Why.
    pub fault: KeyFault,
}

/// Each key is read alone, so that what is wrong with one is no fault of the others.
#[derive(Deserialize)]
struct Members<'t> {
    #[serde(borrow)]
    keys: Vec<&'t RawValue>,
}

impl JwkSet {
    /// The keys in the text of a set.
    ///
    /// # Errors
    /// [`AuthError::Key`], where the text is no set, or not one of its keys can be used.
    ///
    /// ```
    /// use api_utils::token::{AuthError, JwkSet, KeyFault};
    ///
    /// assert_eq!(JwkSet::parse("<html>").unwrap_err(), AuthError::Key(KeyFault::NotJwkSet));
    /// let empty = JwkSet::parse(r#"{ "keys": [] }"#).unwrap_err();
    /// assert_eq!(empty, AuthError::Key(KeyFault::NoneUsable));
    /// ```
    pub fn parse(text: impl AsRef<[u8]>) -> Result<Self, AuthError> {
        let text = text.as_ref();
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let members: Members<'_> = serde_json::from_slice(text).map_err(|_| KeyFault::NotJwkSet)?;
        let mut set = Self {
            keys: Vec::new(),
            skipped: Vec::new(),
        };
        for (index, jwk) in members.keys.into_iter().enumerate() {
            let key = jwk::from_text(jwk.get().as_bytes()).and_then(|key| set.with_room_for(key));
            match key {
                Ok(key) => set.keys.push(key),
                Err(fault) => set.skipped.push(SkippedKey { index, fault }),
            }
        }
        set.log_skipped();
        if set.keys.is_empty() {
            return Err(KeyFault::NoneUsable.into());
        }
        Ok(set)
    }

    /// The key again, where every token that it could have signed has at most three other keys.
    fn with_room_for(&self, key: Key) -> Result<Key, KeyFault> {
        let same = self
            .keys
            .iter()
            .filter(|other| other.algorithm() == key.algorithm());
        let kids: Vec<Option<&str>> = same.map(Key::kid).collect();
        let count = |kid| kids.iter().filter(|other| **other == kid).count();
        let nameless = count(None);
        let named = match key.kid() {
            Some(kid) => count(Some(kid)),
            None => kids
                .iter()
                .flatten()
                .map(|kid| count(Some(*kid)))
                .max()
                .unwrap_or_default(),
        };
        if nameless.saturating_add(named) < MAX_CANDIDATES {
            Ok(key)
        } else {
            Err(KeyFault::Surplus)
        }
    }

    fn log_skipped(&self) {
        let (as_should_be, faulty): (Vec<_>, Vec<_>) = self
            .skipped
            .iter()
            .partition(|skipped| skipped.fault == KeyFault::OtherUse);
        for SkippedKey { index, fault } in as_should_be {
            tracing::debug!(index, %fault, "a key of a JWK Set is skipped: it {fault}");
        }
        for SkippedKey { index, fault } in faulty.iter().take(MOST_WARNINGS) {
            tracing::warn!(index, %fault, "a key of a JWK Set is skipped: it {fault}");
        }
        let more = faulty.len().saturating_sub(MOST_WARNINGS);
        if more > 0 {
            tracing::warn!(more, "more keys of the JWK Set are skipped");
        }
    }

    /// The keys in the file of a set.
    ///
    /// # Errors
    /// [`AuthError::Key`], as [`JwkSet::parse`], and where the file cannot be read.
    ///
    /// ```
    /// use api_utils::token::{AuthError, JwkSet, KeyFault};
    ///
    /// let error = JwkSet::read("no-such-file.json").unwrap_err();
    /// assert_eq!(error, AuthError::Key(KeyFault::File(std::io::ErrorKind::NotFound)));
    /// ```
    pub fn read(path: impl AsRef<Path>) -> Result<Self, AuthError> {
        let read = || -> io::Result<Vec<u8>> {
            let mut text = Vec::new();
            let most = MOST_BYTES.saturating_add(1);
            std::fs::File::open(path)?
                .take(most)
                .read_to_end(&mut text)?;
            Ok(text)
        };
        let text = read().map_err(|error| KeyFault::File(error.kind()))?;
        if u64::try_from(text.len()).is_ok_and(|length| length > MOST_BYTES) {
            return Err(KeyFault::File(io::ErrorKind::FileTooLarge).into());
        }
        Self::parse(text)
    }

    /// The keys that were skipped, in their order.
    ///
    /// ```
    /// use api_utils::token::JwkSet;
    ///
    /// let set = JwkSet::parse(r#"{ "keys": [ { "kty": "OKP", "crv": "Ed25519",
    ///     "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" } ] }"#)?;
    /// assert!(set.skipped().is_empty());
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[must_use]
    pub fn skipped(&self) -> &[SkippedKey] {
        &self.skipped
    }
}

/// The keys that can be used.
impl IntoIterator for JwkSet {
    type Item = Key;
    type IntoIter = std::vec::IntoIter<Key>;

    fn into_iter(self) -> Self::IntoIter {
        self.keys.into_iter()
    }
}
