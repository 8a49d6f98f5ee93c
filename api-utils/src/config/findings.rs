//! What a load finds: what is wrong, and what should be known.

use std::fmt;

use super::origin::Origin;
use super::style::Style;

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
        self.write(f, Style::PLAIN)
    }
}

impl Problem {
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, style: Style) -> fmt::Result {
        let Style {
            setting,
            label,
            end,
            ..
        } = style;
        write!(f, "{setting}{}{end} {}", self.setting, self.reason)?;
        if let Some(origin) = &self.origin {
            write!(f, "\n    {label}found in{end}   {origin}")?;
        }
        if !self.looked_in.is_empty() {
            let places = self.looked_in.join(", ");
            write!(f, "\n    {label}looked in{end}  {places}")?;
        }
        if let Some(remedy) = &self.remedy {
            write!(f, "\n    {label}to do{end}      {remedy}")?;
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
    pub(super) setting: String,
    pub(super) text: String,
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
