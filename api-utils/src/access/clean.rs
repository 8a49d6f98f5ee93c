//! Text from outside as one short printable line: escaped, cut, and between quotes where it could
//! pass for more than one value.

use std::fmt::{self, Write as _};

#[derive(Clone, Copy, Debug)]
pub(super) struct Clean<'a>(pub(super) &'a [u8]);

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_CHARS: usize = 128;
        let text = String::from_utf8_lossy(self.0);
        let is_quoted = text.contains([' ', '=']);
        let mut chars = text.chars();
        if is_quoted {
            f.write_char('"')?;
        }
        for c in chars.by_ref().take(MAX_CHARS) {
            match c {
                '\'' => f.write_char(c)?,
                // What has no form of its own, or turns that of others about, among it.
                _ => write!(f, "{}", c.escape_debug())?,
            }
        }
        if chars.next().is_some() {
            f.write_char('…')?;
        }
        if is_quoted {
            f.write_char('"')?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Clean;

    #[test]
    fn cleans() {
        for (text, clean) in [
            (&b"alice"[..], "alice"),
            ("Zo\u{eb}".as_bytes(), "Zo\u{eb}"),
            (b"O'Brien", "O'Brien"),
            (b"Jane Doe", "\"Jane Doe\""),
            (b"1 subject=root", "\"1 subject=root\""),
            (b"a\nlevel=INFO b", "\"a\\nlevel=INFO b\""),
            // Bidirectional controls, a zero width space, a byte order mark, a tag.
            (
                "a\u{202e}nimda\u{2066}\u{200b}\u{feff}\u{e0041}".as_bytes(),
                "a\\u{202e}nimda\\u{2066}\\u{200b}\\u{feff}\\u{e0041}",
            ),
            (b"\"\\\x1b[31m", "\\\"\\\\\\u{1b}[31m"),
            ("\u{2028}".as_bytes(), "\\u{2028}"),
            (b"\xff", "\u{fffd}"),
        ] {
            assert_eq!(Clean(text).to_string(), clean);
        }
        let long = "x".repeat(4000);
        assert_eq!(Clean(long.as_bytes()).to_string().chars().count(), 129);
    }
}
