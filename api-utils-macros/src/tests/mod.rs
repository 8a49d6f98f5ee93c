//! What the macros expand to. `BLESS=1 cargo test -p api-utils-macros` writes the snapshots anew.

mod access;
mod streams;

use std::path::Path;

use proc_macro2::TokenStream;

/// Items as a person would have written them.
fn pretty(items: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(items).unwrap())
}

/// Compares `items` with the file `snapshots/<name>.rs`.
fn assert_snapshot(name: &str, items: TokenStream) {
    let found = pretty(items);
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/tests/snapshots")
        .join(name)
        .with_extension("rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, expected, "{}", file.display());
}
