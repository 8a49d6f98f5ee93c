//! One walk over the tables of a configuration. Everything that does not depend on a field's type
//! is here and compiled once; the derive's code is a call a field.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::collections::split;
use super::findings::{Problem, Warning};
use super::items::{Item, ItemValue, Items};
use super::origin::Origin;
use super::plain::Plain;
use super::problems::Problems;
use super::report::Report;
use super::search::{Found, Wanted};
use super::show::tidy;
use super::source::{Key, Name};
use super::sources::Sources;
use super::table::{DefaultValue, Entry, Setting};
use super::value::{FromValue, Refusal, Value};
use crate::secret::MASK;

/// Secrets shorter than this are not searched for in a report: they stand in every other word.
const LEAST_HIDDEN_BYTES: usize = 6;

/// Looks settings up and keeps what is wrong with them, so that a report is whole.
pub struct Loader<'s> {
    pub(super) sources: &'s Sources,
    /// The table of the root.
    pub(super) entries: &'static [Entry],
    /// Of the sections that are being read.
    pub(super) prefix: String,
    /// The same as a document spells it.
    pub(super) key_prefix: String,
    pub(super) items: Vec<Item>,
    pub(super) plain: Plain,
    problems: Vec<Problem>,
    warnings: Vec<Warning>,
    /// Every secret that was seen, to be found in what is about to be shown.
    pub(super) secrets: Vec<Zeroizing<String>>,
    /// What is set of the optional section that is being read, and so makes it whole or wrong.
    pub(super) because: Option<Name>,
    /// Folders of secrets that were warned of.
    pub(super) folders: BTreeSet<PathBuf>,
}

impl<'s> Loader<'s> {
    pub(crate) fn new(sources: &'s mut Sources, entries: &'static [Entry]) -> Self {
        let problems = sources.take_problems();
        let (items, plain) = match sources.layers() {
            [_] => (Vec::new(), Plain::of(entries.len())),
            _ => (Vec::with_capacity(entries.len()), Plain::default()),
        };
        Self {
            sources,
            entries,
            prefix: String::new(),
            key_prefix: String::new(),
            items,
            plain,
            problems,
            warnings: Vec::new(),
            secrets: Vec::new(),
            because: None,
            folders: BTreeSet::new(),
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
    pub(super) fn finish(mut self, whole: bool) -> Result<(Items, Vec<Warning>), Report> {
        let secrets = searched_for(&self.secrets);
        let mut items = Items::new(self.items, self.plain);
        if !secrets.is_empty() || !items.plain().is_tidy() {
            items.put_together();
        }
        for item in items.whole_mut() {
            // Before a URL's password is masked: the whole of it may be a secret.
            if !secrets.is_empty() {
                hide_in(&mut item.value, &secrets);
            }
            if tidy(&mut item.value) {
                let text = "holds a password, which is masked where it is shown; `SecretUrl` or \
                            `SecretString` keeps the whole of it secret";
                self.warnings.push(Warning::new(item.name(), text));
            }
        }
        if whole && self.problems.is_empty() && self.warnings.is_empty() {
            return Ok((items, self.warnings));
        }
        let hide = |text: &str| hidden(text, &secrets);
        let warnings = self
            .warnings
            .into_iter()
            .map(|warning| warning.hidden_by(&hide))
            .collect();
        if whole && self.problems.is_empty() {
            return Ok((items, warnings));
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

    /// Copied only where there is a prefix.
    pub(crate) fn full_name(&self, setting: &'static Setting) -> Name {
        if self.prefix.is_empty() {
            Name::Of(setting)
        } else {
            self.named(setting.name)
        }
    }

    /// The same, for a former name, or for one that a check of the user's made.
    pub(crate) fn named(&self, name: &str) -> Name {
        Name::joined(&self.prefix, name)
    }

    pub(crate) fn origin_of(&self, full_name: &str) -> Option<Origin> {
        let mut items = self.items.iter();
        let found = items.find(|item| item.name() == full_name);
        found
            .map(|item| item.origin().clone())
            .or_else(|| self.plain.origin_of(full_name))
    }

    /// Where a setting can be put.
    pub(crate) fn places(&self, full_name: &Name) -> Vec<String> {
        let key = Key::new(full_name);
        self.sources
            .layers()
            .iter()
            .map(|source| source.place(&key))
            .collect()
    }

    fn refuse_value(&mut self, name: &str, secret: bool, value: &Value, why: (Refusal, &str)) {
        let (refusal, expected) = why;
        let problem = Problem::new(name, refusal.into_words(expected, secret));
        let origin = value.origin().clone();
        let remedy = if origin.is_default() {
            "correct the default in the program's source"
        } else if !secret && is_service_link(name, value) {
            "Kubernetes sets this variable for a service of that name; set \
             `enableServiceLinks: false` in the pod, or give the setting another name"
        } else if secret && value.as_text().is_none() {
            "write it in quotes"
        } else {
            return self.refuse(problem.at(origin));
        };
        self.refuse(problem.at(origin).remedy(remedy));
    }
}

/// One struct's part of the walk: each call takes the next row of its table.
pub struct Scope<'a, 's> {
    pub(super) loader: &'a mut Loader<'s>,
    pub(super) entries: std::slice::Iter<'static, Entry>,
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
        // At every load, so that a bad default cannot hide behind a variable.
        let default = match (setting.default, default) {
            (DefaultValue::Text(text), _) => {
                let name = self.loader.full_name(setting);
                let value = Value::text(text, Origin::default_value());
                Some(self.convert::<T>(&name, setting, &value)?)
            }
            (_, default) => default.map(|default| default()),
        };
        if let Some(value) = self.loader.plain::<T>(setting) {
            return Some(value);
        }
        let name = self.loader.full_name(setting);
        let wanted = Wanted {
            name: &name,
            setting,
            secret: T::SECRET,
            optional: T::OPTIONAL,
            strength_by_section: T::STRENGTH_BY_SECTION,
        };
        let mut found = Found::default();
        self.loader.find(&wanted, &mut found).ok()?;
        let (value, shown, origin) = match found.value {
            Some(source) => {
                let value = self.convert::<T>(&name, setting, &source)?;
                let (content, origin) = source.into_parts();
                let shown = match T::SECRET {
                    true => ItemValue::secret(),
                    false => value.__show_from(content),
                };
                (value, shown, origin)
            }
            None => {
                let Some(value) = default.or_else(T::absent) else {
                    self.loader
                        .refuse_absent(&wanted, found.empty_at, T::EXPECTED);
                    return None;
                };
                let shown = match (T::OPTIONAL, T::SECRET) {
                    (true, _) => ItemValue::Null,
                    (_, true) => ItemValue::secret(),
                    _ => value.show(),
                };
                (value, shown, Origin::default_value())
            }
        };
        self.loader.items.push(Item {
            name,
            setting,
            value: shown,
            origin,
            overridden: found.overridden,
        });
        Some(value)
    }

    fn convert<T: FromValue>(&mut self, name: &str, setting: &Setting, value: &Value) -> Option<T> {
        let converted = match setting.delimiter {
            "" => T::from_value(value),
            delimiter => split(value, delimiter).and_then(|list| {
                let list = list.as_ref().unwrap_or(value);
                if T::SECRET {
                    self.loader.keep_secret(list);
                }
                T::from_value(list)
            }),
        };
        match converted {
            Ok(value) => Some(value),
            Err(refusal) => {
                let why = (refusal, T::EXPECTED);
                self.loader.refuse_value(name, T::SECRET, value, why);
                None
            }
        }
    }

    /// Runs a struct's own check over the struct.
    pub fn validate<T>(&mut self, config: &T, check: fn(&T, &mut Problems<'_, '_>)) {
        check(config, &mut Problems::new(self.loader));
    }
}

/// `ORDERS_PORT=tcp://10.0.0.1:80`, which Kubernetes sets for a service called `orders`.
fn is_service_link(name: &str, value: &Value) -> bool {
    let is_link = |text: &str| text.starts_with("tcp://") || text.starts_with("udp://");
    name.ends_with("_PORT") && value.as_text().is_some_and(is_link)
}

/// The longest first, where one is a part of another.
fn searched_for(secrets: &[Zeroizing<String>]) -> Vec<&str> {
    let mut searched: Vec<&str> = secrets
        .iter()
        // What is around it is none, and another place may have it without.
        .map(|secret| secret.trim())
        .filter(|secret| secret.len() >= LEAST_HIDDEN_BYTES && *secret != MASK)
        .collect();
    searched.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    searched
}

/// `text` without any of the secrets in it.
fn hidden(text: &str, secrets: &[&str]) -> String {
    let mut shown = text.to_owned();
    for secret in secrets {
        if shown.contains(secret) {
            shown = Zeroizing::new(shown).replace(secret, MASK);
        }
    }
    shown
}

fn hide_in(value: &mut ItemValue, secrets: &[&str]) {
    match value {
        ItemValue::Text(text) if secrets.iter().any(|secret| text.contains(secret)) => {
            *text = hidden(text, secrets);
        }
        ItemValue::List(values) => values.iter_mut().for_each(|one| hide_in(one, secrets)),
        ItemValue::Map(values) => values.values_mut().for_each(|one| hide_in(one, secrets)),
        _ => {}
    }
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
