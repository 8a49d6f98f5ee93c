//! Did you mean: the name that a misspelt one was most likely meant to be.

/// The one of `known` that is a few edits from `word`, if there is one.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.len().div_euclid(4).clamp(1, 3);
    known
        .filter(|one| *one != word && one.len().abs_diff(word.len()) <= limit)
        .map(|one| (edits(word.as_bytes(), one.as_bytes()), one))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, one)| one)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
fn edits(left: &[u8], right: &[u8]) -> usize {
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX);
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut left_before = None;
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row.saturating_add(1)];
        let mut right_before = None;
        for (column, to) in right.iter().enumerate() {
            let next = column.saturating_add(1);
            let mut best = at(&last, column)
                .saturating_add(usize::from(from != to))
                .min(at(&last, next).saturating_add(1))
                .min(at(&current, column).saturating_add(1));
            if left_before == Some(to) && right_before == Some(from) && column > 0 {
                best = best.min(at(&before, column.saturating_sub(1)).saturating_add(1));
            }
            current.push(best);
            right_before = Some(to);
        }
        before = std::mem::replace(&mut last, current);
        left_before = Some(from);
    }
    at(&last, right.len())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_is_near() {
        let known = ["APP_PORT", "APP_HOST", "LOG"];
        for (word, meant) in [
            ("APP_PROT", Some("APP_PORT")),
            ("APP_HOSTS", Some("APP_HOST")),
            ("LGO", Some("LOG")),
            ("LEVEL", None),
            ("APP_PORT", Some("APP_HOST")),
        ] {
            assert_eq!(nearest(word, known.into_iter()), meant, "{word}");
        }
    }
}
