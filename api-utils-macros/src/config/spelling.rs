//! `rename_all`: how the keys of a document are spelled, in the words of serde.

use syn::LitStr;

use crate::diag;

/// What serde calls them.
const NAMES: [&str; 8] = [
    "lowercase",
    "UPPERCASE",
    "PascalCase",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "SCREAMING-KEBAB-CASE",
];

/// How the words of a field's name are put together.
#[derive(Clone, Copy)]
pub(crate) enum Spelling {
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
    Camel,
    Pascal,
}

impl Spelling {
    pub(crate) fn of(written: &LitStr) -> syn::Result<Self> {
        Ok(match written.value().as_str() {
            "lowercase" | "snake_case" => Self::Snake,
            "UPPERCASE" | "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            other => {
                return Err(diag::unknown_word(
                    other,
                    written.span(),
                    "spelling",
                    &NAMES,
                ));
            }
        })
    }

    pub(crate) fn of_field(self, field: &str) -> String {
        match self {
            Self::Snake => field.to_owned(),
            Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
            Self::Pascal => joined(field),
            Self::Camel => first(&joined(field), |letter| letter.to_ascii_lowercase()),
        }
    }
}

/// `pool_size` is `PoolSize`.
fn joined(field: &str) -> String {
    let words = field.split('_');
    words
        .map(|word| first(word, |letter| letter.to_ascii_uppercase()))
        .collect()
}

fn first(word: &str, change: impl Fn(char) -> char) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(change)
        .into_iter()
        .chain(letters)
        .collect()
}

/// What stands before the keys of a document where `prefix` stands before the names: `DB_` is a
/// table `db`.
pub(crate) fn table(prefix: &str) -> String {
    let lower = prefix.to_ascii_lowercase();
    match lower.strip_suffix('_') {
        Some(table) if !table.is_empty() => format!("{table}."),
        _ => lower,
    }
}

/// The key of a `name = "…"`, which is spelled as it is given. In capitals it needs none.
pub(crate) fn key_of_name(prefix: &str, name: &str) -> String {
    if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        format!("{}{name}", table(prefix))
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::LitStr;

    use super::{NAMES, Spelling};

    #[test]
    fn fields_in_every_spelling() {
        let spelled = ["pool_size_2", "POOL_SIZE_2", "PoolSize2", "poolSize2"];
        let spelled =
            spelled
                .into_iter()
                .chain(["pool_size_2", "POOL_SIZE_2", "pool-size-2", "POOL-SIZE-2"]);
        for (name, expected) in NAMES.into_iter().zip(spelled) {
            let spelling = Spelling::of(&LitStr::new(name, Span::call_site())).unwrap();
            assert_eq!(spelling.of_field("pool_size_2"), expected, "{name}");
        }
    }
}
