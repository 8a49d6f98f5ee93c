//! A loaded configuration: the user's struct, and where each of its settings came from.

use std::fmt;
use std::ops::Deref;

use once_cell::sync::OnceCell;

use super::findings::Warning;
use super::items::{Item, Items};
use super::loader::Loader;
use super::report::Report;
use super::show::ItemTable;
use super::sources::Sources;
use super::table::Load;

/// A configuration that was loaded and checked as a whole. It is used like the struct itself.
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
/// let config = AppConfig::load_from(Sources::of_environment([
///     ("JWT_SECRET", "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa"),
///     ("JWT_ISSUER", "https://id.example.org"),
///     ("JWT_AUDIENCE", "orders"),
/// ]))?;
/// assert_eq!(config.listen.port(), 8080);
/// for item in config.items() {
///     println!("{} = {} ({})", item.name(), item.value(), item.origin());
/// }
/// # Ok::<(), api_utils::config::Report>(())
/// ```
pub struct Loaded<T> {
    config: T,
    items: Items,
    warnings: Vec<Warning>,
}

impl<T> Loaded<T> {
    /// Every setting in the order of the fields, with its value and where it is from. Secrets are
    /// shown as `secret`.
    ///
    /// ```
    /// # use api_utils::config::Loaded;
    /// fn as_json<T>(config: &Loaded<T>) -> serde_json::Result<String> {
    ///     serde_json::to_string(config.items())
    /// }
    /// ```
    #[must_use]
    pub fn items(&self) -> &[Item] {
        self.items.get()
    }

    /// The items as a table for a terminal: name, value, and where it is from.
    ///
    /// ```
    /// # use api_utils::config::Loaded;
    /// fn print<T>(config: &Loaded<T>) {
    ///     eprintln!("{}", config.table());
    /// }
    /// ```
    #[must_use]
    pub fn table(&self) -> ItemTable<'_> {
        ItemTable::new(self.items())
    }

    /// What is no error and should be known, for the log of the start.
    ///
    /// ```
    /// # use api_utils::config::Loaded;
    /// fn log<T>(config: &Loaded<T>) {
    ///     for warning in config.warnings() {
    ///         eprintln!("{warning}");
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The struct alone.
    ///
    /// ```
    /// # use api_utils::config::Loaded;
    /// fn forget_origins<T>(config: Loaded<T>) -> T {
    ///     config.into_inner()
    /// }
    /// ```
    #[must_use]
    pub fn into_inner(self) -> T {
        self.config
    }
}

impl<T> Deref for Loaded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.config
    }
}

/// The items, in which secrets are masked; not the struct, whose `Debug` is the user's.
impl<T> fmt::Debug for Loaded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded")
            .field("items", &self.items())
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

/// Loads a whole configuration, or reports everything that is wrong with it.
pub fn load<T: Load>(sources: Sources) -> Result<Loaded<T>, Report> {
    let mut sources = sources;
    let mut loader = Loader::new(&mut sources, T::ENTRIES);
    let config = T::__build(&mut loader);
    loader.refuse_unknown();
    let (items, warnings) = loader.finish(config.is_some())?;
    match config {
        Some(config) => Ok(Loaded {
            config,
            items,
            warnings,
        }),
        // `finish` has no report only for a whole configuration.
        None => Err(Report::new(Vec::new(), warnings)),
    }
}

/// The one configuration of a process that asked for one by `init`.
pub struct Global<T> {
    cell: OnceCell<Loaded<T>>,
}

impl<T> Global<T> {
    /// Not loaded yet.
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "made in a static, by generated code only"
    )]
    pub const fn new() -> Self {
        Self {
            cell: OnceCell::new(),
        }
    }

    /// The configuration, once it was loaded whole.
    pub fn get(&self) -> Option<&Loaded<T>> {
        self.cell.get()
    }
}

impl<T: Load> Global<T> {
    /// Loads it. A failed load leaves nothing behind.
    pub fn init(&'static self, sources: Sources) -> Result<&'static Loaded<T>, InitError> {
        let mut first = false;
        let loaded = self.cell.get_or_try_init(|| {
            first = true;
            load(sources).map_err(InitError::Report)
        })?;
        if first {
            Ok(loaded)
        } else {
            Err(InitError::AlreadyInitialized)
        }
    }
}

impl<T> fmt::Debug for Global<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Global")
            .field("loaded", &self.cell.get().is_some())
            .finish()
    }
}

/// Why `AppConfig::init()` did not make its configuration the one of the process.
///
/// ```
/// use api_utils::config::InitError;
///
/// fn exit_code(error: &InitError) -> u8 {
///     match error {
///         InitError::Report(report) => report.exit_code(),
///         _ => 1,
///     }
/// }
/// ```
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum InitError {
    /// It could not be loaded. Nothing was left behind: `init` may be called again.
    #[error("{0}")]
    Report(Report),
    /// It was loaded before, and that one stays.
    #[error("the configuration of this process is loaded already")]
    AlreadyInitialized,
}

/// The same as `Display`, for `main() -> Result<(), InitError>`.
impl fmt::Debug for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(report) => fmt::Debug::fmt(report, f),
            Self::AlreadyInitialized => fmt::Display::fmt(self, f),
        }
    }
}
