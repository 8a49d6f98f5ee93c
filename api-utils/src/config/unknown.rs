//! What the sources have that is no setting: nearly always a misspelt name.

use super::findings::{Problem, Warning};
use super::folder::setting_of;
use super::loader::Loader;
use super::nearest::nearest;
use super::source::Unasked;
use super::spelling::{Known, Path};
use super::table::Entry;

impl Loader<'_> {
    /// In a document a key that is no setting is an error; in a folder, which may serve others as
    /// well, a warning.
    pub(crate) fn refuse_unknown(&mut self) {
        let unasked: Vec<Unasked> = self
            .sources
            .layers()
            .iter()
            .flat_map(|source| source.__unasked())
            .collect();
        // The names are put together only where something was left.
        if unasked.is_empty() {
            return;
        }
        let mut known = Vec::new();
        all(self.entries, &Path::default(), &mut known);
        let is_known = |one: &Unasked| {
            let same = |known: &Known| in_words_of(known, one) == one.setting;
            known.iter().any(same)
        };
        let mut unknown: Vec<Unasked> = unasked
            .into_iter()
            // Known and not asked for: a higher source was refused.
            .filter(|one| !is_known(one))
            .collect();
        unknown.sort_by_cached_key(|one| one.origin.to_string());
        for one in unknown {
            let shown = |found: &str| {
                let known = known.iter().find(|known| in_words_of(known, &one) == found);
                known.map(|known| known.shown.as_str())
            };
            let words = || known.iter().map(|known| in_words_of(known, &one));
            let near = nearest(&one.setting, words());
            let key = setting_of(&one.name);
            // The right key in the wrong table.
            let moved = words().find(|known| known.strip_suffix(&key).is_some_and(is_prefix));
            let meant = near.or(moved).and_then(shown);
            let Unasked { name, origin, .. } = &one;
            if origin.is_document() {
                let problem = match meant {
                    Some(meant) => Problem::new(name.as_str(), "is no setting")
                        .remedy(format!("did you mean {meant}?")),
                    // Not by its name: whoever swapped key and value has put a secret there.
                    None => Problem::new("a key", "is no setting")
                        .remedy("drop it, or correct its name"),
                };
                self.refuse(problem.at(origin.clone()));
            } else {
                let meant =
                    near.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                self.warn(Warning::new(
                    name.as_str(),
                    format!("in {origin} is no setting{meant}"),
                ));
            }
        }
    }
}

impl Loader<'_> {
    /// Whether a setting of this tree has that name.
    pub(super) fn is_known(&self, name: &str) -> bool {
        let mut known = Vec::new();
        all(self.entries, &Path::default(), &mut known);
        known.iter().any(|one| one.name == name)
    }
}

/// A document has words of its own for a setting.
fn in_words_of<'a>(known: &'a Known, unasked: &Unasked) -> &'a str {
    if unasked.origin.is_document() {
        &known.in_document
    } else {
        &known.name
    }
}

fn is_prefix(text: &str) -> bool {
    text.is_empty() || text.ends_with('_')
}

fn all(entries: &[Entry], path: &Path, into: &mut Vec<Known>) {
    for entry in entries {
        match entry {
            Entry::Setting(setting) => {
                into.push(path.setting(setting.name, setting.key));
                let aliases = setting.aliases.iter();
                into.extend(aliases.map(|alias| path.setting(alias, "")));
            }
            Entry::Section(section) => all(section.entries, &path.below(section), into),
            Entry::Unknown => {}
        }
    }
}
