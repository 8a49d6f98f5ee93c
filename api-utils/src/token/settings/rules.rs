//! What [`JwtConfig`](super::JwtConfig) refuses. Each rule is a function of what it looks at, so
//! that every way to make the settings holds to the same ones.

use std::borrow::Cow;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretSlice, SecretString};

use crate::secret::{either_base64, strength};
use crate::token::Algorithm;

pub(crate) const SECRET: &str = "JWT_SECRET";
pub(crate) const ALSO_ACCEPTED: &str = "JWT_SECRET_ALSO_ACCEPTED";
pub(crate) const ALGORITHM: &str = "JWT_ALGORITHM";
pub(crate) const ISSUER: &str = "JWT_ISSUER";
pub(crate) const AUDIENCE: &str = "JWT_AUDIENCE";
pub(crate) const TTL_MINUTES: &str = "JWT_TTL_MINUTES";
pub(crate) const MAX_LIFETIME_MINUTES: &str = "JWT_MAX_LIFETIME_MINUTES";
pub(crate) const ENABLE_LOGIN: &str = "ENABLE_LOGIN";
pub(crate) const DEV_LOGIN_HOSTS: &str = "DEV_LOGIN_HOSTS";

/// The issuer of every token of the development login, and of nothing else.
pub(crate) const DEVELOPMENT_ISSUER: &str = "dev-idp";
pub(crate) const DEFAULT_AUDIENCE: &str = "dev-api";
pub(crate) const DEFAULT_TTL_MINUTES: u64 = 60;
const MOST_TTL_MINUTES: u64 = 24 * 60;
/// A year.
const MOST_LIFETIME_MINUTES: u64 = 365 * 24 * 60;
/// With the current one, as many as are tried for one token.
const MOST_ALSO_ACCEPTED: usize = 3;

/// One broken rule: the setting, what is wrong with it, what to do. Never its value.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) setting: &'static str,
    pub(crate) reason: Cow<'static, str>,
    pub(crate) remedy: Cow<'static, str>,
}

impl Fault {
    fn new(
        setting: &'static str,
        reason: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            setting,
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }
}

/// How the text of `JWT_SECRET` becomes the key.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum SecretEncoding {
    /// The bytes of the text itself.
    #[default]
    Text,
    /// What the text decodes to.
    Base64,
}

pub(crate) fn hmac(algorithm: Algorithm) -> Result<Algorithm, Fault> {
    if algorithm.is_hmac() {
        return Ok(algorithm);
    }
    Err(Fault::new(
        ALGORITHM,
        "is an algorithm of key pairs, which a secret cannot serve: the keys of an identity provider \
         are for a `JwtKeysConfig`",
        "set it to HS256, HS384 or HS512",
    ))
}

/// The key, if secret, encoding and algorithm go together.
pub(crate) fn key(
    secret: &SecretString,
    encoding: SecretEncoding,
    algorithm: Algorithm,
) -> Result<SecretSlice<u8>, Fault> {
    key_of(SECRET, secret, encoding, algorithm)
}

/// The keys of `JWT_SECRET_ALSO_ACCEPTED`: as strong as the current one, and others.
pub(crate) fn also_accepted(
    secrets: &[SecretString],
    current: &SecretString,
    encoding: SecretEncoding,
    algorithm: Algorithm,
) -> Result<Vec<SecretSlice<u8>>, Fault> {
    let fault = |reason, remedy| Err(Fault::new(ALSO_ACCEPTED, reason, remedy));
    if secrets.len() > MOST_ALSO_ACCEPTED {
        return fault(
            "has more than three secrets",
            "drop those that no token is signed with any more",
        );
    }
    let keys: Vec<SecretSlice<u8>> = secrets
        .iter()
        .map(|secret| key_of(ALSO_ACCEPTED, secret, encoding, algorithm))
        .collect::<Result<_, _>>()?;
    // By what they decode to: base64 writes the same key in several ways.
    let current = key(current, encoding, algorithm).ok();
    let is_current = |key: &SecretSlice<u8>| {
        let current = current.as_ref().map(ExposeSecret::expose_secret);
        current == Some(key.expose_secret())
    };
    if keys.iter().any(is_current) {
        return fault(
            "has the secret that JWT_SECRET is",
            "list only what JWT_SECRET was before or will be next",
        );
    }
    Ok(keys)
}

fn key_of(
    setting: &'static str,
    secret: &SecretString,
    encoding: SecretEncoding,
    algorithm: Algorithm,
) -> Result<SecretSlice<u8>, Fault> {
    let least = algorithm.hash_bytes();
    let text = secret.expose_secret();
    let weak = |weakness: strength::Weakness| {
        let reason = match weakness {
            strength::Weakness::Short { .. } => {
                format!("{weakness}, the least for {algorithm} (RFC 7518 section 3.2)").into()
            }
            _ => Cow::from(weakness.to_string()),
        };
        let remedy = weakness.remedy().unwrap_or_else(|| strength::remedy(least));
        Fault::new(setting, reason, remedy)
    };
    match encoding {
        SecretEncoding::Text => {
            strength::text_as_key(text, least).map_err(weak)?;
            Ok(SecretSlice::from(text.as_bytes().to_vec()))
        }
        SecretEncoding::Base64 => {
            strength::text(text).map_err(weak)?;
            let bytes = either_base64::decode(text).ok_or_else(|| {
                Fault::new(
                    setting,
                    "is not base64, which JWT_SECRET_ENCODING says it is",
                    "give it in base64, or set JWT_SECRET_ENCODING=text",
                )
            })?;
            strength::decoded(&bytes, least).map_err(weak)?;
            // Of exact size: a shrinking buffer would leave its old place unwiped.
            Ok(SecretSlice::from(bytes.to_vec()))
        }
    }
}

/// Who issues tokens and for whom, as it was given.
pub(crate) struct Identity<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) issuer_by_default: bool,
    pub(crate) audiences: &'a [String],
    pub(crate) audience_by_default: bool,
    pub(crate) login_enabled: bool,
}

pub(crate) fn identity(given: &Identity<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |setting, reason: &'static str, remedy: &'static str| {
        faults.push(Fault::new(setting, reason, remedy));
    };
    const ISSUER_REMEDY: &str = "set it to the `iss` of the tokens of your identity provider";
    const AUDIENCE_REMEDY: &str = "set it to the name of this service in the `aud` of its tokens";
    match text_fault(given.issuer) {
        Some(reason) => add(ISSUER, reason, ISSUER_REMEDY),
        None if given.login_enabled => {}
        None if given.issuer_by_default => add(
            ISSUER,
            "is not set, and its default `dev-idp` is for development login only",
            ISSUER_REMEDY,
        ),
        None if given.issuer == DEVELOPMENT_ISSUER => add(
            ISSUER,
            "is `dev-idp`, the issuer of development login, which is off",
            ISSUER_REMEDY,
        ),
        None => {}
    }
    if given.audiences.is_empty() {
        add(AUDIENCE, "names no audience", AUDIENCE_REMEDY);
    } else if let Some(reason) = given.audiences.iter().find_map(|one| text_fault(one)) {
        add(AUDIENCE, reason, AUDIENCE_REMEDY);
    } else if given.audience_by_default && !given.login_enabled {
        add(
            AUDIENCE,
            "is not set, and its default `dev-api` is for development login only",
            AUDIENCE_REMEDY,
        );
    }
    faults
}

/// Why no token could, or every token would, match this text.
fn text_fault(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("is empty or blank")
    } else if text.trim().len() != text.len() {
        Some("has white space at its start or end, and is compared to the letter")
    } else if text == "*" {
        Some("is `*`, and is compared to the letter: there is no wildcard")
    } else {
        None
    }
}

/// Development login, where the program has it.
pub(crate) fn login(enabled: bool, built_in: bool) -> Option<Fault> {
    (enabled && !built_in).then(|| {
        Fault::new(
            ENABLE_LOGIN,
            "is `true`, and this program was built without the cargo feature `dev-login`",
            "set it to false, or build with the feature for development",
        )
    })
}

/// Hosts are compared to the letter, without their port.
pub(crate) fn hosts(listed: &[String]) -> Option<Fault> {
    let bare = |host: &String| {
        host.parse::<http::uri::Authority>()
            .is_ok_and(|authority| authority.host() == host)
    };
    (!listed.iter().all(bare)).then(|| {
        Fault::new(
            DEV_LOGIN_HOSTS,
            "has an entry that is not a host name",
            "list names by comma, without scheme or port",
        )
    })
}

/// A secret that stands in every token is none, whether it signs or is accepted besides.
pub(crate) fn apart(
    secret: &SecretString,
    also_accepted: &[SecretString],
    issuer: &str,
    audiences: &[String],
) -> Option<Fault> {
    let is_shown = |secret: &SecretString| {
        let secret = secret.expose_secret();
        secret == issuer || audiences.iter().any(|audience| audience == secret)
    };
    let setting = match is_shown(secret) {
        true => SECRET,
        false if also_accepted.iter().any(is_shown) => ALSO_ACCEPTED,
        false => return None,
    };
    Some(Fault::new(
        setting,
        "is the same as the issuer or an audience, which every token shows",
        strength::remedy(0),
    ))
}

/// A cap that no token, or every token, would pass is a mistake.
pub(crate) fn max_lifetime(lifetime: Duration, ttl: Duration) -> Result<Duration, Fault> {
    let fault = |reason, remedy| Err(Fault::new(MAX_LIFETIME_MINUTES, reason, remedy));
    let seconds = lifetime.as_secs();
    if !(60..=MOST_LIFETIME_MINUTES.saturating_mul(60)).contains(&seconds) {
        return fault(
            "is not from 1 to 525600 minutes",
            "set it to how long the tokens of the identity provider may live",
        );
    }
    if lifetime < ttl {
        return fault(
            "is less than JWT_TTL_MINUTES: the service would refuse its own tokens",
            "set it to JWT_TTL_MINUTES or more",
        );
    }
    Ok(lifetime)
}

pub(crate) fn ttl(lifetime: Duration) -> Result<Duration, Fault> {
    let seconds = lifetime.as_secs();
    if (60..=MOST_TTL_MINUTES.saturating_mul(60)).contains(&seconds) {
        return Ok(lifetime);
    }
    Err(Fault::new(
        TTL_MINUTES,
        "is not from 1 to 1440 minutes",
        "set it to how long a token may live; an hour is 60",
    ))
}
