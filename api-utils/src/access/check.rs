//! The checks of a route table that a constant of the table evaluates: at compile time.

use super::guard::Access;
use super::table::RouteEntry;

/// The first line of a table whose rule its path cannot serve.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    line: usize,
    text: Text,
}

impl Fault {
    /// The index of the line.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// What is wrong, for the compiler's message.
    #[must_use]
    pub const fn text(&self) -> &str {
        self.text.as_str()
    }
}

/// Checks that each path parameter a rule reads is in the path of its line, and that each role
/// is one of `roles` where the table names them.
#[must_use]
pub const fn first_fault(table: &[RouteEntry], roles: Option<&[&str]>) -> Option<Fault> {
    let mut line = 0_usize;
    let mut rest = table;
    while let [entry, tail @ ..] = rest {
        if let (Access::Token(rule), Some(roles)) = (entry.access(), roles)
            && let Some(role) = rule.first_role_outside(roles)
        {
            let mut text = Text::new()
                .push("the rule of `")
                .push(entry.handler())
                .push("` asks for the role `")
                .push(role)
                .push("`, which is none of this table's roles; they are");
            let mut rest = roles;
            while let [role, tail @ ..] = rest {
                let end = if tail.is_empty() { "`" } else { "`," };
                text = text.push(" `").push(role).push(end);
                rest = tail;
            }
            return Some(Fault { line, text });
        }
        if let Access::Token(rule) = entry.access()
            && let Some(name) = rule.first_parameter_outside(entry.path())
        {
            let text = Text::new()
                .push("the rule of `")
                .push(entry.handler())
                .push("` reads the path parameter `")
                .push(name)
                .push("`, which \"")
                .push(entry.path())
                .push("\" does not have; write `{")
                .push(name)
                .push("}` in the path, or another parameter in `path(…)`");
            return Some(Fault { line, text });
        }
        line = line.saturating_add(1);
        rest = tail;
    }
    None
}

/// A text that a constant can build.
#[derive(Clone, Copy, Debug)]
struct Text {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl Text {
    const CAPACITY: usize = 2048;

    const fn new() -> Self {
        Self {
            bytes: [0; Self::CAPACITY],
            length: 0,
        }
    }

    /// The text with `more` behind it, as far as it fits.
    const fn push(mut self, more: &str) -> Self {
        let Some((_, free)) = self.bytes.split_at_mut_checked(self.length) else {
            return self;
        };
        let Some((place, _)) = free.split_at_mut_checked(more.len()) else {
            return self;
        };
        place.copy_from_slice(more.as_bytes());
        self.length = self.length.saturating_add(more.len());
        self
    }

    const fn as_str(&self) -> &str {
        let used = match self.bytes.split_at_checked(self.length) {
            Some((used, _)) => used,
            None => &[],
        };
        match str::from_utf8(used) {
            Ok(text) => text,
            Err(_) => "a rule reads a path parameter that its path does not have",
        }
    }
}
