//! Every rule tree to depth 3 against every caller: the evaluation agrees with a reference that
//! is written apart, down to which fault is reported.
//!
//! A tree has `any` and `all` of none, one and two parts here, in every order. Longer lists are a test
//! of their own: an operator sees no more of its parts than their verdicts, so lists of one leaf a
//! verdict are enough, to a length at which each verdict can stand before, between and behind others.

use super::evaluate::{Fact, Facts, Parameter, Verdict, evaluate};
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
            "twice" => Parameter::Twice,
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

/// The reference: the possible answers as letters, each operator as a sentence about them. `a`llow,
/// `d`eny, and three faults: a `c`laim's type, a parameter `t`wice, a parameter `m`issing.
fn reference(rule: &Rule, caller: &Caller) -> char {
    let letter = |holds: bool| if holds { 'a' } else { 'd' };
    let first_of = |order: [char; 5], rules: &[Rule]| {
        let answers: String = rules.iter().map(|rule| reference(rule, caller)).collect();
        order.into_iter().find(|one| answers.contains(*one))
    };
    match *rule {
        // Somebody allows; else somebody does not know, and the service's own mistakes are told
        // first; else nobody allows.
        Rule::Any(rules) => first_of(['a', 'm', 't', 'c', 'd'], rules).unwrap_or('d'),
        // Somebody does not know; else somebody denies; else all allow.
        Rule::All(rules) => first_of(['m', 't', 'c', 'd', 'a'], rules).unwrap_or('a'),
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
        Rule::Subject("twice") => 't',
        Rule::Subject(_) => 'm',
        Rule::Claim(..) => match caller.level {
            None => 'd',
            Some(Ok(_)) => 'a',
            Some(Err(_)) => 'c',
        },
    }
}

fn evaluated(rule: &Rule, caller: &Caller) -> char {
    match evaluate(rule, caller) {
        Verdict::Allow => 'a',
        Verdict::Deny => 'd',
        Verdict::ClaimType => 'c',
        Verdict::ParameterTwice => 't',
        Verdict::ParameterMissing => 'm',
    }
}

/// Compares each rule for each caller; what the answers were, in letters.
fn compare(rules: &[Rule], callers: &[Caller]) -> String {
    let pairs = rules
        .iter()
        .flat_map(|rule| callers.iter().map(move |caller| (rule, caller)));
    pairs
        .map(|(rule, caller)| {
            let found = evaluated(rule, caller);
            assert_eq!(found, reference(rule, caller), "{rule}");
            found
        })
        .collect()
}

/// No answer is so rare that the comparison would say nothing of it.
fn assert_mixed(answers: &str, letters: &str) {
    for letter in letters.chars() {
        let count = answers.matches(letter).count();
        assert!(count > answers.len() / 100, "{letter}: {count}");
    }
}

#[test]
fn every_tree_to_depth_three_agrees_with_the_reference() {
    let leaves = leaves();
    let two = one_deeper(&leaves);
    let three = one_deeper(&two);
    let callers: Vec<Caller> = Caller::all().collect();
    // n rules, n of `not`, and `any` and `all` of 1 + n + n² lists.
    let sizes = [leaves.len(), two.len(), three.len(), callers.len()];
    assert_eq!(sizes, [8, 162, 53_138, 192]);
    let answers = compare(&three, &callers);
    assert_eq!(answers.len(), 53_138 * 192);
    assert_mixed(&answers, "adcm");
}

/// Every list of up to `length` of these rules.
fn lists(rules: &[Rule], length: usize) -> Vec<&'static [Rule]> {
    let mut all: Vec<Vec<Rule>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..length {
        let longer: Vec<_> = all[from..]
            .iter()
            .flat_map(|list| {
                rules
                    .iter()
                    .map(|rule| [list.as_slice(), &[*rule]].concat())
            })
            .collect();
        from = all.len();
        all.extend(longer);
    }
    all.into_iter()
        .map(|list| -> &'static [Rule] { list.leak() })
        .collect()
}

#[test]
fn lists_of_any_length_agree_with_the_reference() {
    // A leaf for each verdict, of this caller.
    let caller = Caller {
        roles: [true, false, false],
        scopes: [false; 2],
        owner: false,
        level: Some(Err("7")),
    };
    let leaves = [
        Rule::Role("admin"),
        Rule::Role("guest"),
        Rule::Claim(&["level"], Expected::Integer(7)),
        Rule::Subject("twice"),
        Rule::Subject("missing"),
    ];
    let letters: String = leaves.iter().map(|leaf| evaluated(leaf, &caller)).collect();
    assert_eq!(letters, "adctm");
    let long: Vec<Rule> = lists(&leaves, 5)
        .into_iter()
        .flat_map(|list| [Rule::Any(list), Rule::All(list)])
        .collect();
    assert_eq!(long.len(), 2 * (1 + 5 + 25 + 125 + 625 + 3125));
    // Alone, and as a part of each operator, beside each verdict.
    let parts: Vec<Rule> = long
        .iter()
        .flat_map(|rule| {
            let rule: &'static Rule = Box::leak(Box::new(*rule));
            let beside = leaves.iter().flat_map(move |leaf| {
                let pair: &'static [Rule] = vec![*rule, *leaf].leak();
                [Rule::Any(pair), Rule::All(pair)]
            });
            beside.chain([*rule, Rule::Not(rule)])
        })
        .collect();
    assert_mixed(&compare(&parts, &[caller]), "adctm");

    // And of the leaves of the trees above, every three, for every caller.
    let three = lists(&self::leaves(), 3)
        .into_iter()
        .flat_map(|list| [Rule::Any(list), Rule::All(list)]);
    let callers: Vec<Caller> = Caller::all().collect();
    assert_mixed(&compare(&three.collect::<Vec<_>>(), &callers), "adcm");
}
