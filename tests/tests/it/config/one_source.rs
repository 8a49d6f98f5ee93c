//! Where one source is asked, settings are read and shown in a shorter way. It says the same as the
//! way by which several are asked, of every value of a list, in every type.

use std::collections::BTreeMap;

use api_utils::config::{Key, Loaded, Report, Source, SourceFault, Sources, Value};
use api_utils::{Config, SecretString};

#[expect(dead_code, reason = "what is compared is what is shown")]
#[derive(Config)]
#[config(no_jwt_secret = "a test of plain settings")]
struct Plain {
    text: String,
    #[config(default = "of the program")]
    with_default: String,
    truth: bool,
    byte: u8,
    signed: i32,
    large: u64,
    ratio: f64,
    maybe: Option<String>,
    maybe_number: Option<u16>,
    path: std::path::PathBuf,
    #[config(delimiter = ",")]
    list: Vec<String>,
    #[config(alias = "FORMER_NAME")]
    renamed: String,
    #[config(flatten)]
    inside: Section,
    #[config(nested)]
    below: Section,
    #[config(range = 1..=9)]
    digit: u8,
    last: String,
}

#[expect(dead_code, reason = "what is compared is what is shown")]
#[derive(Config)]
#[config(section)]
struct Section {
    inner: String,
}

#[expect(dead_code, reason = "what is compared is what is shown")]
#[derive(Config)]
#[config(no_jwt_secret = "a test of what is hidden")]
struct WithSecret {
    before: String,
    password: SecretString,
    behind: String,
}

const GOOD: [(&str, &str); 15] = [
    ("TEXT", "some text"),
    ("TRUTH", "true"),
    ("BYTE", "7"),
    ("SIGNED", "-7"),
    ("LARGE", "18446744073709551615"),
    ("RATIO", "0.5"),
    ("MAYBE", "perhaps"),
    ("MAYBE_NUMBER", "8080"),
    ("PATH", "/tmp/x"),
    ("LIST", "a,b"),
    ("RENAMED", "anew"),
    ("INNER", "one"),
    ("BELOW_INNER", "two"),
    ("DIGIT", "3"),
    ("LAST", "the last"),
];

/// Text of every kind that is read or shown in a way of its own.
const VALUES: [&str; 28] = [
    "",
    " ",
    "0",
    "-0",
    "007",
    "1e3",
    "1e400",
    "NaN",
    "true",
    "TRUE",
    "300",
    "99999999999999999999",
    "-5",
    "a,b,,c",
    "ä€𝄞",
    "two\nlines",
    "\"quoted\"",
    "someone@example.org",
    "postgres://app:hunter2@db/orders",
    "redis://:hunter2@cache",
    "host=db password=hunter2 user=a",
    "password=",
    "a=b",
    "secret",
    "tcp://10.0.0.1:80",
    "hunter2hunter2",
    "x hunter2hunter2 y",
    "0123456789012345678901234567890123456789012345678901234567890123456789\
     0123456789012345678901234567890123456789012345678901234567890123456789",
];

/// A source that has nothing.
struct Nothing;

impl Source for Nothing {
    fn find(&self, _: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        Ok(None)
    }

    fn place(&self, key: &Key<'_>) -> String {
        format!("nowhere:{}", key.name())
    }
}

/// All that a load says, apart from where a report says that it has looked.
fn said<T>(loaded: Result<Loaded<T>, Report>) -> String {
    let lines = match loaded {
        Ok(config) => {
            let items = serde_json::to_string_pretty(config.items()).unwrap();
            let warnings = config.warnings().iter().map(ToString::to_string);
            [items, config.table().to_string()]
                .into_iter()
                .chain(warnings)
                .collect::<Vec<_>>()
        }
        Err(report) => {
            let problems = report.problems().iter().map(|problem| {
                let origin = problem.origin().map(ToString::to_string);
                format!("{} {} {origin:?}", problem.setting(), problem.reason())
            });
            let warnings = report.warnings().iter().map(ToString::to_string);
            problems.chain(warnings).collect()
        }
    };
    lines.join("\n")
}

fn both<T>(
    variables: &BTreeMap<&str, &str>,
    load: fn(Sources) -> Result<Loaded<T>, Report>,
) -> String {
    let one = || Sources::of_environment(variables.iter().map(|(name, value)| (*name, *value)));
    let short = said(load(one()));
    let long = said(load(one().source(Nothing)));
    assert_eq!(short, long, "{variables:?}");
    short
}

#[test]
fn one_source_says_what_several_say_of_each_value() {
    let good: BTreeMap<&str, &str> = GOOD.into_iter().collect();
    let whole = both(&good, Plain::load_from);
    assert!(whole.contains("\"name\": \"LAST\""), "{whole}");
    let mut whole = 0;
    for (name, _) in GOOD
        .into_iter()
        .chain([("WITH_DEFAULT", ""), ("FORMER_NAME", "")])
    {
        let mut without = good.clone();
        without.remove(name);
        both(&without, Plain::load_from);
        for value in VALUES {
            let mut changed = good.clone();
            changed.insert(name, value);
            whole += usize::from(both(&changed, Plain::load_from).starts_with('['));
        }
    }
    // Neither kind of answer is rare.
    assert!((100..400).contains(&whole), "{whole}");
}

#[test]
fn a_secret_is_hidden_in_what_stands_before_and_behind_it() {
    for value in VALUES {
        for other in VALUES {
            let variables = BTreeMap::from([
                ("BEFORE", value),
                ("PASSWORD", "hunter2hunter2"),
                ("BEHIND", other),
            ]);
            let said = both(&variables, WithSecret::load_from);
            assert!(!said.contains("hunter2hunter2"), "{said}");
        }
    }
}

#[test]
fn a_named_file_is_seen_beside_a_variable() {
    let mut variables: BTreeMap<&str, &str> = GOOD.into_iter().collect();
    variables.insert("BYTE_FILE", "/nowhere");
    let said = both(&variables, Plain::load_from);
    assert!(
        said.contains("BYTE is set by BYTE and by BYTE_FILE"),
        "{said}"
    );
}
