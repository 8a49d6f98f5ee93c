//! What a struct's own check says: `#[config(validate = path)]`.

use super::findings::{Problem, Warning};
use super::loader::Loader;

/// Takes what a check of a whole struct finds, each with the setting that has to change.
///
/// ```
/// use api_utils::{Config, config::{Problems, Sources}};
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "a tool without tokens", validate = in_order)]
/// struct Tool {
///     least: u32,
///     most: u32,
/// }
///
/// fn in_order(tool: &Tool, problems: &mut Problems<'_, '_>) {
///     if tool.least > tool.most {
///         problems.refuse("LEAST", "is above MOST", "swap the two");
///     }
/// }
///
/// let sources = Sources::of_environment([("LEAST", "7"), ("MOST", "3")]);
/// let report = Tool::load_from(sources).err().map(|report| report.to_string());
/// assert!(report.is_some_and(|said| said.contains("LEAST is above MOST")));
/// ```
#[derive(Debug)]
pub struct Problems<'a, 's> {
    loader: &'a mut Loader<'s>,
}

impl<'a, 's> Problems<'a, 's> {
    pub(crate) fn new(loader: &'a mut Loader<'s>) -> Self {
        Self { loader }
    }

    /// Refuses a setting of this struct, by its name without the prefixes around the struct: the
    /// reason, to follow the name, and what to do. The configuration is not loaded then.
    ///
    /// ```
    /// # use api_utils::config::Problems;
    /// fn check(problems: &mut Problems<'_, '_>) {
    ///     problems.refuse("LEAST", "is above MOST", "swap the two");
    /// }
    /// ```
    pub fn refuse(&mut self, setting: &str, reason: impl Into<String>, remedy: impl Into<String>) {
        let name = self.loader.named(setting);
        let mut problem = Problem::new(&*name, reason).remedy(remedy);
        problem = match self.loader.origin_of(&name) {
            Some(origin) if !origin.is_default() => problem.at(origin),
            Some(_) => problem.looked_in(self.loader.places(&name)),
            None => problem,
        };
        self.loader.refuse(problem);
    }

    /// Notes something about a setting that is no error.
    ///
    /// ```
    /// # use api_utils::config::Problems;
    /// fn check(problems: &mut Problems<'_, '_>) {
    ///     problems.warn("MOST", "is large, and may take all memory");
    /// }
    /// ```
    pub fn warn(&mut self, setting: &str, text: impl Into<String>) {
        let name = self.loader.named(setting);
        self.loader.warn(Warning::new(&*name, text));
    }

    /// Whether no source had the setting, so that the program's own default holds.
    ///
    /// ```
    /// # use api_utils::config::Problems;
    /// fn check(problems: &mut Problems<'_, '_>) {
    ///     if problems.is_default("REGION") {
    ///         problems.warn("REGION", "is not set; the nearest one is taken");
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn is_default(&self, setting: &str) -> bool {
        self.loader
            .origin_of(&self.loader.named(setting))
            .is_none_or(|origin| origin.is_default())
    }
}
