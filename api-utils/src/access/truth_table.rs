//! Every rule tree to depth 3 against every caller: the evaluation agrees with a reference that
//! is written apart.

use super::evaluate::{Fact, Facts, Fault, Parameter, Verdict, evaluate};
use super::rule::{Expected, Rule};

const ROLES: [&str; 3] = ["admin", "editor", "guest"];
const SCOPES: [&str; 2] = ["read", "write"];

/// A token at the route `/users/alice`.
struct Caller {
    roles: [bool; 3],
    scopes: [bool; 2],
    owner: bool,
    /// The claim `level`: absent, the number 7, or a text.
    level: Option<Result<i64, &'static str>>,
}

impl Caller {
    /// Each token there is: 8 sets of roles, 4 of scopes, owner or not, 3 claims.
    fn all() -> impl Iterator<Item = Self> {
        (0..8_u8 * 4 * 2 * 3).map(|number| {
            let bit = |place: u32| (number >> place) & 1 == 1;
            Self {
                roles: [bit(0), bit(1), bit(2)],
                scopes: [bit(3), bit(4)],
                owner: bit(5),
                level: match number >> 6 {
                    0 => None,
                    1 => Some(Ok(7)),
                    _ => Some(Err("7")),
                },
            }
        })
    }
}

impl Facts for Caller {
    fn has_role(&self, role: &str) -> bool {
        let mut held = ROLES.iter().zip(self.roles);
        held.any(|(name, has)| has && *name == role)
    }
    fn has_scope(&self, scope: &str) -> bool {
        let mut held = SCOPES.iter().zip(self.scopes);
        held.any(|(name, has)| has && *name == scope)
    }
    fn subject(&self) -> &str {
        if self.owner { "alice" } else { "bob" }
    }
    fn claim(&self, path: &[&str]) -> Fact<'_> {
        match (path, self.level) {
            (["level"], Some(Ok(number))) => Fact::Integer(number),
            (["level"], Some(Err(text))) => Fact::Text(text.into()),
            _ => Fact::Absent,
        }
    }
    fn parameter(&self, name: &str) -> Parameter<'_> {
        match name {
            "user_id" => Parameter::Value("alice"),
            _ => Parameter::Missing,
        }
    }
}

/// 3 roles, 2 scopes, an owner check, a leaf that is a fault for some tokens, one that always is.
fn leaves() -> Vec<Rule> {
    let roles = ROLES.iter().map(|role| Rule::Role(role));
    let scopes = SCOPES.iter().map(|scope| Rule::Scope(scope));
    roles
        .chain(scopes)
        .chain([
            Rule::Subject("user_id"),
            Rule::Claim(&["level"], Expected::Integer(7)),
            Rule::Subject("missing"),
        ])
        .collect()
}

/// `not` of each, and `any` and `all` of none, of each, and of each ordered pair.
fn one_deeper(rules: &[Rule]) -> Vec<Rule> {
    let keep = |rules: Vec<Rule>| -> &'static [Rule] { rules.leak() };
    let mut lists = vec![keep(Vec::new())];
    for one in rules {
        lists.push(keep(vec![*one]));
        lists.extend(rules.iter().map(|two| keep(vec![*one, *two])));
    }
    let not = rules
        .iter()
        .map(|rule| Rule::Not(Box::leak(Box::new(*rule))));
    let any = lists.iter().map(|list| Rule::Any(list));
    let all = lists.iter().map(|list| Rule::All(list));
    rules
        .iter()
        .copied()
        .chain(not)
        .chain(any)
        .chain(all)
        .collect()
}

/// The reference: the possible answers as letters, each operator as a sentence about them.
fn reference(rule: &Rule, caller: &Caller) -> char {
    let letter = |holds: bool| if holds { 'a' } else { 'd' };
    let answers =
        |rules: &[Rule]| -> String { rules.iter().map(|rule| reference(rule, caller)).collect() };
    match *rule {
        Rule::Any(rules) => {
            let answers = answers(rules);
            // Somebody allows; else nobody knows; else nobody allows.
            ['a', 'f']
                .into_iter()
                .find(|one| answers.contains(*one))
                .unwrap_or('d')
        }
        Rule::All(rules) => {
            let answers = answers(rules);
            // Somebody does not know; else somebody denies; else all allow.
            ['f', 'd']
                .into_iter()
                .find(|one| answers.contains(*one))
                .unwrap_or('a')
        }
        Rule::Not(rule) => match reference(rule, caller) {
            'a' => 'd',
            'd' => 'a',
            other => other,
        },
        Rule::Role(role) => letter(
            role == "admin" && caller.roles[0]
                || role == "editor" && caller.roles[1]
                || role == "guest" && caller.roles[2],
        ),
        Rule::Scope(scope) => {
            letter(scope == "read" && caller.scopes[0] || scope == "write" && caller.scopes[1])
        }
        Rule::Subject("user_id") => letter(caller.owner),
        Rule::Subject(_) => 'f',
        Rule::Claim(..) => match caller.level {
            None => 'd',
            Some(Ok(_)) => 'a',
            Some(Err(_)) => 'f',
        },
    }
}

/// Whether a fault that is wiring stands anywhere: it is the one to report.
fn mentions_missing(rule: &Rule) -> bool {
    match rule {
        Rule::Any(rules) | Rule::All(rules) => rules.iter().any(mentions_missing),
        Rule::Not(rule) => mentions_missing(rule),
        Rule::Subject(name) => *name == "missing",
        _ => false,
    }
}

#[test]
fn every_tree_to_depth_three_agrees_with_the_reference() {
    let leaves = leaves();
    let two = one_deeper(&leaves);
    let three = one_deeper(&two);
    assert_eq!((leaves.len(), two.len()), (8, 162));
    let callers: Vec<Caller> = Caller::all().collect();
    let mut counts = [0_usize; 3];
    for rule in &three {
        let miswired = mentions_missing(rule);
        for caller in &callers {
            let verdict = evaluate(rule, caller);
            let (found, count) = match verdict {
                Verdict::Allow => ('a', 0),
                Verdict::Deny => ('d', 1),
                Verdict::Fault(fault) => {
                    let wiring = matches!(fault, Fault::ParameterMissing(_));
                    assert!(miswired || !wiring, "{rule}");
                    ('f', 2)
                }
            };
            assert_eq!(found, reference(rule, caller), "{rule}");
            counts[count] += 1;
        }
    }
    // No answer is so rare that the comparison would say nothing of it.
    let total: usize = counts.iter().sum();
    assert_eq!(total, three.len() * callers.len());
    assert!(counts.iter().all(|count| *count > total / 10), "{counts:?}");
}
