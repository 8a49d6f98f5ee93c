//! One walk over the tables of a configuration. Everything that does not depend on a field's type
//! is here and compiled once; the derive's code is a call a field.

use std::fmt;

use zeroize::Zeroizing;

use super::items::{Item, ItemValue};
use super::origin::Origin;
use super::problems::Problems;
use super::report::{Problem, Report, Warning};
use super::search::{Found, Wanted};
use super::source::Key;
use super::sources::Sources;
use super::table::{DefaultValue, Entry, Setting};
use super::value::{FromValue, Refusal, Value};
use crate::secret::MASK;

/// Secrets shorter than this are not searched for in a report: they stand in every other word.
const LEAST_HIDDEN_BYTES: usize = 6;

/// Looks settings up and keeps what is wrong with them, so that a report is whole.
pub struct Loader<'s> {
    pub(super) sources: &'s Sources,
    /// Of the sections that are being read.
    prefix: String,
    items: Vec<Item>,
    problems: Vec<Problem>,
    warnings: Vec<Warning>,
    /// Every secret that was seen, to be found in what is about to be shown.
    pub(super) secrets: Vec<Zeroizing<String>>,
}

impl<'s> Loader<'s> {
    pub(crate) fn new(sources: &'s mut Sources) -> Self {
        let problems = sources.take_problems();
        Self {
            sources,
            prefix: String::new(),
            items: Vec::new(),
            problems,
            warnings: Vec::new(),
            secrets: Vec::new(),
        }
    }

    /// Starts on the table of a struct.
    pub fn scope<'a>(&'a mut self, entries: &'static [Entry]) -> Scope<'a, 's> {
        Scope {
            loader: self,
            entries: entries.iter(),
        }
    }

    /// The items, or the report; nothing in them repeats a secret.
    pub(crate) fn finish(self, whole: bool) -> Result<(Vec<Item>, Vec<Warning>), Report> {
        let hide = |text: &str| hidden(text, &self.secrets);
        let warnings = self
            .warnings
            .into_iter()
            .map(|warning| warning.hidden_by(&hide))
            .collect();
        if whole && self.problems.is_empty() {
            return Ok((self.items, warnings));
        }
        let problems = self
            .problems
            .into_iter()
            .map(|problem| problem.hidden_by(&hide))
            .collect();
        Err(Report::new(problems, warnings))
    }

    pub(crate) fn refuse(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    pub(crate) fn full_name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    pub(crate) fn origin_of(&self, full_name: &str) -> Option<&Origin> {
        self.items
            .iter()
            .find(|item| item.name() == full_name)
            .map(Item::origin)
    }

    /// Where a setting can be put.
    pub(crate) fn places(&self, full_name: &str) -> Vec<String> {
        let key = Key::new(full_name);
        self.sources
            .layers()
            .iter()
            .map(|source| source.place(&key))
            .collect()
    }

    fn refuse_value(&mut self, name: &str, secret: bool, origin: Origin, why: (Refusal, &str)) {
        let (refusal, expected) = why;
        let problem = Problem::new(name, refusal.into_words(expected, secret));
        self.refuse(if origin.is_default() {
            problem
                .at(origin)
                .remedy("correct the default in the program's source")
        } else {
            problem.at(origin)
        });
    }
}

/// One struct's part of the walk: each call takes the next row of its table.
pub struct Scope<'a, 's> {
    loader: &'a mut Loader<'s>,
    entries: std::slice::Iter<'static, Entry>,
}

impl Scope<'_, '_> {
    fn next_setting(&mut self) -> Option<&'static Setting> {
        match self.entries.next() {
            Some(Entry::Setting(setting)) => Some(setting),
            _ => None,
        }
    }

    /// Reads the setting of the next row; `default` is that of an expression.
    pub(crate) fn read<T: FromValue>(&mut self, default: Option<fn() -> T>) -> Option<T> {
        let setting = self.next_setting()?;
        let name = self.loader.full_name(setting.name);
        // At every load, so that a bad default cannot hide behind a variable.
        let default = match (setting.default, default) {
            (DefaultValue::Text(text), _) => {
                let value = Value::text(text, Origin::default_value());
                Some(self.convert::<T>(&name, &value)?)
            }
            (_, default) => default.map(|default| default()),
        };
        let wanted = Wanted {
            name: &name,
            secret: T::SECRET,
            optional: T::OPTIONAL,
            strength_by_section: T::STRENGTH_BY_SECTION,
        };
        let (value, origin) = match self.loader.find(&wanted) {
            Found::Refused => return None,
            Found::Value(found) => (self.convert::<T>(&name, &found)?, found.origin().clone()),
            Found::Absent { empty_at } => match default.or_else(T::absent) {
                Some(value) => (value, Origin::default_value()),
                None => {
                    self.loader.refuse_absent(&wanted, empty_at, T::EXPECTED);
                    return None;
                }
            },
        };
        let shown = match origin.is_default() && T::OPTIONAL {
            true => ItemValue::Null,
            false if T::SECRET => ItemValue::secret(),
            false => value.show(),
        };
        let item = Item::new(name, shown, origin, T::SECRET);
        self.loader.items.push(item);
        Some(value)
    }

    fn convert<T: FromValue>(&mut self, name: &str, value: &Value) -> Option<T> {
        match T::from_value(value) {
            Ok(value) => Some(value),
            Err(refusal) => {
                let origin = value.origin().clone();
                let why = (refusal, T::EXPECTED);
                self.loader.refuse_value(name, T::SECRET, origin, why);
                None
            }
        }
    }

    /// Reads the section of the next row.
    pub fn section<T>(&mut self, load: fn(&mut Loader<'_>) -> Option<T>) -> Option<T> {
        let Some(Entry::Section(section)) = self.entries.next() else {
            return None;
        };
        let outside = self.loader.prefix.len();
        self.loader.prefix.push_str(section.prefix);
        let loaded = load(self.loader);
        self.loader.prefix.truncate(outside);
        loaded
    }

    /// Runs a struct's own check over the struct.
    pub fn validate<T>(&mut self, config: &T, check: fn(&T, &mut Problems<'_, '_>)) {
        check(config, &mut Problems::new(self.loader));
    }
}

/// `text` without any of the secrets in it.
fn hidden(text: &str, secrets: &[Zeroizing<String>]) -> String {
    let mut shown = text.to_owned();
    for secret in secrets.iter().filter(|one| one.len() >= LEAST_HIDDEN_BYTES) {
        if shown.contains(secret.as_str()) {
            shown = Zeroizing::new(shown).replace(secret.as_str(), MASK);
        }
    }
    shown
}

impl fmt::Debug for Loader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").finish_non_exhaustive()
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}
