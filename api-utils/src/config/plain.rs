//! The way of most settings: one source is asked, has text for it in one place, and the field's
//! type takes the text. It goes there in one piece, without the parts that a report would need.
//!
//! Whatever is less usual is left to the general way, which looks again and says what is wrong.

use std::ops::Range;

use zeroize::Zeroize as _;

use super::items::{Item, ItemValue};
use super::loader::Loader;
use super::origin::{Origin, Places};
use super::show::{self, Marks};
use super::source::Name;
use super::table::Setting;
use super::value::FromValue;

/// What a text of a setting takes, about: a load makes room for all of them at once.
const USUAL_BYTES: usize = 16;

impl Loader<'_> {
    /// Reads a setting in the usual way, where all about it is usual.
    pub(super) fn plain<T: FromValue>(&mut self, setting: &'static Setting) -> Option<T> {
        let [source] = self.sources.layers() else {
            return None;
        };
        let is_usual = T::__PLAIN
            && self.prefix.is_empty()
            && setting.delimiter.is_empty()
            && !setting.name.ends_with("JWT_SECRET");
        if !is_usual {
            return None;
        }
        let mut text = source.__plain(setting.name, setting.file)?;
        let Some(value) = T::__from_text(&mut text) else {
            // Who knows what it is.
            text.zeroize();
            return None;
        };
        let shown = match value.__text() {
            Some(text) => self.plain.keep(text),
            None => Shown::Value(value.show()),
        };
        self.plain.records.push(Record {
            setting,
            behind: self.items.len(),
            shown,
        });
        Some(value)
    }
}

/// The settings that were read in the usual way, small until somebody asks for the items.
#[derive(Default)]
pub(super) struct Plain {
    records: Vec<Record>,
    texts: String,
}

struct Record {
    setting: &'static Setting,
    /// How many items there are before it that are whole already.
    behind: usize,
    shown: Shown,
}

enum Shown {
    Value(ItemValue),
    /// Where it is among the texts.
    Text(Range<usize>),
}

impl Plain {
    /// Room for so many.
    pub(super) fn of(settings: usize) -> Self {
        Self {
            records: Vec::with_capacity(settings),
            texts: String::with_capacity(settings.saturating_mul(USUAL_BYTES)),
        }
    }

    fn keep(&mut self, text: &str) -> Shown {
        let start = self.texts.len();
        self.texts.push_str(text);
        Shown::Text(start..self.texts.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether all of it is shown as it is.
    pub(super) fn is_tidy(&self) -> bool {
        // Of all texts at once, for most configurations have no such character.
        let marks = Marks::of(&self.texts);
        self.records.iter().all(|record| match &record.shown {
            Shown::Value(_) => true,
            Shown::Text(place) => show::is_tidy(self.text(place), marks),
        })
    }

    pub(super) fn origin_of(&self, full_name: &str) -> Option<Origin> {
        let mut records = self.records.iter();
        let found = records.find(|record| record.setting.name == full_name)?;
        Some(found.origin())
    }

    /// All items, in the order of the fields.
    pub(super) fn among(&self, items: impl IntoIterator<Item = Item>) -> Vec<Item> {
        let mut all = Vec::with_capacity(self.records.len());
        let mut items = items.into_iter();
        let mut passed = 0_usize;
        for record in &self.records {
            let between = record.behind.saturating_sub(passed);
            all.extend(items.by_ref().take(between));
            passed = record.behind;
            all.push(self.item(record));
        }
        all.extend(items);
        all
    }

    fn item(&self, record: &Record) -> Item {
        let value = match &record.shown {
            Shown::Value(value) => value.clone(),
            Shown::Text(place) => self.text(place).into(),
        };
        Item {
            name: Name::Of(record.setting),
            setting: record.setting,
            value,
            origin: record.origin(),
            overridden: Places::None,
        }
    }

    fn text(&self, place: &Range<usize>) -> &str {
        self.texts.get(place.clone()).unwrap_or_default()
    }
}

impl Record {
    fn origin(&self) -> Origin {
        Origin::variable(self.setting.name.into())
    }
}
