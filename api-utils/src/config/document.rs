//! A TOML document. A key is a setting's name in any case, with `-` for `_` where one likes; the
//! name of a table stands before its keys, so `[db] url = …` is `DB_URL`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

use super::folder::push_setting;
use super::origin::Origin;
use super::source::{Key, OpenFault, Source, SourceFault, Unasked};
use super::value::{Content, Value};
use crate::secret::file;

/// The most bytes of a document.
const MOST_BYTES: usize = 1024 * 1024;

/// A document that was read and parsed once.
pub(crate) struct Document {
    file: Arc<str>,
    nodes: Nodes,
}

/// The values of a document, by the names of the settings that they may be.
type Nodes = HashMap<String, Box<Node>>;

struct Node {
    /// How much of the name its key is: the end of it.
    key_len: usize,
    value: Value,
    /// The table that it is in, which may be a setting as a whole.
    inside: Option<String>,
    twice: Option<Origin>,
    asked: AtomicBool,
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
        Self::parse(path.display().to_string().into(), &text)
    }

    fn parse(file: Arc<str>, text: &str) -> Result<Self, OpenFault> {
        let lines = Lines::of(text);
        let table = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            // The parser's own words may quote the line, and a secret with it.
            let reason = match error.message() {
                twice if twice.starts_with("duplicate key") => "has a key twice",
                _ => "is not TOML",
            };
            OpenFault::new(reason).at(lines.origin(&file, span.start))
        })?;
        let mut walk = Walk {
            file,
            text,
            lines,
            nodes: HashMap::with_capacity(table.get_ref().len()),
        };
        walk.table(table.get_ref(), "", None);
        Ok(Self {
            file: walk.file,
            nodes: walk.nodes,
        })
    }

    /// Whether it, or a table around it, was asked for.
    fn is_asked(&self, node: &Node) -> bool {
        let mut node = node;
        loop {
            if node.asked.load(Ordering::Relaxed) {
                return true;
            }
            match node.inside.as_ref().and_then(|name| self.nodes.get(name)) {
                Some(around) => node = around,
                None => return false,
            }
        }
    }
}

impl Source for Document {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let Some(node) = self.nodes.get(key.name()) else {
            return Ok(None);
        };
        node.asked.store(true, Ordering::Relaxed);
        match &node.twice {
            None => Ok(Some(node.value.copy())),
            Some(other) => Err(SourceFault::new(
                node.value.origin().clone(),
                format!("is set a second time in {other}"),
            )),
        }
    }

    fn place(&self, _: &Key<'_>) -> String {
        self.file.as_ref().to_owned()
    }

    fn __unasked(&self) -> Vec<Unasked> {
        self.nodes
            .iter()
            .filter(|(_, node)| !matches!(node.value.content(), Content::Table(_)))
            .filter(|(_, node)| !self.is_asked(node))
            .map(|(setting, node)| Unasked {
                name: key_of(setting, node.key_len),
                setting: setting.clone(),
                origin: node.value.origin().clone(),
            })
            .collect()
    }
}

/// As it is most likely written.
fn key_of(setting: &str, len: usize) -> String {
    let start = setting.len().saturating_sub(len);
    setting.get(start..).unwrap_or(setting).to_ascii_lowercase()
}

/// One walk over what the parser gave.
struct Walk<'t> {
    file: Arc<str>,
    text: &'t str,
    lines: Lines,
    nodes: Nodes,
}

impl Walk<'_> {
    fn table(&mut self, table: &DeTable<'_>, prefix: &str, inside: Option<&str>) {
        for (key, value) in table {
            let key_text: &str = key.get_ref();
            let longest = prefix.len().saturating_add(key_text.len());
            let mut setting = String::with_capacity(longest.saturating_add(1));
            if !prefix.is_empty() {
                setting.push_str(prefix);
                setting.push('_');
            }
            push_setting(&mut setting, key_text);
            let origin = self.lines.origin(&self.file, key.span().start);
            if let DeValue::Table(table) = value.get_ref() {
                self.table(table, &setting, Some(&setting));
            }
            let node = Box::new(Node {
                key_len: key_text.len(),
                value: self.value(value, origin),
                inside: inside.map(str::to_owned),
                twice: None,
                asked: AtomicBool::new(false),
            });
            match self.nodes.entry(setting) {
                Entry::Occupied(mut first) => {
                    first.get_mut().twice = Some(node.value.into_parts().1);
                }
                Entry::Vacant(free) => {
                    free.insert(node);
                }
            }
        }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>, origin: Origin) -> Value {
        let text = |text: &str| Content::Text(Zeroizing::new(text.to_owned()));
        let inner = |value: &Spanned<DeValue<'_>>| {
            let origin = self.lines.origin(&self.file, value.span().start);
            self.value(value, origin)
        };
        let content = match value.get_ref() {
            DeValue::String(string) => text(string),
            DeValue::Boolean(value) => Content::Bool(*value),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| text(number.as_str()), Content::Integer),
            DeValue::Float(number) => number
                .as_str()
                .parse()
                .map_or_else(|_| text(number.as_str()), Content::Float),
            // As it is written, for a type of the user's.
            DeValue::Datetime(_) => text(self.text.get(value.span()).unwrap_or_default()),
            DeValue::Array(list) => Content::List(list.iter().map(inner).collect()),
            DeValue::Table(table) => Content::Table(
                table
                    .iter()
                    .map(|(key, value)| (key.get_ref().as_ref().to_owned(), inner(value)))
                    .collect(),
            ),
        };
        Value::new(content, origin)
    }
}

/// Where the lines of a text start.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.match_indices('\n');
        let starts = breaks.map(|(at, _)| at.saturating_add(1));
        Self {
            starts: std::iter::once(0).chain(starts).collect(),
        }
    }

    /// Line and column, in bytes, count from one.
    fn origin(&self, file: &Arc<str>, offset: usize) -> Origin {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        let column = offset.saturating_sub(start.copied().unwrap_or(0));
        Origin::in_document(Arc::clone(file), line, column.saturating_add(1))
    }
}
