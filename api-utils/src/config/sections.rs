//! Structs within structs.

use super::items::{Item, ItemValue};
use super::loader::{Loader, Scope};
use super::origin::{Origin, Places};
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
                let name = self.full_name(setting);
                let by_name = (name, self.in_document(setting.key, setting.name));
                let aliases = setting.aliases.iter();
                let by_alias = aliases.map(|one| (self.named(one), self.in_document("", one)));
                std::iter::once(by_name)
                    .chain(by_alias)
                    .find(|(name, in_document)| self.has(name, in_document.as_deref()))
                    .map(|(name, _)| name)
            }
            Entry::Section(section) => {
                self.below(section, |loader| loader.present(section.entries))
            }
            Entry::Unknown => None,
        })
    }

    /// What cannot be read is there as well; what is empty is not.
    fn has(&self, name: &Name, in_document: Option<&str>) -> bool {
        let key = Key::new(name).spelled(in_document);
        let has = |found| matches!(found, Ok(Some(value)) if !super::Value::is_empty(&value));
        let layers = self.sources.layers();
        layers.iter().any(|source| {
            let found = source.find(&key);
            found.is_err() || has(found)
        })
    }

    fn show_absent(&mut self, entries: &'static [Entry]) {
        for entry in entries {
            match entry {
                Entry::Setting(setting) => {
                    let item = Item {
                        name: self.full_name(setting),
                        setting,
                        value: ItemValue::Null,
                        origin: Origin::default_value(),
                        overridden: Places::None,
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
