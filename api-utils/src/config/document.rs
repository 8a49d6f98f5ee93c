//! A TOML document. A key is a setting's name in any case, with `-` for `_` where one likes; the
//! name of a table stands before its keys, so `[db] url = …` is `DB_URL`.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

use super::content::Content;
use super::folder::{push_setting, setting_of};
use super::origin::Origin;
use super::source::{Key, OpenFault, Source, SourceFault, Unasked};
use super::value::Value;
use crate::secret::file;

/// The most bytes of a document.
const MOST_BYTES: usize = 1024 * 1024;

/// A document that was read and parsed once.
pub(crate) struct Document {
    file: Arc<str>,
    text: Zeroizing<String>,
    lines: Lines,
    /// The names of the settings that its keys may be, one behind the other.
    names: String,
    /// In the order of their keys.
    nodes: Vec<Node>,
    /// Where each is among them, by the [`tag`] of its name.
    by_tag: Vec<(u64, usize)>,
}

/// A key and its value. What can be found in the text or among the names is not copied.
struct Node {
    name: Range<usize>,
    /// How much of the name its key is: the end of it.
    key_len: usize,
    /// Where the key is in the text.
    at: usize,
    held: Held,
    /// The name of the table that it is in, which may be a setting as a whole.
    inside: Range<usize>,
    asked: AtomicBool,
}

enum Held {
    /// A string without an escape.
    Text(Range<usize>),
    Other(Content),
}

impl Document {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenFault> {
        let is_toml = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        if !is_toml {
            return Err(OpenFault::new(
                "is no TOML document: its name does not end in `.toml`",
            ));
        }
        let text = file::read_up_to(path, MOST_BYTES)
            .map_err(|fault| OpenFault::new(fault.to_string()))?
            .ok_or_else(|| OpenFault::new("is not there"))?;
        Self::parse(path.display().to_string().into(), text)
    }

    fn parse(file: Arc<str>, text: Zeroizing<String>) -> Result<Self, OpenFault> {
        let lines = Lines::of(&text);
        let table = DeTable::parse(&text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            // The parser's own words may quote the line, and a secret with it.
            let reason = match error.message() {
                twice if twice.starts_with("duplicate key") => "has a key twice",
                _ => "is not TOML",
            };
            OpenFault::new(reason).at(lines.origin(&file, span.start))
        })?;
        let mut walk = Walk {
            file: &file,
            text: &text,
            lines: &lines,
            // More than enough where the keys stand in no table.
            names: String::with_capacity(text.len()),
            nodes: Vec::with_capacity(table.get_ref().len()),
            too_large: None,
        };
        walk.table(table.get_ref(), 0..0);
        let Walk {
            names,
            nodes,
            too_large,
            ..
        } = walk;
        drop(table);
        if let Some(at) = too_large {
            let reason =
                "has a whole number that does not fit in 64 bits with a sign; write it in quotes";
            return Err(OpenFault::new(reason).at(lines.origin(&file, at)));
        }
        let tag_of = |node: &Node| tag(names.get(node.name.clone()).unwrap_or_default());
        let tags = nodes.iter().map(tag_of).zip(0..);
        let mut by_tag: Vec<(u64, usize)> = tags.collect();
        by_tag.sort_unstable();
        Ok(Self {
            file,
            text,
            lines,
            names,
            nodes,
            by_tag,
        })
    }

    fn name(&self, range: &Range<usize>) -> &str {
        self.names.get(range.clone()).unwrap_or_default()
    }

    /// All of one name: more than one is a fault of the document.
    fn named(&self, name: &str) -> impl Iterator<Item = &Node> {
        let wanted = tag(name);
        let start = self.by_tag.partition_point(|(tag, _)| *tag < wanted);
        let rest = self.by_tag.get(start..).unwrap_or_default().iter();
        rest.take_while(move |(tag, _)| *tag == wanted)
            .filter_map(|(_, at)| self.nodes.get(*at))
            .filter(move |node| self.name(&node.name) == name)
    }

    /// As it is written, but for an escape.
    fn key_of(&self, node: &Node) -> String {
        let setting = self.name(&node.name);
        let start = setting.len().saturating_sub(node.key_len);
        let key = setting.get(start..).unwrap_or(setting);
        let written = self.text.get(node.at..node.at.saturating_add(node.key_len));
        match written {
            Some(written) if setting_of(written) == key => written.to_owned(),
            _ => key.to_ascii_lowercase(),
        }
    }

    fn origin(&self, node: &Node) -> Origin {
        self.lines.origin(&self.file, node.at)
    }

    fn value(&self, node: &Node) -> Value {
        let content = match &node.held {
            Held::Text(range) => {
                let text = self.text.get(range.clone()).unwrap_or_default();
                Content::Text(Zeroizing::new(text.to_owned()))
            }
            Held::Other(content) => content.copy(),
        };
        Value::new(content, self.origin(node))
    }

    /// Whether it, or a table around it, was asked for.
    fn is_asked(&self, node: &Node) -> bool {
        let mut node = node;
        loop {
            if node.asked.load(Relaxed) {
                return true;
            }
            if node.inside.is_empty() {
                return false;
            }
            match self.named(self.name(&node.inside)).next() {
                Some(around) => node = around,
                None => return false,
            }
        }
    }
}

impl Source for Document {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let mut nodes = self.named(key.in_document());
        let Some(node) = nodes.next() else {
            return Ok(None);
        };
        node.asked.store(true, Relaxed);
        match nodes.next() {
            None => Ok(Some(self.value(node))),
            Some(other) => Err(SourceFault::new(
                self.origin(node),
                format!("is set a second time in {}", self.origin(other)),
            )),
        }
    }

    fn place(&self, _: &Key<'_>) -> String {
        self.file.as_ref().to_owned()
    }

    fn __unasked(&self) -> Vec<Unasked> {
        let told = |node: &&Node| {
            let is_table = matches!(node.held, Held::Other(Content::Table(_)));
            // The second of one name was not asked for, and the first is told of.
            let is_first = || {
                let first = self.named(self.name(&node.name)).next();
                first.is_some_and(|first| first.at == node.at)
            };
            !is_table && !self.is_asked(node) && is_first()
        };
        let unasked = |node: &Node| {
            let setting = self.name(&node.name);
            Unasked {
                name: self.key_of(node),
                setting: setting.to_owned(),
                origin: self.origin(node),
            }
        };
        self.nodes.iter().filter(told).map(unasked).collect()
    }
}

/// The length of a name and its last letters, in a number: names are told apart by it, without a
/// look at all of their letters, but for the few that have the same.
fn tag(name: &str) -> u64 {
    let last = name.bytes().rev().take(7);
    let letters = last.fold(0, |letters: u64, letter| (letters << 8) | u64::from(letter));
    letters | (u64::try_from(name.len()).unwrap_or(u64::MAX) << 56)
}

/// One walk over what the parser gave.
struct Walk<'t> {
    file: &'t Arc<str>,
    text: &'t str,
    lines: &'t Lines,
    names: String,
    nodes: Vec<Node>,
    /// Where a whole number is that TOML does not allow. It is no text either.
    too_large: Option<usize>,
}

impl Walk<'_> {
    fn table(&mut self, table: &DeTable<'_>, inside: Range<usize>) {
        for (key, value) in table {
            let key_text: &str = key.get_ref();
            let start = self.names.len();
            if !inside.is_empty() {
                self.names.extend_from_within(inside.clone());
                self.names.push('_');
            }
            push_setting(&mut self.names, key_text);
            let name = start..self.names.len();
            if let DeValue::Table(table) = value.get_ref() {
                self.table(table, name.clone());
            }
            let held = self.held(value);
            self.nodes.push(Node {
                name,
                key_len: key_text.len(),
                at: key.span().start,
                held,
                inside: inside.clone(),
                asked: AtomicBool::new(false),
            });
        }
    }

    fn held(&mut self, value: &Spanned<DeValue<'_>>) -> Held {
        if let DeValue::String(string) = value.get_ref() {
            // Between its quotes.
            let span = value.span();
            let range = span.start.saturating_add(1)..span.end.saturating_sub(1);
            if self.text.get(range.clone()) == Some(string.as_ref()) {
                return Held::Text(range);
            }
        }
        Held::Other(self.content(value))
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Value {
        let origin = self.lines.origin(self.file, value.span().start);
        Value::new(self.content(value), origin)
    }

    fn content(&mut self, value: &Spanned<DeValue<'_>>) -> Content {
        let text = |text: &str| Content::Text(Zeroizing::new(text.to_owned()));
        match value.get_ref() {
            DeValue::String(string) => text(string),
            DeValue::Boolean(value) => Content::Bool(*value),
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(number.as_str(), number.radix());
                if number.is_err() {
                    self.too_large.get_or_insert(value.span().start);
                }
                Content::Integer(number.unwrap_or_default())
            }
            DeValue::Float(number) => number
                .as_str()
                .parse()
                .map_or_else(|_| text(number.as_str()), Content::Float),
            // As it is written, for a type of the user's.
            DeValue::Datetime(_) => text(self.text.get(value.span()).unwrap_or_default()),
            DeValue::Array(list) => Content::List(list.iter().map(|one| self.value(one)).collect()),
            DeValue::Table(table) => Content::Table(
                table
                    .iter()
                    .map(|(key, value)| (key.get_ref().as_ref().to_owned(), self.value(value)))
                    .collect(),
            ),
        }
    }
}

/// Where the lines of a text start.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().filter(|byte| *byte == b'\n').count();
        let mut starts = Vec::with_capacity(breaks.saturating_add(1));
        starts.push(0);
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                starts.push(at.saturating_add(1));
            }
        }
        Self { starts }
    }

    /// Line and column, in bytes, count from one.
    fn origin(&self, file: &Arc<str>, offset: usize) -> Origin {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        let column = offset.saturating_sub(start.copied().unwrap_or(0));
        Origin::in_document(Arc::clone(file), line, column.saturating_add(1))
    }
}
