//! Everything that is wrong with a configuration, in one text that tells what to do.

use std::fmt;

use super::findings::{Problem, Warning};
use super::style::Style;

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

    /// The report in colour, where the error output is a terminal and `NO_COLOR` is not set; the
    /// same as `Display` elsewhere.
    ///
    /// ```no_run
    /// # use api_utils::config::Report;
    /// fn tell(report: &Report) {
    ///     eprintln!("{}", report.for_terminal());
    /// }
    /// ```
    #[must_use]
    pub fn for_terminal(&self) -> impl fmt::Display + '_ {
        Styled(self, Style::of_stderr())
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
    ///     eprintln!("{}", report.for_terminal());
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
        Styled(self, Style::PLAIN).fmt(f)
    }
}

/// A report in one style.
struct Styled<'a>(&'a Report, Style);

impl fmt::Display for Styled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(report, style) = self;
        let (heading, end) = (style.heading, style.end);
        match report.problems.len() {
            1 => writeln!(f, "{heading}1 problem in the configuration{end}")?,
            count => writeln!(f, "{heading}{count} problems in the configuration{end}")?,
        }
        for problem in &report.problems {
            f.write_str("\n  ")?;
            problem.write(f, *style)?;
            f.write_str("\n")?;
        }
        if !report.warnings.is_empty() {
            writeln!(f, "\n{heading}Noticed as well{end}")?;
            for Warning { setting, text } in &report.warnings {
                writeln!(f, "\n  {}{setting}{end} {text}", style.setting)?;
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

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    #[test]
    fn colour_adds_nothing_to_what_is_said() {
        let problem = Problem::new("PORT", "is not a number")
            .at(Origin::environment("PORT"))
            .remedy("set it to a number");
        let absent = Problem::new("HOST", "is not set").looked_in(vec!["a".into(), "b".into()]);
        let warning = Warning::new("SMTP_PASSWORD", "is empty");
        let report = Report::new(vec![problem, absent], vec![warning]);
        let colored = Styled(&report, Style::COLORED).to_string();
        let Style {
            heading,
            setting,
            label,
            end,
        } = Style::COLORED;
        let mut plain = colored.clone();
        for code in [heading, setting, label, end] {
            assert!(plain.contains(code), "{plain}");
            plain = plain.replace(code, "");
        }
        assert_eq!(plain, report.to_string());
        assert_eq!(colored.matches(end).count(), 8);
    }
}
