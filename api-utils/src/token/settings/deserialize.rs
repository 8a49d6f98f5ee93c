//! [`JwtConfig`] for users of other loaders: serde's `Deserialize`, with every check.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::JwtConfig;
use super::builder::JwtConfigBuilder;
use super::rules::SecretEncoding;

/// The settings as another loader hands them over: by their names in lower or upper case.
#[derive(serde::Deserialize)]
struct Given {
    #[serde(alias = "JWT_SECRET")]
    jwt_secret: SecretText,
    #[serde(alias = "JWT_SECRET_ENCODING", default)]
    jwt_secret_encoding: Option<String>,
    #[serde(alias = "JWT_ALGORITHM", default)]
    jwt_algorithm: Option<String>,
    #[serde(alias = "JWT_ISSUER", default)]
    jwt_issuer: Option<String>,
    #[serde(alias = "JWT_AUDIENCE", default)]
    jwt_audience: Option<Texts>,
    #[serde(alias = "JWT_TTL_MINUTES", default)]
    jwt_ttl_minutes: Option<u64>,
    #[serde(alias = "ENABLE_LOGIN", default)]
    enable_login: bool,
    #[serde(alias = "DEV_LOGIN_HOSTS", default)]
    dev_login_hosts: Option<Texts>,
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Texts {
    Text(String),
    List(Vec<String>),
}

impl Texts {
    fn into_list(self) -> Vec<String> {
        match self {
            Self::Text(text) => split(&text),
            Self::List(list) => list,
        }
    }
}

impl<'de> Deserialize<'de> for JwtConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Given::deserialize(deserializer)?;
        let mut builder = JwtConfigBuilder::new(given.jwt_secret.0);
        if let Some(encoding) = given.jwt_secret_encoding {
            builder.encoding = encoding.parse().map_err(D::Error::custom)?;
        }
        if let Some(algorithm) = given.jwt_algorithm {
            builder.algorithm = algorithm
                .parse()
                .map_err(|unknown| D::Error::custom(format!("JWT_ALGORITHM is {unknown}")))?;
        }
        builder.issuer = given.jwt_issuer;
        builder.audiences = given.jwt_audience.map(Texts::into_list);
        if let Some(minutes) = given.jwt_ttl_minutes {
            builder.ttl = Duration::from_secs(minutes.saturating_mul(60));
        }
        builder.login_enabled = given.enable_login;
        builder.dev_login_hosts = given
            .dev_login_hosts
            .map(Texts::into_list)
            .unwrap_or_default();
        builder.build().map_err(D::Error::custom)
    }
}

/// `a, b` as `["a", "b"]`.
pub(super) fn split(texts: &str) -> Vec<String> {
    texts.split(',').map(|one| one.trim().to_owned()).collect()
}

impl std::str::FromStr for SecretEncoding {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "text" => Ok(Self::Text),
            "base64" => Ok(Self::Base64),
            _ => Err("JWT_SECRET_ENCODING is neither `text` nor `base64`"),
        }
    }
}

/// A secret's text. A value of another type is refused without serde's own message, which would
/// repeat it.
struct SecretText(SecretString);

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not `deserialize_str`: a format may then refuse another type itself, and repeat it.
        deserializer.deserialize_any(SecretVisitor)
    }
}

struct SecretVisitor;

const NOT_TEXT: &str = "JWT_SECRET is not text; write it in quotes";

impl Visitor<'_> for SecretVisitor {
    type Value = SecretText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SecretText, E> {
        Ok(SecretText(SecretString::from(text)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<SecretText, E> {
        // Copied to its exact size and wiped: shrinking would leave the old place as it is.
        let text = zeroize::Zeroizing::new(text);
        Ok(SecretText(SecretString::from(text.as_str())))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<SecretText, E> {
        Err(E::custom(NOT_TEXT))
    }
}
