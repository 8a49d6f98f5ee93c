//! Headers and claims built at random and signed with the right key are accepted exactly when a
//! slow model accepts them, which reads every value into a tree and knows nothing of our parser.

use api_utils::token::Algorithm;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::support::{AUDIENCE, ISSUER, NOW, SECRET, auth, sign_bytes};

/// A JSON value whose objects keep every member, in order.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Null,
    Bool,
    Number(f64),
    Text(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TreeVisitor;
        impl<'de> Visitor<'de> for TreeVisitor {
            type Value = Tree;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
                Ok(Tree::Bool)
            }
            fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
                Ok(Tree::Number(number as f64))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
                Ok(Tree::Number(number as f64))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
                Ok(Tree::Number(number))
            }
            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
                let mut array = Vec::new();
                while let Some(element) = seq.next_element()? {
                    array.push(element);
                }
                Ok(Tree::Array(array))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut object = Vec::new();
                while let Some(member) = map.next_entry()? {
                    object.push(member);
                }
                if object.len() > 10_000 {
                    return Err(A::Error::custom("more than a test would build"));
                }
                Ok(Tree::Object(object))
            }
        }
        deserializer.deserialize_any(TreeVisitor)
    }
}

/// The members of the only value in a text, `None` where one is there twice or it is no object.
fn members(text: &[u8]) -> Option<Vec<(String, Tree)>> {
    let text = std::str::from_utf8(text).ok()?;
    let Tree::Object(members) = serde_json::from_str(text).ok()? else {
        return None;
    };
    let mut names: Vec<&String> = members.iter().map(|(name, _)| name).collect();
    names.sort();
    let all = names.len();
    names.dedup();
    (names.len() == all).then_some(members)
}

/// RFC 7515, 7519, 8725 and 9068 once more, as plainly as it can be said.
fn model(header: &[u8], claims: &[u8]) -> Option<()> {
    let header = members(header)?;
    let claims = members(claims)?;
    let in_header = |name: &str| {
        header
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    };
    let claim = |name: &str| {
        claims
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    };
    let met = |condition: bool| condition.then_some(());

    met(in_header("alg") == Some(&Tree::Text("HS256".to_owned())))?;
    for refused in [
        "crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "epk", "apu", "apv", "iv", "tag",
        "p2s", "p2c",
    ] {
        met(in_header(refused).is_none())?;
    }
    match in_header("typ") {
        None => {}
        Some(Tree::Text(typ)) => {
            let typ = typ.to_ascii_lowercase();
            met(["jwt", "at+jwt", "application/jwt", "application/at+jwt"].contains(&&*typ))?;
        }
        Some(_) => return None,
    }
    match in_header("kid") {
        None | Some(Tree::Text(_)) => {}
        Some(_) => return None,
    }

    let time = |name: &str| match claim(name) {
        None => Some(None),
        Some(Tree::Number(number)) if (0.0..253_402_300_800.0).contains(number) => {
            Some(Some(*number))
        }
        Some(_) => None,
    };
    let now = NOW as f64;
    met(now < time("exp")?? + 60.0)?;
    for name in ["nbf", "iat"] {
        met(time(name)?.is_none_or(|time| time <= now + 60.0))?;
    }
    let text = |value: &Tree| matches!(value, Tree::Text(_));
    let list = |value: &Tree| matches!(value, Tree::Array(all) if all.iter().all(text));
    let ours = |value: &Tree| *value == Tree::Text(AUDIENCE.to_owned());
    met(claim("iss") == Some(&Tree::Text(ISSUER.to_owned())))?;
    met(match claim("aud")? {
        Tree::Array(all) => all.iter().all(text) && all.iter().any(ours),
        one => ours(one),
    })?;
    met(matches!(claim("sub")?, Tree::Text(sub) if !sub.trim().is_empty()))?;
    let absent_or = |name: &str, good: &dyn Fn(&Tree) -> bool| {
        met(claim(name).is_none_or(|value| *value == Tree::Null || good(value)))
    };
    absent_or("jti", &text)?;
    absent_or("roles", &list)?;
    absent_or("scope", &|value| text(value) || list(value))?;
    absent_or("scp", &|value| text(value) || list(value))
}

/// Values that decide something, and others.
fn value() -> impl Strategy<Value = String> {
    let fixed = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e300",
        "1e400",
        "\"\"",
        "\" \"",
        "\"x\"",
        "[]",
        "{}",
        "\"JWT\"",
        "\"at+jwt\"",
        "\"Application/JWT\"",
        "\"HS256\"",
        "\"none\"",
        "\"my-api\"",
        "[\"my-api\",\"x\"]",
        "[\"x\"]",
        "[\"x\",1]",
        "\"https://id.example\"",
        "\"https:\\/\\/id.example\"",
        "\"https://id.example/\"",
        "\"\\ud800\"",
        "\"\\u0061\"",
        "1767225600",
        "1767225659.5",
        "1767225660",
        "1767225661",
        "1767225540",
        "1767225540.5",
        "1767225541",
        "9999999999",
        "253402300799",
        "253402300800",
        "18446744073709551616",
        "01",
        "nul",
        "{\"a\":1,\"a\":2}",
    ];
    prop_oneof![
        8 => prop::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => "[a-z ]{0,8}".prop_map(|text| format!("\"{text}\"")),
        1 => (NOW - 100..NOW + 100).prop_map(|time| time.to_string()),
    ]
}

fn name(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        10 => prop::sample::select(known).prop_map(str::to_owned),
        1 => "[a-z]{1,4}",
        // The same name in escapes.
        1 => prop::sample::select(known).prop_map(|name| {
            name.bytes().map(|byte| format!("\\u{byte:04x}")).collect()
        }),
    ]
}

/// Good members, some of them taken away, replaced, repeated, with others between.
fn object(
    good: &'static [(&'static str, &'static str)],
    known: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let kept = prop::collection::vec(prop::bool::weighted(0.95), good.len());
    let more = prop::collection::vec((name(known), value(), any::<prop::sample::Index>()), 0..3);
    let frame = prop_oneof![
        30 => Just(("{", "}")),
        1 => Just((" {\n", "}\t")),
        1 => Just(("{", "} x")),
        1 => Just(("[{", "}]")),
        1 => Just(("{", ",}")),
        1 => Just(("", "")),
    ];
    (kept, more, prop::bool::weighted(0.7), frame).prop_map(
        move |(kept, more, replace, (open, close))| {
            let mut members: Vec<(String, String)> = good
                .iter()
                .zip(kept)
                .filter(|(_, kept)| *kept)
                .map(|((name, value), _)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            for (name, value, at) in more {
                if replace {
                    members.retain(|(own, _)| *own != name);
                }
                members.insert(at.index(members.len() + 1), (name, value));
            }
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("\"{name}\":{value}"))
                .collect();
            format!("{open}{}{close}", members.join(","))
        },
    )
}

const HEADER: &[(&str, &str)] = &[("alg", "\"HS256\""), ("typ", "\"JWT\"")];
const IN_HEADER: &[&str] = &[
    "alg", "typ", "kid", "crit", "b64", "jku", "cty", "x5t", "enc",
];
const CLAIMS: &[(&str, &str)] = &[
    ("iss", "\"https://id.example\""),
    ("aud", "\"my-api\""),
    ("sub", "\"user-1\""),
    ("exp", "1767225900"),
];
const CLAIM_NAMES: &[&str] = &[
    "iss", "aud", "sub", "exp", "nbf", "iat", "jti", "roles", "scope", "scp",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn a_slow_model_accepts_exactly_the_same(
        header in prop_oneof![
            2 => Just("{\"alg\":\"HS256\"}".to_owned()),
            1 => object(HEADER, IN_HEADER),
        ],
        claims in object(CLAIMS, CLAIM_NAMES),
        odd_byte in prop::option::weighted(0.02, (any::<prop::sample::Index>(), any::<u8>())),
    ) {
        let mut claims = claims.into_bytes();
        if let Some((at, byte)) = odd_byte {
            claims.insert(at.index(claims.len() + 1), byte);
        }
        let token = sign_bytes(Algorithm::Hs256, SECRET, header.as_bytes(), &claims);
        let ours = auth().verify(&token);
        let model = model(header.as_bytes(), &claims);
        prop_assert_eq!(
            ours.is_ok(),
            model.is_some(),
            "{:?} {} {}",
            ours.err(),
            header,
            String::from_utf8_lossy(&claims)
        );
    }
}

/// Both sides of the comparison are reached often enough for it to say something.
#[test]
fn the_model_says_yes_and_no() {
    let good = |header: &str, claims: &str| model(header.as_bytes(), claims.as_bytes()).is_some();
    let claims = r#"{"iss":"https://id.example","aud":"my-api","sub":"a","exp":1767225900}"#;
    assert!(good(r#"{"alg":"HS256"}"#, claims));
    assert!(!good(r#"{"alg":"none"}"#, claims));
    assert!(!good(r#"{"alg":"HS256","alg":"HS256"}"#, claims));
    assert!(!good(
        r#"{"alg":"HS256"}"#,
        &claims.replace("1767225900", "1767225540")
    ));
    assert!(good(
        r#"{"alg":"HS256"}"#,
        &claims.replace("1767225900", "1767225541")
    ));
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let accepted = (0..500)
        .filter(|_| {
            let tree = object(CLAIMS, CLAIM_NAMES).new_tree(&mut runner).unwrap();
            good(r#"{"alg":"HS256"}"#, &tree.current())
        })
        .count();
    assert!((100..400).contains(&accepted), "{accepted}");
}
