//! Only verification makes a token: it has no default, and what nobody verified has no subject.

use api_utils::Token;
use api_utils::token::inspect;

fn main() {
    let _: Token = Token::default();
    let _ = inspect("a.b.c").unwrap().sub();
}
