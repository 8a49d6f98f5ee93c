//! Structs within structs.

use super::items::{Item, ItemValue};
use super::loader::{Loader, Scope};
use super::origin::{Origin, Places};
use super::source::{Key, Name};
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
        self.loader.below(section.prefix, load)
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
            .below(section.prefix, |loader| loader.present(section.entries));
        let Some(present) = present else {
            self.loader
                .below(section.prefix, |loader| loader.show_absent(section.entries));
            return Some(None);
        };
        let around = self.loader.because.replace(present);
        let loaded = self.loader.below(section.prefix, load);
        self.loader.because = around;
        loaded.map(Some)
    }
}

impl<'s> Loader<'s> {
    fn below<R>(&mut self, prefix: &str, walk: impl FnOnce(&mut Loader<'s>) -> R) -> R {
        let outside = self.prefix.len();
        self.prefix.push_str(prefix);
        let result = walk(self);
        self.prefix.truncate(outside);
        result
    }

    /// The first of these that any source has.
    fn present(&mut self, entries: &'static [Entry]) -> Option<Name> {
        entries.iter().find_map(|entry| match entry {
            Entry::Setting(setting) => std::iter::once(self.full_name(setting))
                .chain(setting.aliases.iter().map(|alias| self.named(alias)))
                .find(|name| self.has(name)),
            Entry::Section(section) => {
                self.below(section.prefix, |loader| loader.present(section.entries))
            }
            Entry::Unknown => None,
        })
    }

    /// What cannot be read is there as well; what is empty is not.
    fn has(&self, name: &Name) -> bool {
        let key = Key::new(name);
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
                    self.below(section.prefix, |loader| loader.show_absent(section.entries));
                }
                Entry::Unknown => {}
            }
        }
    }
}
