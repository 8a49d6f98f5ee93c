//! [`JwtConfig`] as a section of a `#[derive(Config)]`. It is read in two parts, each with its own
//! rules, so that a bad secret does not hide a missing issuer from the report.

use std::time::Duration;

use secrecy::SecretString;

use super::JwtConfig;
use super::deserialize::{split, split_secrets};
use super::rules::{self, Fault, SecretEncoding};
use crate::Config;
use crate::config::{Content, FromValue, ItemValue, Load, Problems, Refusal, Value};
use crate::token::Algorithm;

#[derive(Config)]
#[config(section, crate = crate, validate = check)]
struct Settings {
    #[config(flatten)]
    signature: Signature,
    #[config(flatten)]
    identity: Identity,
    /// How long the tokens live that this service issues itself, in minutes.
    #[config(name = "JWT_TTL_MINUTES", default = Ttl(rules::DEFAULT_TTL_MINUTES))]
    ttl: Ttl,
    /// The longest lifetime of a token that is accepted, in minutes.
    #[config(name = "JWT_MAX_LIFETIME_MINUTES")]
    max_lifetime: Option<MaxLifetime>,
}

#[derive(Config)]
#[config(section, crate = crate, validate = check_signature)]
struct Signature {
    /// The secret that signs and verifies tokens.
    jwt_secret: SigningSecret,
    /// Secrets that verify tokens and sign none, by comma: the former or the next one.
    jwt_secret_also_accepted: Option<Secrets>,
    /// `text`: the key is the secret's text; `base64`: the key is what it decodes to.
    #[config(default = SecretEncoding::Text)]
    jwt_secret_encoding: SecretEncoding,
    /// How tokens are signed.
    #[config(default = HmacAlgorithm(Algorithm::Hs256))]
    jwt_algorithm: HmacAlgorithm,
}

#[derive(Config)]
#[config(section, crate = crate, validate = check_identity)]
struct Identity {
    /// The `iss` that a token must have.
    #[config(default = rules::DEVELOPMENT_ISSUER.to_owned())]
    jwt_issuer: String,
    /// The audiences of this service, one or several by comma: a token is for one of them.
    #[config(default = Texts(vec![rules::DEFAULT_AUDIENCE.to_owned()]))]
    jwt_audience: Texts,
    /// Development login: anybody who reaches this service gets a token.
    #[config(default = false)]
    enable_login: bool,
    /// Hosts that development login answers beside loopback, by comma.
    #[config(default = Texts(Vec::new()))]
    dev_login_hosts: Texts,
}

impl Load for JwtConfig {
    const ENTRIES: &'static [api_utils::__private::Entry] = Settings::ENTRIES;

    fn __build(loader: &mut api_utils::__private::Loader<'_>) -> Option<Self> {
        let settings = Settings::__build(loader)?;
        let Signature {
            jwt_secret,
            jwt_secret_also_accepted,
            jwt_secret_encoding,
            jwt_algorithm,
        } = settings.signature;
        // Whatever was refused is in the report already.
        let key = rules::key(&jwt_secret.0, jwt_secret_encoding, jwt_algorithm.0).ok()?;
        let also_accepted = rules::also_accepted(
            also(&jwt_secret_also_accepted),
            &jwt_secret.0,
            jwt_secret_encoding,
            jwt_algorithm.0,
        )
        .ok()?;
        Some(Self {
            key,
            also_accepted,
            algorithm: jwt_algorithm.0,
            issuer: settings.identity.jwt_issuer,
            audiences: settings.identity.jwt_audience.0,
            ttl: settings.ttl.lifetime(),
            max_lifetime: settings.max_lifetime.map(|lifetime| lifetime.0),
            login_enabled: settings.identity.enable_login,
            dev_login_hosts: settings.identity.dev_login_hosts.0,
        })
    }
}

fn report(problems: &mut Problems<'_, '_>, faults: impl IntoIterator<Item = Fault>) {
    for fault in faults {
        problems.refuse(fault.setting, fault.reason, fault.remedy);
    }
}

fn check_signature(given: &Signature, problems: &mut Problems<'_, '_>) {
    let key = rules::key(
        &given.jwt_secret.0,
        given.jwt_secret_encoding,
        given.jwt_algorithm.0,
    );
    report(problems, key.err());
    let also_accepted = rules::also_accepted(
        also(&given.jwt_secret_also_accepted),
        &given.jwt_secret.0,
        given.jwt_secret_encoding,
        given.jwt_algorithm.0,
    );
    report(problems, also_accepted.err());
}

fn also(secrets: &Option<Secrets>) -> &[SecretString] {
    secrets.as_ref().map_or(&[], |secrets| &secrets.0)
}

fn check_identity(given: &Identity, problems: &mut Problems<'_, '_>) {
    let faults = rules::identity(&rules::Identity {
        issuer: &given.jwt_issuer,
        issuer_by_default: problems.is_default(rules::ISSUER),
        audiences: &given.jwt_audience.0,
        audience_by_default: problems.is_default(rules::AUDIENCE),
        login_enabled: given.enable_login,
    });
    report(problems, faults);
    report(problems, rules::hosts(&given.dev_login_hosts.0));
    let built_in = cfg!(feature = "dev-login");
    report(problems, rules::login(given.enable_login, built_in));
    if given.enable_login {
        problems.warn(
            rules::ENABLE_LOGIN,
            "is on: whoever reaches this service gets a token with any role",
        );
    }
}

fn check(given: &Settings, problems: &mut Problems<'_, '_>) {
    let identity = &given.identity;
    let secret = &given.signature.jwt_secret.0;
    let same = rules::apart(
        secret,
        also(&given.signature.jwt_secret_also_accepted),
        &identity.jwt_issuer,
        &identity.jwt_audience.0,
    );
    report(problems, same);
    if let Some(MaxLifetime(lifetime)) = given.max_lifetime {
        let fault = rules::max_lifetime(lifetime, given.ttl.lifetime()).err();
        report(problems, fault);
    }
}

/// A secret whose strength depends on the settings beside it.
struct SigningSecret(SecretString);

impl FromValue for SigningSecret {
    const EXPECTED: &'static str = SecretString::EXPECTED;
    const SECRET: bool = true;
    const STRENGTH_BY_SECTION: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        SecretString::from_value(value).map(Self)
    }

    fn show(&self) -> ItemValue {
        ItemValue::secret()
    }
}

/// Several of them, by comma or as a list of a document.
struct Secrets(Vec<SecretString>);

impl FromValue for Secrets {
    const EXPECTED: &'static str = "one to three secrets by comma";
    const SECRET: bool = true;
    const STRENGTH_BY_SECTION: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        match value.content() {
            Content::Text(texts) => Ok(Self(split_secrets(texts))),
            Content::List(list) => list
                .iter()
                .map(SecretString::from_value)
                .collect::<Result<_, _>>()
                .map(Self),
            _ => Err(Refusal::unexpected()),
        }
    }

    fn show(&self) -> ItemValue {
        ItemValue::secret()
    }
}

impl FromValue for SecretEncoding {
    const EXPECTED: &'static str = "`text` or `base64`";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        text.parse().map_err(|_| Refusal::unexpected())
    }

    fn show(&self) -> ItemValue {
        match self {
            Self::Text => "text".into(),
            Self::Base64 => "base64".into(),
        }
    }
}

/// HS256, HS384 or HS512.
struct HmacAlgorithm(Algorithm);

impl FromValue for HmacAlgorithm {
    const EXPECTED: &'static str = "HS256, HS384 or HS512";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        let algorithm: Algorithm = text.parse().map_err(|_| Refusal::unexpected())?;
        match rules::hmac(algorithm) {
            Ok(algorithm) => Ok(Self(algorithm)),
            Err(fault) => Err(Refusal::because(fault.reason)),
        }
    }

    fn show(&self) -> ItemValue {
        self.0.name().into()
    }
}

/// One or several, by comma or as a list of a document.
struct Texts(Vec<String>);

impl FromValue for Texts {
    const EXPECTED: &'static str = "one or several texts by comma";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        match value.content() {
            Content::Text(text) => Ok(Self(split(text))),
            Content::List(list) => list
                .iter()
                .map(String::from_value)
                .collect::<Result<_, _>>()
                .map(Self),
            _ => Err(Refusal::unexpected()),
        }
    }

    fn show(&self) -> ItemValue {
        ItemValue::List(self.0.iter().map(|one| one.as_str().into()).collect())
    }
}

/// In minutes.
struct Ttl(u64);

impl Ttl {
    fn lifetime(&self) -> Duration {
        Duration::from_secs(self.0.saturating_mul(60))
    }
}

impl FromValue for Ttl {
    const EXPECTED: &'static str = "a whole number of minutes from 1 to 1440";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let minutes = u64::from_value(value)?;
        let ttl = Self(minutes);
        rules::ttl(ttl.lifetime()).map_err(|_| Refusal::unexpected())?;
        Ok(ttl)
    }

    fn show(&self) -> ItemValue {
        ItemValue::integer(self.0)
    }
}

/// In minutes, up to a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct MaxLifetime(pub(super) Duration);

impl FromValue for MaxLifetime {
    const EXPECTED: &'static str = "a whole number of minutes from 1 to 525600";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let minutes = u64::from_value(value)?;
        let lifetime = Duration::from_secs(minutes.saturating_mul(60));
        rules::max_lifetime(lifetime, Duration::ZERO).map_err(|_| Refusal::unexpected())?;
        Ok(Self(lifetime))
    }

    fn show(&self) -> ItemValue {
        let Self(lifetime) = self;
        ItemValue::integer(lifetime.as_secs().checked_div(60).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Sources;
    use crate::{Config, JwtConfig};

    #[derive(Config)]
    #[config(crate = crate)]
    struct Service {
        #[config(flatten)]
        jwt: JwtConfig,
    }

    /// Here and not in the behaviour tests: those are always built with `dev-login`.
    #[test]
    fn login_needs_the_cargo_feature() {
        let loaded = Service::load_from(Sources::of_environment([
            ("JWT_SECRET", "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"),
            ("ENABLE_LOGIN", "true"),
        ]));
        if cfg!(feature = "dev-login") {
            assert!(loaded.unwrap().jwt.login_enabled());
        } else {
            let said = loaded.unwrap_err().to_string();
            let reason = "ENABLE_LOGIN is `true`, and this program was built without the cargo \
                          feature `dev-login`";
            assert!(said.contains(reason), "{said}");
        }
    }
}
