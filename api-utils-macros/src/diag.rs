//! How every macro reports: all mistakes in one run, each on its own word.

use proc_macro2::{Ident, Span, TokenStream};

/// Collects errors, so that one mistake does not hide the next.
#[derive(Default)]
#[must_use = "call `finish`, or the errors are lost"]
pub(crate) struct Errors {
    combined: Option<syn::Error>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.combined {
            Some(first) => first.combine(error),
            None => self.combined = Some(error),
        }
    }

    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    /// The value of a step, or nothing after its error was kept.
    pub(crate) fn keep<T>(&mut self, step: syn::Result<T>) -> Option<T> {
        match step {
            Ok(value) => Some(value),
            Err(error) => {
                self.push(error);
                None
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.combined.is_none()
    }

    pub(crate) fn finish(self) -> syn::Result<()> {
        match self.combined {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// What to emit: a `compile_error!` for each error, nothing when there was none.
    pub(crate) fn into_tokens(self) -> TokenStream {
        match self.combined {
            Some(error) => error.into_compile_error(),
            None => TokenStream::new(),
        }
    }
}

/// `key` is none of `known`: the nearest one where there is one, and all of them.
pub(crate) fn unknown_key(key: &Ident, place: &str, known: &[&str]) -> syn::Error {
    unknown_word(&key.to_string(), key.span(), place, known)
}

/// The same for a word that is written as a text.
pub(crate) fn unknown_word(word: &str, span: Span, place: &str, known: &[&str]) -> syn::Error {
    let choices = known
        .iter()
        .map(|one| format!("`{one}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let message = match nearest(word, known) {
        Some(near) => {
            format!("unknown {place} `{word}`; did you mean `{near}`? (the choices are {choices})")
        }
        None => format!("unknown {place} `{word}`; the choices are {choices}"),
    };
    syn::Error::new(span, message)
}

/// `key` stands a second time where it may stand once.
pub(crate) fn duplicate_key(key: &Ident) -> syn::Error {
    syn::Error::new(
        key.span(),
        format!("`{key}` is given twice; keep one of them"),
    )
}

/// The word of `known` that `word` was most likely meant to be.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = word.chars().count().max(3).div_euclid(3);
    known
        .iter()
        .map(|one| (distance(word, one), *one))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, one)| (*edits, one.len().abs_diff(word.len())))
        .map(|(_, one)| one)
}

/// Edits (insert, delete, replace, swap of neighbours) between two words.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous_left = None;
    for (row, &from) in left.iter().enumerate() {
        let mut current = vec![row.saturating_add(1)];
        let mut previous_right = None;
        for (column, &to) in right.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX);
            let next = column.saturating_add(1);
            let replace = at(&last, column).saturating_add(usize::from(from != to));
            let delete = at(&last, next).saturating_add(1);
            let insert = at(&current, column).saturating_add(1);
            let mut best = replace.min(delete).min(insert);
            if previous_left == Some(to) && previous_right == Some(from) && column > 0 {
                best = best.min(at(&before_last, column.saturating_sub(1)).saturating_add(1));
            }
            current.push(best);
            previous_right = Some(to);
        }
        before_last = std::mem::replace(&mut last, current);
        previous_left = Some(from);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances() {
        for (left, right, edits) in [
            ("", "", 0),
            ("a", "", 1),
            ("defualt", "default", 1),
            ("nmae", "name", 1),
            ("secrte", "secret", 1),
            ("flaten", "flatten", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(left, right), edits, "{left} {right}");
        }
    }

    #[test]
    fn nearest_is_near() {
        let known = ["default", "name", "flatten"];
        assert_eq!(nearest("defualt", &known), Some("default"));
        assert_eq!(nearest("nam", &known), Some("name"));
        assert_eq!(nearest("zzz", &known), None);
        assert_eq!(nearest("rolse", &["role", "roles"]), Some("roles"));
    }
}
