//! How a document spells a setting. Its keys are found in any case, with `-` for `_`; a struct with
//! `rename_all` may join the words of its own besides, as in `poolSize`, and that is the key then.

use super::loader::Loader;
use super::table::Section;

/// A dotted key of a document, as the name that a lookup compares: `db.poolSize` is `DB_POOLSIZE`.
pub(super) fn push_key(into: &mut String, key: &str) {
    into.extend(key.chars().map(|letter| match letter {
        '-' | '.' => '_',
        other => other.to_ascii_uppercase(),
    }));
}

impl Loader<'_> {
    /// What a document has the setting under, where that is not its name.
    pub(super) fn in_document(&self, key: &str, name: &str) -> Option<String> {
        if key.is_empty() && self.key_prefix == self.prefix {
            return None;
        }
        let mut spelled = self.key_prefix.clone();
        push_key(&mut spelled, if key.is_empty() { name } else { key });
        Some(spelled)
    }
}

/// A setting in the words of its sources.
pub(super) struct Known {
    /// Its name, or a former one, with every prefix.
    pub(super) name: String,
    /// Its name in a document, as it is compared.
    pub(super) in_document: String,
    /// The same for people.
    pub(super) shown: String,
}

/// What stands before the names and keys of a section.
#[derive(Clone, Default)]
pub(super) struct Path {
    name: String,
    key: String,
    spelled: bool,
}

impl Path {
    pub(super) fn below(&self, section: &Section) -> Self {
        let mut key = self.key.clone();
        match (section.key, section.prefix.strip_suffix('_')) {
            ("", Some(table)) => {
                key.push_str(&table.to_ascii_lowercase());
                key.push('.');
            }
            ("", None) => key.push_str(&section.prefix.to_ascii_lowercase()),
            (spelled, _) => key.push_str(spelled),
        }
        Self {
            name: format!("{}{}", self.name, section.prefix),
            key,
            spelled: self.spelled || !section.key.is_empty(),
        }
    }

    pub(super) fn setting(&self, name: &str, key: &str) -> Known {
        let full = format!("{}{name}", self.name);
        let dotted = match key {
            "" => format!("{}{}", self.key, name.to_ascii_lowercase()),
            spelled => format!("{}{spelled}", self.key),
        };
        let mut in_document = String::with_capacity(dotted.len());
        push_key(&mut in_document, &dotted);
        Known {
            shown: if self.spelled || !key.is_empty() {
                dotted
            } else {
                full.clone()
            },
            name: full,
            in_document,
        }
    }
}
