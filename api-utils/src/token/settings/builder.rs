//! [`JwtConfig`] from its parts, and the error of every way that is not a configuration section.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;

use super::JwtConfig;
use super::rules::{self, Fault, SecretEncoding};
use crate::token::Algorithm;

/// The parts of a [`JwtConfig`], not yet checked. Its `Debug` masks the secret.
///
/// ```
/// use api_utils::{JwtConfig, SecretString};
///
/// let builder = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"));
/// assert!(!format!("{builder:?}").contains("k7Qz"));
/// ```
#[derive(Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct JwtConfigBuilder {
    pub(super) secret: SecretString,
    pub(super) also_accepted: Vec<SecretString>,
    pub(super) encoding: SecretEncoding,
    pub(super) algorithm: Algorithm,
    pub(super) issuer: Option<String>,
    pub(super) audiences: Option<Vec<String>>,
    pub(super) ttl: Duration,
    pub(super) max_lifetime: Option<Duration>,
    pub(super) login_enabled: bool,
    pub(super) dev_login_hosts: Vec<String>,
}

impl JwtConfigBuilder {
    pub(super) fn new(secret: SecretString) -> Self {
        Self {
            secret,
            also_accepted: Vec::new(),
            max_lifetime: None,
            encoding: SecretEncoding::default(),
            algorithm: Algorithm::Hs256,
            issuer: None,
            audiences: None,
            ttl: Duration::from_secs(rules::DEFAULT_TTL_MINUTES.saturating_mul(60)),
            login_enabled: false,
            dev_login_hosts: Vec::new(),
        }
    }

    /// The secret is base64 (RFC 4648 section 4 or 5); the key is what it decodes to.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let secret = SecretString::from("azdRejBmWHY5THIyVHk1V204Qm4xQ2Q0R2g2SnAzU2E=");
    /// let jwt = JwtConfig::builder(secret)
    ///     .secret_in_base64()
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .build();
    /// assert!(jwt.is_ok());
    /// ```
    pub fn secret_in_base64(mut self) -> Self {
        self.encoding = SecretEncoding::Base64;
        self
    }

    /// One secret more that verifies tokens, and signs none: the former or the next one, while it
    /// is replaced. Three at most.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let builder = || {
    ///     JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///         .issuer("https://id.example.org")
    ///         .audience("orders")
    /// };
    /// let former = SecretString::from("Zx3Rt8Lm1Qw6Ny4Kp9Vb2Hc7Jd5Fg0Us");
    /// assert!(builder().also_accepted(former).build().is_ok());
    ///
    /// let same = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
    /// assert!(builder().also_accepted(same).build().is_err());
    /// ```
    pub fn also_accepted(mut self, secret: SecretString) -> Self {
        self.also_accepted.push(secret);
        self
    }

    /// HS256 (the default), HS384 or HS512.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString, token::Algorithm};
    /// let short = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .algorithm(Algorithm::Hs512)
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .build();
    /// let said = short.err().map(|error| error.to_string()).unwrap_or_default();
    /// assert!(said.contains("is shorter than 64 bytes, the least for HS512"));
    /// ```
    pub fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// The `iss` that a token must have.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let unset = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .audience("orders")
    ///     .build();
    /// assert!(unset.is_err());
    /// ```
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// One audience more: a token must be for one of them.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let jwt = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .audience("invoices")
    ///     .build()?;
    /// assert_eq!(jwt.audiences().len(), 2);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.get_or_insert_default().push(audience.into());
        self
    }

    /// How long the tokens live that this service issues: a minute to a day.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// use std::time::Duration;
    ///
    /// let forever = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .ttl(Duration::MAX)
    ///     .build();
    /// assert!(forever.is_err());
    /// ```
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// The longest lifetime, from `iat` to `exp`, of a token that is accepted: a minute to a year,
    /// and no less than the tokens live that this service issues. A token without an `iat` is then
    /// refused.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// use std::time::Duration;
    ///
    /// let jwt = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .max_lifetime(Duration::from_secs(24 * 60 * 60))
    ///     .build()?;
    /// assert_eq!(jwt.max_lifetime(), Some(Duration::from_secs(24 * 60 * 60)));
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    pub fn max_lifetime(mut self, lifetime: Duration) -> Self {
        self.max_lifetime = Some(lifetime);
        self
    }

    /// Development login: anybody who reaches the service gets a token. It takes the cargo
    /// feature `dev-login` too.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let jwt = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .enable_login(true)
    ///     .build();
    /// assert_eq!(jwt.is_ok(), cfg!(feature = "dev-login"));
    /// ```
    pub fn enable_login(mut self, enabled: bool) -> Self {
        self.login_enabled = enabled;
        self
    }

    /// One host more that development login answers, beside loopback: a name without a port.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let jwt = JwtConfig::builder(SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"))
    ///     .issuer("https://id.example.org")
    ///     .audience("orders")
    ///     .dev_login_host("box.example.org")
    ///     .build()?;
    /// assert_eq!(jwt.dev_login_hosts(), ["box.example.org"]);
    /// # Ok::<(), api_utils::token::JwtConfigError>(())
    /// ```
    pub fn dev_login_host(mut self, host: impl Into<String>) -> Self {
        self.dev_login_hosts.push(host.into());
        self
    }

    /// The settings, checked.
    ///
    /// # Errors
    ///
    /// [`JwtConfigError`], which lists every rule that is broken.
    ///
    /// ```
    /// # use api_utils::{JwtConfig, SecretString};
    /// let everything_wrong = JwtConfig::builder(SecretString::from("hunter2")).build();
    /// let said = everything_wrong.err().map(|error| error.to_string()).unwrap_or_default();
    /// assert_eq!(said.lines().count(), 3);
    /// assert!(!said.contains("hunter2"));
    /// ```
    pub fn build(self) -> Result<JwtConfig, JwtConfigError> {
        let issuer_by_default = self.issuer.is_none();
        let audience_by_default = self.audiences.is_none();
        let issuer = self
            .issuer
            .unwrap_or_else(|| rules::DEVELOPMENT_ISSUER.to_owned());
        let audiences = self
            .audiences
            .unwrap_or_else(|| vec![rules::DEFAULT_AUDIENCE.to_owned()]);
        let mut faults = Vec::new();
        let key = rules::hmac(self.algorithm)
            .and_then(|algorithm| rules::key(&self.secret, self.encoding, algorithm))
            .map_err(|fault| faults.push(fault))
            .ok();
        let also_accepted = rules::hmac(self.algorithm)
            .and_then(|algorithm| {
                let (secrets, current) = (&self.also_accepted, &self.secret);
                rules::also_accepted(secrets, current, self.encoding, algorithm)
            })
            .map_err(|fault| {
                if self.algorithm.is_hmac() {
                    faults.push(fault);
                }
            })
            .unwrap_or_default();
        faults.extend(rules::apart(
            &self.secret,
            &self.also_accepted,
            &issuer,
            &audiences,
        ));
        faults.extend(rules::identity(&rules::Identity {
            issuer: &issuer,
            issuer_by_default,
            audiences: &audiences,
            audience_by_default,
            login_enabled: self.login_enabled,
        }));
        faults.extend(rules::hosts(&self.dev_login_hosts));
        faults.extend(rules::ttl(self.ttl).err());
        if let Some(lifetime) = self.max_lifetime {
            faults.extend(rules::max_lifetime(lifetime, self.ttl).err());
        }
        faults.extend(rules::login(
            self.login_enabled,
            cfg!(feature = "dev-login"),
        ));
        match key {
            Some(key) if faults.is_empty() => Ok(JwtConfig {
                key,
                also_accepted,
                algorithm: self.algorithm,
                issuer,
                audiences,
                ttl: self.ttl,
                max_lifetime: self.max_lifetime,
                login_enabled: self.login_enabled,
                dev_login_hosts: self.dev_login_hosts,
            }),
            _ => Err(JwtConfigError { faults }),
        }
    }
}

/// Every rule that the settings break, a line each: the setting, the reason, what to do. Never a
/// value.
///
/// ```
/// use api_utils::{JwtConfig, SecretString};
///
/// let error = JwtConfig::new(SecretString::from("changeme"), "https://id.example.org", "orders")
///     .err()
///     .map(|error| error.to_string());
/// assert_eq!(
///     error.as_deref(),
///     Some(
///         "JWT_SECRET is a placeholder that was never replaced; \
///          make a random one: openssl rand -base64 32"
///     )
/// );
/// ```
pub struct JwtConfigError {
    pub(super) faults: Vec<Fault>,
}

impl fmt::Display for JwtConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{} {}; {}", fault.setting, fault.reason, fault.remedy)?;
        }
        Ok(())
    }
}

/// The same as `Display`: what `main() -> Result<(), …>` prints is for people.
impl fmt::Debug for JwtConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for JwtConfigError {}
