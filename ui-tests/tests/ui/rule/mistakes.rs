//! `rule!` refuses what `#[require_token]` refuses, and an empty rule.

use api_utils::{Rule, rule};

const EMPTY: Rule = rule! {};

const NOBODY: Rule = rule! { any() };

const KEY: Rule = rule! { rolse = "admin" };

const DOUBLE: Rule = rule! { any(role = "admin", role = "admin"), scope = "a b" };

const NESTED: Rule = rule! { not(role = "a", role = "b") };

fn main() {}
