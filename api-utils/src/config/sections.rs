//! Structs within structs.

use super::items::{Item, ItemValue};
use super::loader::{Loader, Scope};
use super::origin::Origin;
use super::source::{Key, Name};
use super::spelling::push_key;
use super::table::{Entry, Section};

impl Scope<'_, '_> {
    fn next_section(&mut self) -> Option<&'static Section> {
        match self.entries.next() {
            Some(Entry::Section(section)) => Some(section),
            _ => None,
        }
    }

    /// Reads the section of the next row.
    pub fn section<T>(&mut self, load: fn(&mut Loader<'_>) -> Option<T>) -> Option<T> {
        let section = self.next_section()?;
        self.loader.below(section, load)
    }

    /// The same for one that may be absent: where no source has any of its settings, it is. Where
    /// one has, each that is required has to be there.
    pub fn optional_section<T>(
        &mut self,
        load: fn(&mut Loader<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        let section = self.next_section()?;
        let present = self
            .loader
            .below(section, |loader| loader.present(section.entries));
        let Some(present) = present else {
            self.loader
                .below(section, |loader| loader.show_absent(section.entries));
            return Some(None);
        };
        let around = self.loader.because.replace(present);
        let loaded = self.loader.below(section, load);
        self.loader.because = around;
        loaded.map(Some)
    }
}

impl<'s> Loader<'s> {
    fn below<R>(&mut self, section: &Section, walk: impl FnOnce(&mut Loader<'s>) -> R) -> R {
        let outside = (self.prefix.len(), self.key_prefix.len());
        self.prefix.push_str(section.prefix);
        match section.key {
            "" => self.key_prefix.push_str(section.prefix),
            spelled => push_key(&mut self.key_prefix, spelled),
        }
        let result = walk(self);
        self.prefix.truncate(outside.0);
        self.key_prefix.truncate(outside.1);
        result
    }

    /// The first of these that any source has.
    fn present(&mut self, entries: &'static [Entry]) -> Option<Name> {
        entries.iter().find_map(|entry| match entry {
            Entry::Setting(setting) => {
                let aliases = setting.aliases.iter().map(|alias| (alias, ""));
                std::iter::once((&setting.name, setting.key))
                    .chain(aliases)
                    .find_map(|(name, key)| self.present_setting(name, key))
            }
            Entry::Section(section) => {
                self.below(section, |loader| loader.present(section.entries))
            }
            Entry::Unknown => None,
        })
    }

    /// What cannot be read is there as well; what is empty is not.
    fn present_setting(&self, name: &'static str, key: &str) -> Option<Name> {
        let in_document = self.in_document(key, name);
        let name = self.full_name(name);
        let key = Key::new(&name).spelled(in_document.as_deref());
        let has = |found| matches!(found, Ok(Some(value)) if !super::Value::is_empty(&value));
        let layers = self.sources.layers();
        let present = layers.iter().any(|source| {
            let found = source.find(&key);
            found.is_err() || has(found)
        });
        present.then_some(name)
    }

    fn show_absent(&mut self, entries: &'static [Entry]) {
        for entry in entries {
            match entry {
                Entry::Setting(setting) => {
                    let item = Item {
                        name: self.full_name(setting.name).0,
                        value: ItemValue::Null,
                        origin: Origin::default_value(),
                        secret: setting.secret,
                        overridden: Vec::new(),
                        description: setting.description,
                    };
                    self.items.push(item);
                }
                Entry::Section(section) => {
                    self.below(section, |loader| loader.show_absent(section.entries));
                }
                Entry::Unknown => {}
            }
        }
    }
}
