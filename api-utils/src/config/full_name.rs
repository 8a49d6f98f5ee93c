//! Text at compile time, where there is no `String`.

/// A text that is put together. One that does not fit is cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct FullName {
    bytes: [u8; 512],
    length: usize,
}

impl FullName {
    pub(super) const EMPTY: Self = Self {
        bytes: [0; 512],
        length: 0,
    };

    pub(super) const fn with(self, text: &str) -> Self {
        let mut longer = self;
        let mut rest = text.as_bytes();
        while let [first, others @ ..] = rest {
            rest = others;
            let (_, free) = longer.bytes.split_at_mut(longer.length);
            if let [slot, ..] = free {
                *slot = *first;
                longer.length = longer.length.saturating_add(1);
            } else {
                return longer;
            }
        }
        longer
    }

    /// The text.
    #[must_use]
    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "two settings clash, and their names are too long to be shown",
        }
    }
}

pub(super) const fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && ends_with(left, right)
}

pub(super) const fn ends_with(text: &str, end: &str) -> bool {
    let mut text = text.as_bytes();
    let mut end = end.as_bytes();
    while let [other_ends @ .., wanted] = end {
        let [others @ .., last] = text else {
            return false;
        };
        if *last != *wanted {
            return false;
        }
        text = others;
        end = other_ends;
    }
    true
}
