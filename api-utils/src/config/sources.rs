//! The sources of one load, in order: the first that has a setting gives it.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use super::folder::Folder;
use super::origin::Origin;
use super::report::Problem;
use super::source::{Environment, Source};

/// The variable that names the folder with a file per setting.
const CONFIG_FOLDER: &str = "CONFIG_FOLDER";

/// Where a configuration is loaded from, highest precedence first.
///
/// `AppConfig::load()` takes [`Sources::standard`]: the folder that `CONFIG_FOLDER` names, when it
/// is set, with one file per setting; then the environment; then the defaults of the program.
///
/// A test hands in an environment of its own, and touches nothing of the process:
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
/// let tool = Tool::load_from(Sources::of_environment([("PORT", "8080")]))?;
/// assert_eq!(tool.port, 8080);
/// # Ok::<(), api_utils::config::Report>(())
/// ```
#[must_use = "sources do nothing until a configuration is loaded from them"]
pub struct Sources {
    layers: Vec<Box<dyn Source>>,
    problems: Vec<Problem>,
}

impl Sources {
    /// What a service reads: the folder that the variable `CONFIG_FOLDER` names, then the
    /// environment of the process.
    ///
    /// ```
    /// let sources = api_utils::config::Sources::standard();
    /// ```
    pub fn standard() -> Self {
        Self::over(Environment::Process)
    }

    /// What a service with this environment reads: [`Sources::standard`] over the given variables.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::of_environment([("PORT", "8080"), ("LOG", "debug")]);
    /// ```
    pub fn of_environment<N, V>(variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<OsString>,
    {
        Self::over(given(variables))
    }

    /// No source at all: every setting is at its default. Add sources in the order in which they
    /// are to be asked.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::empty().variables([("PORT", "8080")]).folder("/run/secrets");
    /// ```
    pub fn empty() -> Self {
        Self {
            layers: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Next, a folder with one file per setting, which must exist.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::empty().folder("/run/secrets");
    /// ```
    pub fn folder(self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let origin = Origin::file(path.display().to_string());
        self.open_folder(path, origin, "the folder of settings")
    }

    /// Next, these variables.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::empty().variables([("PORT", "8080")]);
    /// ```
    pub fn variables<N, V>(self, variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<OsString>,
    {
        self.source(given(variables))
    }

    /// Next, the environment of the process.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::empty().environment();
    /// ```
    pub fn environment(self) -> Self {
        self.source(Environment::Process)
    }

    /// Next, a source of your own.
    ///
    /// ```
    /// use api_utils::config::{Source, Sources};
    /// fn with(vault: impl Source + 'static) -> Sources {
    ///     Sources::standard().source(vault)
    /// }
    /// ```
    pub fn source(mut self, source: impl Source + 'static) -> Self {
        self.layers.push(Box::new(source));
        self
    }

    fn over(environment: Environment) -> Self {
        let folder = environment.variable(CONFIG_FOLDER);
        let sources = match folder {
            Ok(Some(path)) if !path.is_empty() => {
                let origin = Origin::environment(CONFIG_FOLDER);
                Self::empty().open_folder(PathBuf::from(path.as_str()), origin, CONFIG_FOLDER)
            }
            Ok(_) => Self::empty(),
            Err(fault) => {
                let mut sources = Self::empty();
                let problem = Problem::new(CONFIG_FOLDER, fault.reason).at(fault.origin);
                sources.problems.push(problem);
                sources
            }
        };
        sources.source(environment)
    }

    /// `named_by` is where the path was read, and `setting` what a report calls it.
    fn open_folder(mut self, path: PathBuf, named_by: Origin, setting: &str) -> Self {
        match Folder::open(path) {
            Ok(folder) => self.source(folder),
            Err(reason) => {
                let problem = Problem::new(setting, format!("names a folder that {reason}"))
                    .at(named_by)
                    .remedy("create the folder, or correct the path");
                self.problems.push(problem);
                self
            }
        }
    }

    pub(crate) fn layers(&self) -> &[Box<dyn Source>] {
        &self.layers
    }

    /// What went wrong before a single setting was looked up.
    pub(crate) fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}

fn given<N, V>(variables: impl IntoIterator<Item = (N, V)>) -> Environment
where
    N: Into<String>,
    V: Into<OsString>,
{
    Environment::Given(
        variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect(),
    )
}

/// How many sources there are; nothing of what is in them.
impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources")
            .field("layers", &self.layers.len())
            .finish_non_exhaustive()
    }
}
