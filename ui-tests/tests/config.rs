//! Compile errors of the macros of `config`.

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn config() {
    trybuild::TestCases::new().compile_fail("tests/ui/config/*.rs");
}
