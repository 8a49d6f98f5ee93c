//! Compile errors of the macros of `access`.

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn require_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/require_token/*.rs");
}

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn public() {
    trybuild::TestCases::new().compile_fail("tests/ui/public/*.rs");
}

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn routes() {
    trybuild::TestCases::new().compile_fail("tests/ui/routes/*.rs");
}

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn rule() {
    trybuild::TestCases::new().compile_fail("tests/ui/rule/*.rs");
}

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn roles() {
    trybuild::TestCases::new().compile_fail("tests/ui/roles/*.rs");
}

/// No text of a compiler that these rooms are the cause of names what is ours alone.
#[test]
fn no_text_names_a_hidden_module() {
    let ui = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut texts = 0;
    for room in [
        "require_token",
        "public",
        "routes",
        "rule",
        "roles",
        "token",
    ] {
        for entry in std::fs::read_dir(ui.join(room)).expect("a room") {
            let file = entry.expect("a file").path();
            if file
                .extension()
                .is_some_and(|extension| extension == "stderr")
            {
                let text = std::fs::read_to_string(&file).expect("a text");
                assert!(!text.contains("__private"), "{}", file.display());
                texts += 1;
            }
        }
    }
    assert!(texts > 30, "{texts}");
}
