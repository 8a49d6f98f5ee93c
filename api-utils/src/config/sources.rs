//! The sources of one load, in order: the first that has a setting gives it.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::document::Document;
use super::dotenv::Dotenv;
use super::environment::Environment;
use super::findings::Problem;
use super::folder::Folder;
use super::origin::Origin;
use super::source::{OpenFault, Source};

/// The variable that names the folders with a file per setting, like `PATH` does.
const CONFIG_FOLDER: &str = "CONFIG_FOLDER";
/// Where systemd puts the credentials of a service.
const CREDENTIALS_DIRECTORY: &str = "CREDENTIALS_DIRECTORY";
/// The variable that names the document.
const CONFIG_FILE: &str = "CONFIG_FILE";

/// Where a configuration is loaded from, highest precedence first.
///
/// `AppConfig::load()` takes [`Sources::standard`]:
///
/// 1. the folders that `CONFIG_FOLDER` names, with one file per setting, and systemd's
///    `CREDENTIALS_DIRECTORY`, when these variables are set;
/// 2. the file that `NAME_FILE` names, and the environment variable `NAME`; never both;
/// 3. the TOML document that `CONFIG_FILE` names, when it is set;
/// 4. the defaults of the program.
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
    strict: bool,
}

impl Sources {
    /// What a service reads, see above. What names the folders and the document is read
    /// here, and every other variable when the load comes to it.
    ///
    /// ```
    /// let sources = api_utils::config::Sources::standard();
    /// ```
    pub fn standard() -> Self {
        Self::over(Environment::of_process())
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

    /// The environment of the process alone: no folder and no document.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::process().document("app.toml");
    /// ```
    pub fn process() -> Self {
        Self::empty().environment()
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
            strict: false,
        }
    }

    /// Makes errors of what is a warning about secrets otherwise: one in a document, one in a file
    /// that others may read or that is a link out of its folder, in a folder that all may write
    /// to, or of another user's.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::standard().strict();
    /// ```
    pub fn strict(self) -> Self {
        Self {
            strict: true,
            ..self
        }
    }

    /// Next, a folder with one file per setting, which must exist. A file that is there and cannot
    /// be read, a link to nothing as well, is an error: what is below it was not meant.
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

    /// Next, a TOML document, which must exist. A key is a setting's name in any case, with `-`
    /// for `_` where one likes; the name of a table stands before its keys: `url` in `[db]` is
    /// `DB_URL`. A key that is no setting is an error. A whole number beyond 64 bits with a sign,
    /// which TOML has not, stands in quotes.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::standard().document("/etc/orders/app.toml");
    /// ```
    pub fn document(self, path: impl AsRef<Path>) -> Self {
        let opened = Document::open(path.as_ref());
        self.opened(opened, "the document of settings", path.as_ref())
    }

    /// Next, a file of variables, `.env` by custom, which must exist. Only `load_from` reads one:
    /// it is for development. The environment of the process is not changed.
    ///
    /// Lines are `NAME=value`, with `export ` before it or not. A value is taken as it is written,
    /// without the white space around it, or stands in quotes, over several lines where needed:
    /// in `'` as it is written, in `"` with the escapes `\n`, `\r`, `\t`, `\"`, `\\` and `\$`.
    /// Nothing is expanded. ` #` in a value without quotes is an error, for it may be a comment.
    ///
    /// ```
    /// use api_utils::config::Sources;
    /// let sources = Sources::standard().dotenv(".env");
    /// ```
    pub fn dotenv(self, path: impl AsRef<Path>) -> Self {
        let opened = Dotenv::open(path.as_ref());
        self.opened(opened, "the file of variables", path.as_ref())
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
        self.source(Environment::of_process())
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
        let mut sources = Self::empty();
        // An empty variable counts as one that is not set.
        let path = |name| environment.variable(name).filter(|path| !path.is_empty());
        if let Some(folders) = path(CONFIG_FOLDER) {
            for folder in
                std::env::split_paths(folders.as_os_str()).filter(|path| path != Path::new(""))
            {
                let named_by = Origin::environment(CONFIG_FOLDER);
                sources = sources.open_folder(folder, named_by, CONFIG_FOLDER);
            }
        }
        if let Some(folder) = path(CREDENTIALS_DIRECTORY) {
            let named_by = Origin::environment(CREDENTIALS_DIRECTORY);
            sources =
                sources.open_folder(folder.as_os_str().into(), named_by, CREDENTIALS_DIRECTORY);
        }
        let document = path(CONFIG_FILE).map(|path| PathBuf::from(path.as_os_str()));
        sources = sources.source(environment);
        match document {
            None => sources,
            Some(path) => {
                let opened = Document::open(&path).map_err(|fault| match fault.origin {
                    Some(_) => fault,
                    None => OpenFault::new(format!("names a file that {}", fault.reason))
                        .at(Origin::environment(CONFIG_FILE)),
                });
                sources.opened(opened, CONFIG_FILE, &path)
            }
        }
    }

    fn opened(
        mut self,
        opened: Result<impl Source + 'static, OpenFault>,
        setting: &str,
        path: &Path,
    ) -> Self {
        match opened {
            Ok(source) => self.source(source),
            Err(OpenFault { reason, origin }) => {
                let origin = origin.unwrap_or_else(|| Origin::file(path.display().to_string()));
                self.problems.push(Problem::new(setting, reason).at(origin));
                self
            }
        }
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

    pub(crate) fn is_strict(&self) -> bool {
        self.strict
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
    Environment::given(
        variables
            .into_iter()
            .map(|(name, value)| (OsString::from(name.into()), value.into())),
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
