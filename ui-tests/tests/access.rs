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
