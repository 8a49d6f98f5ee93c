//! Places of texts, without an allocation for the lists of a usual token.

use std::ops::{Deref, DerefMut};

use super::{Field, List, Span};

/// An audience or two, a handful of roles and scopes.
const FEW: usize = 8;

pub(super) enum Spans {
    Few([Span; FEW], usize),
    Many(Vec<Span>),
}

impl Spans {
    pub(super) const fn new() -> Self {
        Self::Few([Span::new(0, 0); FEW], 0)
    }

    pub(super) fn push(&mut self, span: Span) {
        match self {
            Self::Many(spans) => spans.push(span),
            Self::Few(spans, count) => {
                if let Some(slot) = spans.get_mut(*count) {
                    *slot = span;
                    *count = count.saturating_add(1);
                } else {
                    let mut many = Vec::with_capacity(FEW.saturating_mul(2));
                    many.extend_from_slice(spans);
                    many.push(span);
                    *self = Self::Many(many);
                }
            }
        }
    }

    /// Those from `start` on.
    pub(super) fn list_from(&self, start: usize) -> Field<List> {
        Field::Value(List::new(start, self.len()))
    }

    /// What they take beside themselves.
    pub(super) fn heap_bytes(&self) -> usize {
        match self {
            Self::Few(..) => 0,
            Self::Many(spans) => spans.capacity().saturating_mul(size_of::<Span>()),
        }
    }
}

impl Deref for Spans {
    type Target = [Span];

    fn deref(&self) -> &[Span] {
        match self {
            Self::Few(spans, count) => spans.get(..*count).unwrap_or_default(),
            Self::Many(spans) => spans,
        }
    }
}

impl DerefMut for Spans {
    fn deref_mut(&mut self) -> &mut [Span] {
        match self {
            Self::Few(spans, count) => spans.get_mut(..*count).unwrap_or_default(),
            Self::Many(spans) => spans,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_in_order() {
        let mut spans = Spans::new();
        for count in 0..40 {
            assert_eq!(spans.len(), count);
            assert!(spans.iter().map(|span| span.start()).eq(0..count));
            spans.push(Span::new(count, 1));
        }
    }
}
