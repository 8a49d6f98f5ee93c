//! What the sources have that is no setting: nearly always a misspelt name.

use std::borrow::Cow;

use super::folder::setting_of;
use super::loader::Loader;
use super::nearest::nearest;
use super::report::{Problem, Warning};
use super::source::Unasked;
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
        names(self.entries, "", &mut known);
        let mut unknown: Vec<Unasked> = unasked
            .into_iter()
            // Known and not asked for: a higher source was refused.
            .filter(|one| !known.contains(&one.setting))
            .collect();
        unknown.sort_by_cached_key(|one| one.origin.to_string());
        for Unasked {
            name,
            setting,
            origin,
        } in unknown
        {
            let near = nearest(&setting, known.iter().map(String::as_str));
            let key = setting_of(&name);
            // The right key in the wrong table.
            let moved = known
                .iter()
                .find(|known| known.strip_suffix(&key).is_some_and(is_prefix));
            let meant = near.or(moved.map(String::as_str));
            if origin.is_document() {
                let problem = match meant {
                    Some(meant) => {
                        Problem::new(name, "is no setting").remedy(format!("did you mean {meant}?"))
                    }
                    // Not by its name: whoever swapped key and value has put a secret there.
                    None => Problem::new("a key", "is no setting")
                        .remedy("drop it, or correct its name"),
                };
                self.refuse(problem.at(origin));
            } else {
                let meant =
                    near.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                self.warn(Warning::new(
                    name,
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
        names(self.entries, "", &mut known);
        known.iter().any(|one| one == name)
    }
}

fn is_prefix(text: &str) -> bool {
    text.is_empty() || text.ends_with('_')
}

fn names(entries: &[Entry], prefix: &str, into: &mut Vec<String>) {
    for entry in entries {
        match entry {
            Entry::Setting(setting) => {
                let names = std::iter::once(&setting.name).chain(setting.aliases);
                into.extend(names.map(|name| format!("{prefix}{name}")));
            }
            Entry::Section(section) => {
                let prefix: Cow<'_, str> = match section.prefix {
                    "" => prefix.into(),
                    inner => format!("{prefix}{inner}").into(),
                };
                names(section.entries, &prefix, into);
            }
            Entry::Unknown => {}
        }
    }
}
