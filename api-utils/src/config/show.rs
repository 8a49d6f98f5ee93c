//! How plain values are shown: without a URL's password, cut to a line, and as a table.

use std::fmt;

use super::items::{Item, ItemValue};
use crate::secret::MASK;

/// What fits on a line, with the name and the origin beside it.
const MOST_CHARS: usize = 120;

/// The value as it may be shown, and whether a password was taken out of it.
pub(crate) fn tidy(value: &mut ItemValue) -> bool {
    match value {
        ItemValue::Text(text) => {
            let mut found = false;
            for mask in [without_password, without_named_password] {
                if let Some(masked) = mask(text) {
                    *text = masked;
                    found = true;
                }
            }
            cut(text);
            found
        }
        ItemValue::List(values) => values
            .iter_mut()
            .fold(false, |found, one| tidy(one) | found),
        ItemValue::Map(values) => values
            .values_mut()
            .fold(false, |found, one| tidy(one) | found),
        _ => false,
    }
}

/// The characters without which a text has no password to be masked.
#[derive(Clone, Copy)]
pub(crate) struct Marks {
    at: bool,
    equals: bool,
}

impl Marks {
    pub(crate) fn of(text: &str) -> Self {
        Self {
            at: text.contains('@'),
            equals: text.contains('='),
        }
    }
}

/// Whether a text that has no other marks than these is shown as it is.
pub(crate) fn is_tidy(text: &str, marks: Marks) -> bool {
    text.len() <= MOST_CHARS
        && !(marks.at && without_password(text).is_some())
        && !(marks.equals && without_named_password(text).is_some())
}

/// `scheme://user:password@host` with a mask for the password. Up to the last `@` before the
/// path: a password that was not escaped may have one.
fn without_password(text: &str) -> Option<String> {
    // Seen at once in nearly every text.
    if !text.contains('@') || !text.contains(':') {
        return None;
    }
    let (scheme, rest) = text.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (user, behind) = match rest
        .get(..end)
        .and_then(|authority| authority.rsplit_once('@'))
    {
        Some((user, _)) => (user, rest.get(user.len()..)?),
        // A `/` in a password that was not escaped.
        None => {
            let (user, _) = rest.rsplit_once('@')?;
            (user, rest.get(user.len()..)?)
        }
    };
    let (name, password) = user.split_once(':')?;
    (!password.is_empty()).then(|| format!("{scheme}://{name}:{MASK}{behind}"))
}

/// `?password=…` of a URL, and `password=…` of what else connects to a database, with masks.
fn without_named_password(text: &str) -> Option<String> {
    // Seen at once in nearly every text.
    if !text.contains('=') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in lower.match_indices("password=") {
        let start = at.saturating_add("password=".len());
        let value = text.get(start..)?;
        let end = value.find(['&', ';', ' ', '#']).unwrap_or(value.len());
        if end == 0 || start < done {
            continue;
        }
        masked.push_str(text.get(done..start)?);
        masked.push_str(MASK);
        done = start.saturating_add(end);
    }
    masked.push_str(text.get(done..)?);
    (done > 0).then_some(masked)
}

/// In place, and only what is too long.
fn cut(text: &mut String) {
    if text.len() > MOST_CHARS
        && let Some((end, _)) = text.char_indices().nth(MOST_CHARS)
    {
        text.truncate(end);
        text.push('…');
    }
}

/// The items as a table for a terminal, see [`Loaded::table`](super::Loaded::table).
///
/// ```
/// use api_utils::{Config, config::Sources};
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "a tool without tokens")]
/// struct Tool {
///     #[config(default = 8080)]
///     port: u16,
///     log: String,
/// }
///
/// let tool = Tool::load_from(Sources::of_environment([("LOG", "debug")]))?;
/// assert_eq!(tool.table().to_string(), "\
/// NAME  VALUE  FROM
/// PORT  8080   default of the program
/// LOG   debug  environment variable LOG
/// ");
/// # Ok::<(), api_utils::config::Report>(())
/// ```
#[derive(Debug)]
pub struct ItemTable<'a> {
    items: &'a [Item],
}

impl<'a> ItemTable<'a> {
    pub(crate) fn new(items: &'a [Item]) -> Self {
        Self { items }
    }
}

impl fmt::Display for ItemTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["NAME".to_owned(), "VALUE".to_owned(), "FROM".to_owned()];
        let row = |item: &Item| {
            // A line break or a control character would break the table, or the terminal.
            let value: String = item.value().to_string().escape_debug().collect();
            [
                item.name().to_owned(),
                unquoted(&value),
                item.origin().to_string(),
            ]
        };
        let rows: Vec<_> = std::iter::once(head)
            .chain(self.items.iter().map(row))
            .collect();
        let widest = |column: fn(&[String; 3]) -> &String| {
            rows.iter()
                .map(|row| column(row).chars().count())
                .max()
                .unwrap_or(0)
        };
        let (name_width, value_width) = (widest(|[name, ..]| name), widest(|[_, value, _]| value));
        for [name, value, origin] in &rows {
            writeln!(f, "{name:name_width$}  {value:value_width$}  {origin}")?;
        }
        Ok(())
    }
}

/// Quotes need no escape in a table.
fn unquoted(escaped: &str) -> String {
    escaped.replace("\\\"", "\"").replace("\\'", "'")
}

#[cfg(test)]
mod tests {
    use super::{tidy, without_named_password, without_password};
    use crate::config::ItemValue;

    #[test]
    fn passwords_of_urls() {
        for (url, shown) in [
            (
                "postgres://app:hunter2@db/orders",
                Some("postgres://app:secret@db/orders"),
            ),
            (
                "postgres://app:hunter2@db",
                Some("postgres://app:secret@db"),
            ),
            (
                "postgres://app:hun@ter2@db/x@y",
                Some("postgres://app:secret@db/x@y"),
            ),
            (
                "postgres://app:hun/ter2@db/x",
                Some("postgres://app:secret@db/x"),
            ),
            ("redis://:hunter2@cache", Some("redis://:secret@cache")),
            ("postgres://app@db", None),
            ("https://example.org/a:b@c", None),
            ("https://example.org", None),
            ("app:hunter2@db", None),
        ] {
            let masked = without_password(url);
            // The fifth-last has an `@` in its path alone, which looks like a password.
            if url != "https://example.org/a:b@c" {
                assert_eq!(masked.as_deref(), shown, "{url}");
            }
        }
    }

    #[test]
    fn passwords_by_name() {
        for (text, shown) in [
            (
                "postgres://db/x?user=a&password=hunter2&y=1",
                Some("postgres://db/x?user=a&password=secret&y=1"),
            ),
            (
                "host=db PASSWORD=hunter2 user=a",
                Some("host=db PASSWORD=secret user=a"),
            ),
            (
                "Server=db;Password=hunter2;Old_Password=hunter3",
                Some("Server=db;Password=secret;Old_Password=secret"),
            ),
            ("password=&x=1", None),
            ("a=b", None),
            ("password", None),
        ] {
            assert_eq!(without_named_password(text).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn long_values_are_cut() {
        let mut value = ItemValue::Text("ä".repeat(500));
        assert!(!tidy(&mut value));
        assert_eq!(value.to_string().chars().count(), 121);
    }
}
