//! A file of variables, by request only. It is read by rules that never change a value in
//! silence: nothing is expanded, and what is ambiguous is an error that says so. The environment
//! of the process is not touched.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::origin::Origin;
use super::source::{Key, OpenFault, Source, SourceFault};
use super::value::Value;
use crate::secret::file;

const MOST_BYTES: usize = 1024 * 1024;

/// The variables of a `.env` file.
pub(crate) struct Dotenv {
    file: Arc<str>,
    variables: HashMap<String, Value>,
}

impl Dotenv {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenFault> {
        let text = file::read_up_to(path, MOST_BYTES)
            .map_err(|fault| OpenFault::new(fault.to_string()))?
            .ok_or_else(|| OpenFault::new("is not there"))?;
        let file: Arc<str> = path.display().to_string().into();
        let mut variables = HashMap::new();
        let mut reader = Reader {
            rest: text.strip_prefix('\u{feff}').unwrap_or(&text),
            line: 1,
        };
        while !reader.rest.is_empty() {
            let line = reader.line;
            let refused = |reason: &str| {
                OpenFault::new(reason).at(Origin::in_dotenv(Arc::clone(&file), line))
            };
            if let Some((name, value)) = reader.variable().map_err(refused)? {
                let origin = Origin::in_dotenv(Arc::clone(&file), line);
                let value = Value::secret_text(value, origin);
                if variables.insert(name, value).is_some() {
                    return Err(refused("sets a variable a second time"));
                }
            }
        }
        Ok(Self { file, variables })
    }
}

impl Source for Dotenv {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        Ok(self.variables.get(key.name()).map(Value::copy))
    }

    fn place(&self, _: &Key<'_>) -> String {
        self.file.as_ref().to_owned()
    }
}

type Variable = (String, Zeroizing<String>);

struct Reader<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Reader<'t> {
    /// The variable of the next line, which may go on over several where it is quoted.
    fn variable(&mut self) -> Result<Option<Variable>, &'static str> {
        let line = self.next_line();
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(None);
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else {
            return Err("has a line without `=`");
        };
        let name = name.trim_end();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if name.is_empty() || !name.bytes().all(plain) {
            return Err("has a name with other characters than letters, digits and `_`");
        }
        let value = value.trim_start();
        let value = if let Some(quoted) = value.strip_prefix('\'') {
            self.quoted(quoted, '\'')?
        } else if let Some(quoted) = value.strip_prefix('"') {
            self.quoted(quoted, '"')?
        } else if value.starts_with('#') || value.contains(" #") || value.contains("\t#") {
            return Err("has ` #` in a value without quotes, which may be a comment or not");
        } else {
            Zeroizing::new(value.to_owned())
        };
        Ok(Some((name.to_owned(), value)))
    }

    fn next_line(&mut self) -> &'t str {
        self.line = self.line.saturating_add(1);
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// What follows an opening quote, up to the closing one. In `"` the escapes `\n`, `\r`, `\t`,
    /// `\"`, `\\` and `\$` are read; in `'` everything is as it is written.
    fn quoted(&mut self, first: &str, quote: char) -> Result<Zeroizing<String>, &'static str> {
        let most = first.len().saturating_add(self.rest.len());
        let mut value = Zeroizing::new(String::with_capacity(most.saturating_add(1)));
        let mut line = first;
        loop {
            let mut letters = line.chars();
            while let Some(letter) = letters.next() {
                match letter {
                    end if end == quote => {
                        let behind = letters.as_str().trim_start();
                        if behind.is_empty() || behind.starts_with('#') {
                            return Ok(value);
                        }
                        return Err("has text behind the closing quote");
                    }
                    '\\' if quote == '"' => value.push(match letters.next() {
                        Some('n') => '\n',
                        Some('r') => '\r',
                        Some('t') => '\t',
                        Some(same @ ('"' | '\\' | '$')) => same,
                        _ => return Err("has an escape other than \\n \\r \\t \\\" \\\\ \\$"),
                    }),
                    other => value.push(other),
                }
            }
            if self.rest.is_empty() {
                return Err("has a quote that is not closed");
            }
            value.push('\n');
            line = self.next_line();
        }
    }
}
