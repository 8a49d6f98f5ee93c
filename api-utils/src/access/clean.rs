//! Text from outside as one short printable line: escaped, cut.

use std::fmt;

#[derive(Clone, Copy, Debug)]
pub(super) struct Clean<'a>(pub(super) &'a [u8]);

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_CHARS: usize = 128;
        let text = String::from_utf8_lossy(self.0);
        let mut chars = text.chars();
        for c in chars.by_ref().take(MAX_CHARS) {
            if c.is_control() || matches!(c, '\\' | '"' | '\u{2028}' | '\u{2029}') {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        if chars.next().is_some() {
            f.write_str("…")?;
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
            (b"a\nlevel=INFO b", "a\\nlevel=INFO b"),
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
