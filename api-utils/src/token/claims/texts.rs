//! The texts of a token, as places in its payload.

use super::Span;
use super::spans::Spans;

/// Collects texts, as places in the payload.
pub(super) struct Texts<'j> {
    pub(super) json: &'j str,
    pub(super) unescaped: String,
    pub(super) spans: Spans,
}

impl<'j> Texts<'j> {
    pub(super) const fn of(json: &'j str) -> Self {
        Self {
            json,
            unescaped: String::new(),
            spans: Spans::new(),
        }
    }

    /// Where in the payload a text is, or, where an escape had to be decoded, where it now is.
    pub(super) fn place(&mut self, text: &str) -> Span {
        let length = text.len();
        // Without escapes it lies in the JSON itself: no other living text has its address.
        let distance = text.as_ptr().addr().checked_sub(self.json.as_ptr().addr());
        if let Some(start) = distance
            && start.saturating_add(length) <= self.json.len()
        {
            return Span::new(start, length);
        }
        let start = self.json.len().saturating_add(self.unescaped.len());
        self.unescaped.push_str(text);
        Span::new(start, length)
    }

    /// Puts a prefix before every text from `first` on.
    pub(super) fn put_before(&mut self, prefix: &str, first: usize) {
        if prefix.is_empty() {
            return;
        }
        let end_of_json = self.json.len();
        for span in self.spans.iter_mut().skip(first) {
            let start = end_of_json.saturating_add(self.unescaped.len());
            let text = super::resolve(self.json, &self.unescaped, *span).to_owned();
            self.unescaped.push_str(prefix);
            self.unescaped.push_str(&text);
            let length = prefix.len().saturating_add(text.len());
            *span = Span::new(start, length);
        }
    }
}
