//! A rule as the user wrote it, with the words that errors point at.

use syn::{LitBool, LitStr, Path};

pub(crate) enum Rule {
    Any(Vec<Rule>),
    All(Vec<Rule>),
    Not(Box<Rule>),
    Role(Role),
    Scope(LitStr),
    Subject(LitStr),
    Claim(Vec<LitStr>, Expected),
    /// A constant of type `Rule`.
    Named(Path),
}

pub(crate) enum Role {
    Text(LitStr),
    /// A variant of an enum that derives `Roles`.
    Typed(Path),
}

pub(crate) enum Expected {
    Path(LitStr),
    Text(LitStr),
    Integer(i64),
    Boolean(LitBool),
}

impl Rule {
    /// Several rules side by side: all of them; one stands for itself.
    pub(crate) fn all_of(mut rules: Vec<Self>) -> Self {
        match rules.pop() {
            Some(only) if rules.is_empty() => only,
            Some(last) => {
                rules.push(last);
                Self::All(rules)
            }
            None => Self::All(rules),
        }
    }
}
