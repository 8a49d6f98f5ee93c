use api_utils::Config;

#[derive(Config)]
enum Mode {
    Fast,
}

#[derive(Config)]
struct Pair(u16, u16);

#[derive(Config)]
struct Nothing;

#[derive(Config)]
union Bits {
    word: u32,
}

fn main() {}
