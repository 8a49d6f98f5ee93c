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
    #[serde(alias = "JWT_SECRET_ALSO_ACCEPTED", default)]
    jwt_secret_also_accepted: SecretTexts,
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
    #[serde(alias = "JWT_MAX_LIFETIME_MINUTES", default)]
    jwt_max_lifetime_minutes: Option<u64>,
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
        builder.also_accepted = given.jwt_secret_also_accepted.0;
        builder.max_lifetime = given
            .jwt_max_lifetime_minutes
            .map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
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

/// The same for secrets, without a copy that stays.
pub(super) fn split_secrets(texts: &str) -> Vec<SecretString> {
    texts
        .split(',')
        .map(|one| SecretString::from(one.trim()))
        .collect()
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

/// Several of them, in one text by comma or in a list; none where nothing is there. No `Option`:
/// serde's own would refuse a value of another type, and repeat it.
#[derive(Default)]
struct SecretTexts(Vec<SecretString>);

impl<'de> Deserialize<'de> for SecretTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretsVisitor)
    }
}

struct SecretsVisitor;

impl<'de> Visitor<'de> for SecretsVisitor {
    type Value = SecretTexts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secrets as texts")
    }

    fn visit_str<E: Error>(self, texts: &str) -> Result<SecretTexts, E> {
        // Empty counts as not set, as in every source of ours.
        if texts.is_empty() {
            return Ok(SecretTexts::default());
        }
        Ok(SecretTexts(split_secrets(texts)))
    }

    fn visit_string<E: Error>(self, texts: String) -> Result<SecretTexts, E> {
        self.visit_str(&zeroize::Zeroizing::new(texts))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<SecretTexts, A::Error> {
        let mut secrets = Vec::new();
        while let Some(secret) = list.next_element::<SecretText>()? {
            secrets.push(secret.0);
        }
        Ok(SecretTexts(secrets))
    }

    // Named one by one: serde's own messages would repeat a value of another type.
    fn visit_unit<E: Error>(self) -> Result<SecretTexts, E> {
        Ok(SecretTexts::default())
    }

    fn visit_none<E: Error>(self) -> Result<SecretTexts, E> {
        Ok(SecretTexts::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<SecretTexts, D::Error> {
        SecretTexts::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<SecretTexts, E> {
        Err(E::custom(NOT_TEXTS))
    }
}

const NOT_TEXTS: &str = "JWT_SECRET_ALSO_ACCEPTED is not text; write each secret in quotes";
