//! The rule of a handler: a tree of `'static` parts, so that it lives in constants.

use std::fmt;

/// Who may call a handler: a tree that `#[require_token(…)]` writes and the guard evaluates.
///
/// The language is that of `cfg`: `key = value`, `any(…)`, `all(…)`, `not(…)`. It is `Copy` and
/// has only `'static` parts, so a rule can be a constant and a route table needs no start-up
/// code. [`Display`](fmt::Display) prints the rule in the language.
///
/// ```
/// use api_utils::Rule;
///
/// const STAFF: Rule = Rule::Any(&[Rule::Role("editor"), Rule::Role("admin")]);
/// assert_eq!(STAFF.to_string(), r#"any(role = "editor", role = "admin")"#);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// At least one of these allows. Empty: nobody.
    Any(&'static [Rule]),
    /// Every one of these allows. Empty: any valid token.
    All(&'static [Rule]),
    /// This one denies.
    Not(&'static Rule),
    /// The token has this role.
    Role(&'static str),
    /// The token has this scope (RFC 6749 section 3.3).
    Scope(&'static str),
    /// The token's subject is the value of this path parameter.
    Subject(&'static str),
    /// The claim found by this path of member names has this value.
    Claim(&'static [&'static str], Expected),
}

/// What a claim has to be equal to.
///
/// ```
/// use api_utils::Rule;
/// use api_utils::access::Expected;
///
/// let rule = Rule::Claim(&["tenant"], Expected::Path("tenant_id"));
/// assert_eq!(rule.to_string(), "claim(tenant) = path(tenant_id)");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Expected {
    /// The text of this path parameter, percent-decoded.
    Path(&'static str),
    /// This text.
    Text(&'static str),
    /// This whole number.
    Integer(i64),
    /// This truth value.
    Boolean(bool),
}

impl Rule {
    /// The first path parameter that the rule reads and `route`, such as `/users/{id}`, does not
    /// have. A loop over slices, because a constant evaluates it.
    pub(crate) const fn first_parameter_outside(&self, route: &str) -> Option<&'static str> {
        match self {
            Self::Any(rules) | Self::All(rules) => {
                let mut rest: &[Self] = rules;
                while let [first, tail @ ..] = rest {
                    if let Some(name) = first.first_parameter_outside(route) {
                        return Some(name);
                    }
                    rest = tail;
                }
                None
            }
            Self::Not(rule) => rule.first_parameter_outside(route),
            Self::Subject(name) | Self::Claim(_, Expected::Path(name)) => {
                if has_parameter(route.as_bytes(), name.as_bytes()) {
                    None
                } else {
                    Some(name)
                }
            }
            Self::Role(_) | Self::Scope(_) | Self::Claim(..) => None,
        }
    }

    /// The first role of the rule that is none of `roles`.
    pub(crate) const fn first_role_outside(&self, roles: &[&str]) -> Option<&'static str> {
        match self {
            Self::Any(rules) | Self::All(rules) => {
                let mut rest: &[Self] = rules;
                while let [first, tail @ ..] = rest {
                    if let Some(role) = first.first_role_outside(roles) {
                        return Some(role);
                    }
                    rest = tail;
                }
                None
            }
            Self::Not(rule) => rule.first_role_outside(roles),
            Self::Role(role) => {
                let mut rest = roles;
                while let [one, tail @ ..] = rest {
                    if equal(one.as_bytes(), role.as_bytes()) {
                        return None;
                    }
                    rest = tail;
                }
                Some(role)
            }
            Self::Scope(_) | Self::Subject(_) | Self::Claim(..) => None,
        }
    }

    /// Whether the rule reads any path parameter.
    pub(crate) const fn reads_path(&self) -> bool {
        self.first_parameter_outside("").is_some()
    }
}

/// Whether `route` has `{name}` or `{*name}` in it; `{{` is a brace, not a parameter.
const fn has_parameter(mut route: &[u8], name: &[u8]) -> bool {
    loop {
        route = match route {
            [] => return false,
            [b'{', b'{', tail @ ..] => tail,
            [b'{', b'*', tail @ ..] | [b'{', tail @ ..] => {
                if closes_after(tail, name) {
                    return true;
                }
                tail
            }
            [_, tail @ ..] => tail,
        };
    }
}

/// `==`, for a constant.
const fn equal(mut left: &[u8], mut right: &[u8]) -> bool {
    while let ([one, left_tail @ ..], [other, right_tail @ ..]) = (left, right) {
        if *one != *other {
            return false;
        }
        (left, right) = (left_tail, right_tail);
    }
    left.is_empty() && right.is_empty()
}

/// Whether `text` begins with `name` and a closing brace.
const fn closes_after(mut text: &[u8], mut name: &[u8]) -> bool {
    while let ([one, text_tail @ ..], [other, name_tail @ ..]) = (text, name) {
        if *one != *other {
            return false;
        }
        (text, name) = (text_tail, name_tail);
    }
    name.is_empty() && matches!(text, [b'}', ..])
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All([]) => f.write_str("any valid token"),
            Self::Any(rules) => list(f, "any", rules),
            Self::All(rules) => list(f, "all", rules),
            Self::Not(rule) => write!(f, "not({rule})"),
            Self::Role(role) => write!(f, "role = {role:?}"),
            Self::Scope(scope) => write!(f, "scope = {scope:?}"),
            Self::Subject(parameter) => write!(f, "sub = path({})", Name(parameter)),
            Self::Claim(path, expected) => {
                f.write_str("claim(")?;
                for (index, segment) in path.iter().enumerate() {
                    let dot = if index == 0 { "" } else { "." };
                    write!(f, "{dot}{}", Name(segment))?;
                }
                write!(f, ") = {expected}")
            }
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, name: &str, rules: &[Rule]) -> fmt::Result {
    write!(f, "{name}(")?;
    for (index, rule) in rules.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{rule}")?;
    }
    f.write_str(")")
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(parameter) => write!(f, "path({})", Name(parameter)),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Boolean(truth) => write!(f, "{truth}"),
        }
    }
}

/// A name as the language writes it: bare where it is an identifier, else quoted.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |c: char| c == '_' || c.is_ascii_alphanumeric();
        let bare = self.0.chars().all(word)
            && self
                .0
                .starts_with(|c: char| c == '_' || c.is_ascii_alphabetic());
        if bare {
            f.write_str(self.0)
        } else {
            write!(f, "{:?}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Expected, Rule};

    #[test]
    fn prints_the_language() {
        for (rule, text) in [
            (Rule::All(&[]), "any valid token"),
            (Rule::Any(&[]), "any()"),
            (Rule::Role("admin"), r#"role = "admin""#),
            (Rule::Scope("a:b"), r#"scope = "a:b""#),
            (
                Rule::All(&[Rule::Not(&Rule::Role("a")), Rule::Subject("user-id")]),
                r#"all(not(role = "a"), sub = path("user-id"))"#,
            ),
            (
                Rule::Claim(&["a", "https://x/y"], Expected::Integer(-7)),
                r#"claim(a."https://x/y") = -7"#,
            ),
            (
                Rule::Claim(&["t"], Expected::Boolean(true)),
                "claim(t) = true",
            ),
            (
                Rule::Claim(&["t"], Expected::Text("é\n")),
                "claim(t) = \"é\\n\"",
            ),
        ] {
            assert_eq!(rule.to_string(), text);
        }
    }

    #[test]
    fn finds_the_parameters() {
        const RULE: Rule = Rule::Any(&[
            Rule::Role("admin"),
            Rule::Not(&Rule::All(&[
                Rule::Subject("user"),
                Rule::Claim(&["tenant"], Expected::Path("tenant")),
            ])),
        ]);
        for (route, outside) in [
            ("", Some("user")),
            ("/", Some("user")),
            ("/{tenant}", Some("user")),
            ("/{user}", Some("tenant")),
            ("/{users}/{use}/{{user}}/user}/{tenant}", Some("user")),
            ("/{tenant}/{user}", None),
            ("/{user}/v{*tenant}", None),
        ] {
            assert_eq!(RULE.first_parameter_outside(route), outside, "{route}");
        }
        assert!(RULE.reads_path());
        assert!(!Rule::Claim(&["path"], Expected::Text("path")).reads_path());
    }
}
