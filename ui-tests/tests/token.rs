//! What nobody can do with a token.

#[rustversion::attr(not(stable(1.95)), ignore = "the texts are those of rustc 1.95")]
#[test]
fn token() {
    trybuild::TestCases::new().compile_fail("tests/ui/token/*.rs");
}
