//! Colour, where a person reads a report on a terminal.

use std::ffi::OsStr;
use std::io::IsTerminal as _;

/// What stands before and behind the parts of a report: ANSI sequences, or nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Style {
    pub(super) heading: &'static str,
    pub(super) setting: &'static str,
    pub(super) label: &'static str,
    pub(super) end: &'static str,
}

impl Style {
    pub(super) const PLAIN: Self = Self {
        heading: "",
        setting: "",
        label: "",
        end: "",
    };

    pub(super) const COLORED: Self = Self {
        heading: "\u{1b}[1;31m",
        setting: "\u{1b}[1m",
        label: "\u{1b}[2m",
        end: "\u{1b}[0m",
    };

    /// That of the error output of this process.
    pub(super) fn of_stderr() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self::of(is_terminal, std::env::var_os("NO_COLOR").as_deref())
    }

    /// <https://no-color.org>: the variable counts when it is not empty, whatever is in it.
    fn of(is_terminal: bool, no_color: Option<&OsStr>) -> Self {
        if is_terminal && no_color.is_none_or(OsStr::is_empty) {
            Self::COLORED
        } else {
            Self::PLAIN
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_terminals_that_do_not_refuse_it() {
        for (is_terminal, no_color, style) in [
            (true, None, Style::COLORED),
            (true, Some(""), Style::COLORED),
            (true, Some("1"), Style::PLAIN),
            (true, Some("0"), Style::PLAIN),
            (false, None, Style::PLAIN),
            (false, Some(""), Style::PLAIN),
            (false, Some("1"), Style::PLAIN),
        ] {
            let of = Style::of(is_terminal, no_color.map(OsStr::new));
            assert_eq!(of, style, "{is_terminal} {no_color:?}");
        }
    }
}
