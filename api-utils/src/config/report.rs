//! Everything that is wrong with a configuration, in one text that tells what to do.

use std::fmt;

use super::origin::Origin;

/// One thing that is wrong with a setting. No value is ever in it.
///
/// ```
/// use api_utils::{Config, config::Sources};
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "a tool without tokens")]
/// struct Tool {
///     port: u16,
/// }
///
/// let report = Tool::load_from(Sources::of_environment([("PORT", "many")])).err();
/// let report = report.ok_or("it is not a number")?;
/// let problem = report.problems().first().ok_or("it is a problem")?;
/// assert_eq!(problem.setting(), "PORT");
/// assert_eq!(problem.reason(), "is not a whole number from 0 to 65535");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Problem {
    setting: String,
    reason: String,
    origin: Option<Origin>,
    looked_in: Vec<String>,
    remedy: Option<String>,
}

impl Problem {
    pub(crate) fn new(setting: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            setting: setting.into(),
            reason: reason.into(),
            origin: None,
            looked_in: Vec::new(),
            remedy: None,
        }
    }

    pub(crate) fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    pub(crate) fn looked_in(mut self, places: Vec<String>) -> Self {
        self.looked_in = places;
        self
    }

    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The setting, with every prefix.
    ///
    /// ```
    /// # use api_utils::config::Report;
    /// fn settings(report: &Report) -> Vec<&str> {
    ///     report.problems().iter().map(|problem| problem.setting()).collect()
    /// }
    /// ```
    #[must_use]
    pub fn setting(&self) -> &str {
        &self.setting
    }

    /// What is wrong, to follow the setting's name.
    ///
    /// ```
    /// # use api_utils::config::Problem;
    /// fn line(problem: &Problem) -> String {
    ///     format!("{} {}", problem.setting(), problem.reason())
    /// }
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Where the value is that is wrong, if there is one.
    ///
    /// ```
    /// # use api_utils::config::Problem;
    /// fn place(problem: &Problem) -> Option<String> {
    ///     problem.origin().map(ToString::to_string)
    /// }
    /// ```
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    pub(crate) fn hidden_by(self, hide: &impl Fn(&str) -> String) -> Self {
        Self {
            setting: self.setting,
            reason: hide(&self.reason),
            origin: self.origin.map(|origin| origin.hidden_by(hide)),
            looked_in: self.looked_in.iter().map(|place| hide(place)).collect(),
            remedy: self.remedy.as_deref().map(hide),
        }
    }
}

/// Three lines at most: what is wrong, where, what to do.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.setting, self.reason)?;
        if let Some(origin) = &self.origin {
            write!(f, "\n    found in   {origin}")?;
        }
        if !self.looked_in.is_empty() {
            write!(f, "\n    looked in  {}", self.looked_in.join(", "))?;
        }
        if let Some(remedy) = &self.remedy {
            write!(f, "\n    to do      {remedy}")?;
        }
        Ok(())
    }
}

/// Something that is no error and should be known. No value is ever in it.
///
/// ```
/// use api_utils::{Config, SecretString, config::Sources};
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "a tool without tokens")]
/// struct Tool {
///     smtp_password: Option<SecretString>,
/// }
///
/// let tool = Tool::load_from(Sources::of_environment([("SMTP_PASSWORD", "")]))?;
/// assert!(tool.smtp_password.is_none());
/// let warnings: Vec<String> = tool.warnings().iter().map(ToString::to_string).collect();
/// assert_eq!(warnings, ["SMTP_PASSWORD is empty in environment variable SMTP_PASSWORD, and counts as not set"]);
/// # Ok::<(), api_utils::config::Report>(())
/// ```
#[derive(Clone, Debug)]
pub struct Warning {
    setting: String,
    text: String,
}

impl Warning {
    pub(crate) fn new(setting: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            setting: setting.into(),
            text: text.into(),
        }
    }

    /// The setting, with every prefix.
    ///
    /// ```
    /// # use api_utils::config::Warning;
    /// fn settings(warnings: &[Warning]) -> Vec<&str> {
    ///     warnings.iter().map(Warning::setting).collect()
    /// }
    /// ```
    #[must_use]
    pub fn setting(&self) -> &str {
        &self.setting
    }

    pub(crate) fn hidden_by(self, hide: &impl Fn(&str) -> String) -> Self {
        Self {
            setting: self.setting,
            text: hide(&self.text),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.setting, self.text)
    }
}

/// Every problem of a configuration, in the order of its fields, and the warnings.
///
/// It prints for people, `Debug` as well as `Display`, so that `main` may return it:
///
/// ```
/// use api_utils::{Config, JwtConfig, config::Sources};
///
/// #[derive(Config)]
/// struct AppConfig {
///     #[config(default = "127.0.0.1:8080")]
///     listen: std::net::SocketAddr,
///     #[config(flatten)]
///     jwt: JwtConfig,
/// }
///
/// let sources = Sources::of_environment([
///     ("LISTEN", "localhost"),
///     ("JWT_SECRET", "hunter2"),
///     ("JWT_ISSUER", "https://id.example.org"),
/// ]);
/// let report = AppConfig::load_from(sources).err().map(|report| report.to_string());
/// assert_eq!(
///     report.as_deref(),
///     Some("\
/// 3 problems in the configuration
///
///   LISTEN is not an IP address with a port, like 127.0.0.1:8080 or [::1]:8080
///     found in   environment variable LISTEN
///
///   JWT_SECRET is shorter than 32 bytes, the least for HS256 (RFC 7518 section 3.2)
///     found in   environment variable JWT_SECRET
///     to do      make a random one: openssl rand -base64 32
///
///   JWT_AUDIENCE is not set, and its default `dev-api` is for development login only
///     looked in  environment variable JWT_AUDIENCE
///     to do      set it to the name of this service in the `aud` of its tokens
/// ")
/// );
/// ```
pub struct Report {
    problems: Vec<Problem>,
    warnings: Vec<Warning>,
}

impl Report {
    pub(crate) fn new(problems: Vec<Problem>, warnings: Vec<Warning>) -> Self {
        Self { problems, warnings }
    }

    /// The problems, in the order of the fields. There is at least one.
    ///
    /// ```
    /// # use api_utils::config::Report;
    /// fn count(report: &Report) -> usize {
    ///     report.problems().len()
    /// }
    /// ```
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What else was noticed.
    ///
    /// ```
    /// # use api_utils::config::Report;
    /// fn count(report: &Report) -> usize {
    ///     report.warnings().len()
    /// }
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// 78, `EX_CONFIG` of sysexits.h: "something was found in an unconfigured or misconfigured
    /// state".
    ///
    /// ```no_run
    /// use api_utils::{Config, JwtConfig};
    ///
    /// #[derive(Config)]
    /// struct AppConfig {
    ///     #[config(flatten)]
    ///     jwt: JwtConfig,
    /// }
    ///
    /// let config = AppConfig::load().unwrap_or_else(|report| {
    ///     eprintln!("{report}");
    ///     std::process::exit(report.exit_code().into())
    /// });
    /// ```
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        78
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.len() {
            1 => writeln!(f, "1 problem in the configuration")?,
            count => writeln!(f, "{count} problems in the configuration")?,
        }
        for problem in &self.problems {
            writeln!(f, "\n  {problem}")?;
        }
        if !self.warnings.is_empty() {
            writeln!(f, "\nNoticed as well")?;
            for warning in &self.warnings {
                writeln!(f, "\n  {warning}")?;
            }
        }
        Ok(())
    }
}

/// The same as `Display`, from a line of its own: what `main() -> Result<(), Report>` prints.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Report {}
