//! Every figure of tokens and guards in one run: beside peers, and our own.

#[path = "../../../../api-utils/benches/tokens.rs"]
mod alone;
#[path = "guards.rs"]
mod guards;
#[path = "tokens.rs"]
mod tokens;

fn main() {
    tokens::main();
    guards::main();
    println!("\napi-utils alone");
    alone::main();
}
