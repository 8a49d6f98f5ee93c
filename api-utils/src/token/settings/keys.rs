//! [`JwtKeysConfig`]: what a service needs to verify tokens of an identity provider's key pairs.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::public_key::PublicKeyText;
use super::rules::{self, Identity};
use super::section::MaxLifetime;
use crate::Config;
use crate::config::{FromValue, ItemValue, Problems, Refusal, Value};
use crate::token::{Algorithm, AuthError, JwkSet, Key};

/// The settings of a service that verifies the tokens of an identity provider by its public keys.
///
/// | setting | default | |
/// | --- | --- | --- |
/// | `JWT_ISSUER` | none | the `iss` that a token must have |
/// | `JWT_AUDIENCE` | none | one or several by comma: a token must be for one of them |
/// | `JWT_ALGORITHMS` | `RS256` | one or several by comma, none of them HMAC; one for a key in PEM |
/// | `JWT_PUBLIC_KEY` | none | the key, in PEM or as a JSON Web Key, or a JSON Web Key Set |
/// | `JWT_JWKS_FILE` | none | a file with a JSON Web Key Set, in the place of `JWT_PUBLIC_KEY` |
/// | `JWT_MAX_LIFETIME_MINUTES` | none | the longest lifetime of a token that is accepted |
///
/// A root that has it, and no secret, says `no_jwt_secret`:
///
/// ```
/// use api_utils::config::Sources;
/// use api_utils::token::{Algorithm, JwtKeySource, JwtKeysConfig};
/// use api_utils::Config;
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "tokens are verified by the keys of the identity provider")]
/// struct AppConfig {
///     #[config(flatten)]
///     jwt: JwtKeysConfig,
/// }
///
/// let config = AppConfig::load_from(Sources::of_environment([
///     ("JWT_ISSUER", "https://id.example.org"),
///     ("JWT_AUDIENCE", "orders"),
///     ("JWT_JWKS_FILE", "/etc/orders/jwks.json"),
/// ]))?;
/// assert_eq!(config.jwt.algorithms(), [Algorithm::Rs256]);
/// assert!(matches!(config.jwt.keys(), JwtKeySource::JwksFile(_)));
/// # Ok::<(), api_utils::config::Report>(())
/// ```
#[derive(Config, Debug)]
#[config(section, crate = crate, validate = check)]
pub struct JwtKeysConfig {
    /// The `iss` that a token must have.
    jwt_issuer: String,
    /// The audiences of this service: a token is for one of them.
    #[config(delimiter = ",")]
    jwt_audience: Vec<String>,
    /// How tokens are signed.
    #[config(delimiter = ",", default = "RS256")]
    jwt_algorithms: Vec<KeyAlgorithm>,
    /// The public key of the identity provider, in PEM or as a JSON Web Key, or its set of keys.
    jwt_public_key: Option<PublicKeyText>,
    /// A file with the JSON Web Key Set of the identity provider.
    jwt_jwks_file: Option<PathBuf>,
    /// The longest lifetime of a token that is accepted, in minutes.
    jwt_max_lifetime_minutes: Option<MaxLifetime>,
}

/// Where the public keys are.
///
/// ```
/// use api_utils::token::JwtKeySource;
///
/// fn describe(source: &JwtKeySource<'_>) -> String {
///     match source {
///         JwtKeySource::JwksFile(path) => path.display().to_string(),
///         _ => "a key in the configuration".to_owned(),
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum JwtKeySource<'a> {
    /// A key in PEM.
    Pem(&'a str),
    /// A JSON Web Key (RFC 7517 section 4).
    Jwk(&'a str),
    /// A JSON Web Key Set (RFC 7517 section 5).
    JwkSet(&'a str),
    /// A file with a JSON Web Key Set (RFC 7517 section 5). It was not read yet.
    JwksFile(&'a Path),
}

impl JwtKeysConfig {
    /// The `iss` that a token must have (RFC 7519 section 4.1.1).
    ///
    /// ```
    /// # use api_utils::token::JwtKeysConfig;
    /// fn issuer(jwt: &JwtKeysConfig) -> &str {
    ///     jwt.issuer()
    /// }
    /// ```
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.jwt_issuer
    }

    /// A token must be for one of these. There is at least one.
    ///
    /// ```
    /// # use api_utils::token::JwtKeysConfig;
    /// fn first(jwt: &JwtKeysConfig) -> Option<&String> {
    ///     jwt.audiences().first()
    /// }
    /// ```
    #[must_use]
    pub fn audiences(&self) -> &[String] {
        &self.jwt_audience
    }

    /// The only `alg`s that a token may have, none of them HMAC. There is at least one.
    ///
    /// ```
    /// # use api_utils::token::JwtKeysConfig;
    /// fn count(jwt: &JwtKeysConfig) -> usize {
    ///     jwt.algorithms().len()
    /// }
    /// ```
    #[must_use]
    pub fn algorithms(&self) -> Vec<Algorithm> {
        self.jwt_algorithms.iter().map(|one| one.0).collect()
    }

    /// Where the keys are.
    ///
    /// ```
    /// # use api_utils::token::{JwtKeySource, JwtKeysConfig};
    /// fn is_set(jwt: &JwtKeysConfig) -> bool {
    ///     matches!(jwt.keys(), JwtKeySource::JwksFile(_))
    /// }
    /// ```
    #[must_use]
    pub fn keys(&self) -> JwtKeySource<'_> {
        match (&self.jwt_public_key, &self.jwt_jwks_file) {
            (Some(PublicKeyText::Pem(text)), _) => JwtKeySource::Pem(text),
            (Some(PublicKeyText::Jwk(text)), _) => JwtKeySource::Jwk(text),
            (Some(PublicKeyText::JwkSet(text)), _) => JwtKeySource::JwkSet(text),
            (None, path) => JwtKeySource::JwksFile(path.as_deref().unwrap_or(Path::new(""))),
        }
    }

    /// The keys as they are now: what [`Auth::of_keys`](crate::Auth::of_keys) begins with, and what
    /// [`Auth::replace_keys`](crate::Auth::replace_keys) takes when the file has changed.
    ///
    /// # Errors
    /// [`AuthError::KeyOf`], where the file cannot be read, or no key in it can be used.
    ///
    /// ```
    /// # use api_utils::{Auth, token::{AuthError, JwtKeysConfig}};
    /// fn reload(auth: &Auth, jwt: &JwtKeysConfig) -> Result<(), AuthError> {
    ///     auth.replace_keys(jwt.read_keys()?)
    /// }
    /// ```
    pub fn read_keys(&self) -> Result<Vec<Key>, AuthError> {
        let set = |set: JwkSet| set.into_iter().collect();
        let (setting, keys): (_, Result<Vec<Key>, AuthError>) = match self.keys() {
            JwtKeySource::Pem(text) => {
                let algorithms = self.algorithms();
                let keys = algorithms.iter().map(|one| Key::pem(*one, text));
                ("JWT_PUBLIC_KEY", keys.collect())
            }
            JwtKeySource::Jwk(text) => ("JWT_PUBLIC_KEY", Key::jwk(text).map(|key| vec![key])),
            JwtKeySource::JwkSet(text) => ("JWT_PUBLIC_KEY", JwkSet::parse(text).map(set)),
            JwtKeySource::JwksFile(path) => ("JWT_JWKS_FILE", JwkSet::read(path).map(set)),
        };
        keys.map_err(|error| match error {
            AuthError::Key(fault) => AuthError::KeyOf { setting, fault },
            other => other,
        })
    }

    fn names_one_algorithm(&self) -> bool {
        let mut algorithms = self.algorithms();
        algorithms.dedup();
        algorithms.len() == 1
    }

    pub(crate) fn max_lifetime(&self) -> Option<Duration> {
        self.jwt_max_lifetime_minutes
            .as_ref()
            .map(|lifetime| lifetime.0)
    }
}

fn check(given: &JwtKeysConfig, problems: &mut Problems<'_, '_>) {
    for fault in rules::identity(&Identity {
        issuer: &given.jwt_issuer,
        issuer_by_default: false,
        audiences: &given.jwt_audience,
        audience_by_default: false,
        login_enabled: false,
    }) {
        problems.refuse(fault.setting, fault.reason, fault.remedy);
    }
    match (&given.jwt_public_key, &given.jwt_jwks_file) {
        (None, None) => problems.refuse(
            "JWT_PUBLIC_KEY",
            "is not set, and neither is JWT_JWKS_FILE",
            "set one of the two to the public keys of your identity provider",
        ),
        (Some(_), Some(_)) => problems.refuse(
            "JWT_PUBLIC_KEY",
            "is set, and so is JWT_JWKS_FILE",
            "drop one of the two",
        ),
        (None, Some(path)) if is_url(path) => problems.refuse(
            "JWT_JWKS_FILE",
            "is a URL, and nothing is fetched from there",
            "name a file, or give what your own HTTP client fetches to `Auth::replace_keys`",
        ),
        _ if given.jwt_algorithms.is_empty() => problems.refuse(
            "JWT_ALGORITHMS",
            "names no algorithm",
            "name the one that your identity provider signs with",
        ),
        (Some(PublicKeyText::Pem(_)), None) if !given.names_one_algorithm() => problems.refuse(
            "JWT_ALGORITHMS",
            "names several, and a key in PEM is of one",
            "name the one that your identity provider signs with",
        ),
        _ => {}
    }
}

fn is_url(path: &Path) -> bool {
    let starts = |scheme| path.to_str().is_some_and(|path| path.starts_with(scheme));
    starts("https://") || starts("http://")
}

/// An algorithm of key pairs.
#[derive(Debug)]
struct KeyAlgorithm(Algorithm);

impl FromValue for KeyAlgorithm {
    const EXPECTED: &'static str = "an algorithm of key pairs, like RS256, ES256 or EdDSA";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        let unknown = "names an algorithm that is unknown here; \
                       they are written like RS256, ES256 or EdDSA";
        let algorithm: Algorithm = text.parse().map_err(|_| Refusal::because(unknown))?;
        if algorithm.is_hmac() {
            let reason = "names an algorithm of a shared secret, beside the keys of a provider";
            return Err(Refusal::because(reason));
        }
        Ok(Self(algorithm))
    }

    fn show(&self) -> ItemValue {
        self.0.name().into()
    }
}
