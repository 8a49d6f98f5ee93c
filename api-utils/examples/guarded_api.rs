//! A small service: placeholder until the endpoints stand.
fn main() {}
