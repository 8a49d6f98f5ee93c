//! Evaluation of a rule with three values: allow, deny, fault. Pure: it asks [`Facts`].

use std::borrow::Cow;

use super::rule::{Expected, Rule};

/// What the rule asks of a request.
pub(crate) trait Facts {
    fn has_role(&self, role: &str) -> bool;
    fn has_scope(&self, scope: &str) -> bool;
    fn subject(&self) -> &str;
    fn claim(&self, path: &[&str]) -> Fact<'_>;
    fn parameter(&self, name: &str) -> Parameter<'_>;
}

/// A claim as far as a rule can compare it.
#[derive(Clone, Debug)]
pub(crate) enum Fact<'a> {
    Absent,
    Text(Cow<'a, str>),
    Integer(i64),
    Boolean(bool),
    /// An array, an object, a fraction, null: equal to nothing.
    Other,
}

/// A path parameter of the matched route.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Parameter<'a> {
    Missing,
    Value(&'a str),
    /// Two parameters of one name: which one is meant cannot be known.
    Twice,
}

/// In the order of how far it is from allow: of two, `all` takes the later.
///
/// The last three are faults: the rule could not be answered.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Verdict {
    Allow,
    Deny,
    /// The claim has another type than the rule compares with: the token's doing, 403.
    ClaimType,
    /// The route has the parameter twice: the service's doing, 500.
    ParameterTwice,
    /// The route does not have the parameter: the service's doing, 500.
    ParameterMissing,
}

/// What the rule says of these facts.
///
/// A fault is absorbing: it wins in `all` and goes through `not`; in `any` only an allow wins
/// over it. So no operator turns a fault into an allow, and the order of parts never matters.
pub(crate) fn evaluate<F: Facts>(rule: &Rule, facts: &F) -> Verdict {
    match rule {
        Rule::Any(rules) => {
            let mut so_far = Verdict::Deny;
            for rule in *rules {
                match evaluate(rule, facts) {
                    Verdict::Allow => return Verdict::Allow,
                    verdict => so_far = so_far.max(verdict),
                }
            }
            so_far
        }
        // No early end: a fault behind a deny is still a fault, or `not` would hide it.
        Rule::All(rules) => rules.iter().fold(Verdict::Allow, |so_far, rule| {
            so_far.max(evaluate(rule, facts))
        }),
        Rule::Not(rule) => match evaluate(rule, facts) {
            Verdict::Allow => Verdict::Deny,
            Verdict::Deny => Verdict::Allow,
            fault => fault,
        },
        Rule::Role(role) => Verdict::from(facts.has_role(role)),
        Rule::Scope(scope) => Verdict::from(facts.has_scope(scope)),
        Rule::Subject(parameter) => subject(parameter, facts),
        Rule::Claim(path, expected) => claim(path, expected, facts),
    }
}

fn subject<F: Facts>(parameter: &str, facts: &F) -> Verdict {
    match value(parameter, facts) {
        Ok(wanted) => Verdict::from(facts.subject() == wanted),
        Err(fault) => fault,
    }
}

fn claim<F: Facts>(path: &[&str], expected: &Expected, facts: &F) -> Verdict {
    let text = match expected {
        // Its absence is a fault whatever the claim is.
        Expected::Path(parameter) => match value(parameter, facts) {
            Ok(value) => Some(value),
            Err(fault) => return fault,
        },
        Expected::Text(text) => Some(*text),
        Expected::Integer(_) | Expected::Boolean(_) => None,
    };
    match (facts.claim(path), expected) {
        (Fact::Absent, _) => Verdict::Deny,
        (Fact::Text(is), _) => text.map_or(Verdict::ClaimType, |text| Verdict::from(is == text)),
        (Fact::Integer(is), Expected::Integer(wanted)) => Verdict::from(is == *wanted),
        (Fact::Boolean(is), Expected::Boolean(wanted)) => Verdict::from(is == *wanted),
        _ => Verdict::ClaimType,
    }
}

/// The value of a path parameter, or the fault that it has none.
fn value<'f, F: Facts>(parameter: &str, facts: &'f F) -> Result<&'f str, Verdict> {
    match facts.parameter(parameter) {
        Parameter::Value(value) => Ok(value),
        Parameter::Missing => Err(Verdict::ParameterMissing),
        Parameter::Twice => Err(Verdict::ParameterTwice),
    }
}

/// The parameter that a fault is about: the first of the rule that the route has so.
pub(crate) fn faulty_parameter<F: Facts>(
    rule: &Rule,
    fault: Verdict,
    facts: &F,
) -> Option<&'static str> {
    match rule {
        Rule::Any(rules) | Rule::All(rules) => rules
            .iter()
            .find_map(|rule| faulty_parameter(rule, fault, facts)),
        Rule::Not(rule) => faulty_parameter(rule, fault, facts),
        Rule::Subject(name) | Rule::Claim(_, Expected::Path(name)) => {
            (value(name, facts).err() == Some(fault)).then_some(*name)
        }
        Rule::Role(_) | Rule::Scope(_) | Rule::Claim(..) => None,
    }
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Allow } else { Self::Deny }
    }
}

#[cfg(test)]
mod tests {
    use super::{Expected, Fact, Facts, Parameter, Rule, Verdict, evaluate, faulty_parameter};

    /// Subject `7` with role `editor` and scope `read`, at a route with `id`, `other` and two `twice`.
    struct Caller;

    impl Facts for Caller {
        fn has_role(&self, role: &str) -> bool {
            role == "editor"
        }
        fn has_scope(&self, scope: &str) -> bool {
            scope == "read"
        }
        fn subject(&self) -> &str {
            "7"
        }
        fn claim(&self, path: &[&str]) -> Fact<'_> {
            match path {
                ["text"] => Fact::Text("7".into()),
                ["integer"] => Fact::Integer(7),
                ["boolean"] => Fact::Boolean(true),
                ["outer", "in.ner"] => Fact::Text("deep".into()),
                ["array"] => Fact::Other,
                _ => Fact::Absent,
            }
        }
        fn parameter(&self, name: &str) -> Parameter<'_> {
            match name {
                "id" => Parameter::Value("7"),
                "other" => Parameter::Value("07"),
                "twice" => Parameter::Twice,
                _ => Parameter::Missing,
            }
        }
    }

    const ALLOW: Rule = Rule::Role("editor");
    const DENY: Rule = Rule::Role("admin");
    const TYPE_FAULT: Rule = Rule::Claim(&["array"], Expected::Text("7"));
    const WIRING_FAULT: Rule = Rule::Subject("nothing");
    const WRONG_TYPE: Verdict = Verdict::ClaimType;
    const MISWIRED: Verdict = Verdict::ParameterMissing;

    #[test]
    fn leaves() {
        let claim = |path, expected| Rule::Claim(path, expected);
        for (rule, verdict) in [
            (ALLOW, Verdict::Allow),
            (DENY, Verdict::Deny),
            (Rule::Role("Editor"), Verdict::Deny),
            (Rule::Scope("read"), Verdict::Allow),
            (Rule::Scope("rea"), Verdict::Deny),
            (Rule::Subject("id"), Verdict::Allow),
            (Rule::Subject("other"), Verdict::Deny),
            (WIRING_FAULT, MISWIRED),
            (Rule::Subject("twice"), Verdict::ParameterTwice),
            (claim(&["text"], Expected::Text("7")), Verdict::Allow),
            (claim(&["text"], Expected::Text("8")), Verdict::Deny),
            (claim(&["text"], Expected::Integer(7)), WRONG_TYPE),
            (claim(&["text"], Expected::Path("id")), Verdict::Allow),
            (claim(&["text"], Expected::Path("other")), Verdict::Deny),
            (claim(&["integer"], Expected::Integer(7)), Verdict::Allow),
            (claim(&["integer"], Expected::Text("7")), WRONG_TYPE),
            (claim(&["integer"], Expected::Path("id")), WRONG_TYPE),
            (claim(&["boolean"], Expected::Boolean(true)), Verdict::Allow),
            (claim(&["boolean"], Expected::Boolean(false)), Verdict::Deny),
            (claim(&["array"], Expected::Path("id")), WRONG_TYPE),
            (claim(&["absent"], Expected::Boolean(true)), Verdict::Deny),
            (claim(&["absent"], Expected::Path("id")), Verdict::Deny),
            (claim(&["absent"], Expected::Path("nothing")), MISWIRED),
            (
                claim(&["outer", "in.ner"], Expected::Text("deep")),
                Verdict::Allow,
            ),
        ] {
            assert_eq!(evaluate(&rule, &Caller), verdict, "{rule}");
        }
    }

    #[test]
    fn operators() {
        for (rule, verdict) in [
            (Rule::Any(&[]), Verdict::Deny),
            (Rule::All(&[]), Verdict::Allow),
            (Rule::Not(&ALLOW), Verdict::Deny),
            (Rule::Not(&DENY), Verdict::Allow),
            (Rule::Not(&TYPE_FAULT), WRONG_TYPE),
            (Rule::Not(&Rule::Not(&WIRING_FAULT)), MISWIRED),
            (Rule::Any(&[DENY, ALLOW]), Verdict::Allow),
            (Rule::Any(&[DENY, DENY]), Verdict::Deny),
            (Rule::Any(&[TYPE_FAULT, ALLOW]), Verdict::Allow),
            (Rule::Any(&[ALLOW, TYPE_FAULT]), Verdict::Allow),
            (Rule::Any(&[DENY, TYPE_FAULT]), WRONG_TYPE),
            (Rule::All(&[ALLOW, ALLOW]), Verdict::Allow),
            (Rule::All(&[ALLOW, DENY]), Verdict::Deny),
            (Rule::All(&[DENY, TYPE_FAULT]), WRONG_TYPE),
            (Rule::All(&[TYPE_FAULT, WIRING_FAULT]), MISWIRED),
            (Rule::Any(&[WIRING_FAULT, TYPE_FAULT]), MISWIRED),
            (Rule::Not(&Rule::All(&[DENY, TYPE_FAULT])), WRONG_TYPE),
            (Rule::Not(&Rule::Any(&[DENY, WIRING_FAULT])), MISWIRED),
        ] {
            assert_eq!(evaluate(&rule, &Caller), verdict, "{rule}");
        }
    }

    #[test]
    fn a_fault_names_its_parameter() {
        const RULE: Rule = Rule::Any(&[
            Rule::Subject("id"),
            Rule::Not(&Rule::All(&[
                DENY,
                Rule::Claim(&["text"], Expected::Path("twice")),
                WIRING_FAULT,
                Rule::Subject("neither"),
            ])),
        ]);
        for (fault, name) in [
            (Verdict::ClaimType, None),
            (Verdict::ParameterTwice, Some("twice")),
            (Verdict::ParameterMissing, Some("nothing")),
        ] {
            assert_eq!(faulty_parameter(&RULE, fault, &Caller), name);
        }
    }
}
