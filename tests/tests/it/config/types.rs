//! The types of settings beyond numbers and text.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use api_utils::config::{ByteSize, Loaded, Report, Sources};
use api_utils::secret::SecretSlice;
use api_utils::{Config, ExposeSecret as _, SecretBox, SecretString, SecretUrl};

use super::settings;
use super::support::Folder;

#[derive(Debug, PartialEq)]
enum Mode {
    Fast,
    Careful,
}

impl std::str::FromStr for Mode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "fast" => Ok(Self::Fast),
            "careful" => Ok(Self::Careful),
            // Like many a parser: it repeats what it got.
            _ => Err(format!("`{text}` is no mode")),
        }
    }
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Debug,
    Other { name: String },
}

#[derive(Config)]
#[config(no_jwt_secret = "only types are tested")]
struct Types {
    site: Option<url::Url>,
    timeout: Option<Duration>,
    limit: Option<ByteSize>,
    #[config(delimiter = ",")]
    tags: Option<Vec<String>>,
    plain_list: Option<Vec<u8>>,
    #[config(delimiter = ";")]
    ports: Option<BTreeSet<u16>>,
    weights: Option<BTreeMap<String, f64>>,
    #[config(serde)]
    nested: Option<HashMap<String, Vec<u8>>>,
    #[config(parse)]
    mode: Option<Mode>,
    #[config(parse, default = "careful")]
    fallback: Mode,
    #[config(parse, default = Mode::Fast)]
    written: Mode,
    #[config(serde)]
    level: Option<Level>,
    database: Option<SecretUrl>,
    pin: Option<SecretBox<u32>>,
    pepper: Option<SecretSlice<u8>>,
    #[config(delimiter = ",")]
    old_keys: Option<Vec<SecretString>>,
}

fn one(name: &str, value: &str) -> Result<Loaded<Types>, Report> {
    Types::load_from(Sources::of_environment([(name, value)]))
}

fn shown(types: &Loaded<Types>, name: &str) -> serde_json::Value {
    let item = types
        .items()
        .iter()
        .find(|item| item.name() == name)
        .unwrap();
    serde_json::to_value(item.value()).unwrap()
}

#[test]
fn a_url_is_one_and_shown_without_its_password() {
    let types = one("SITE", "https://app:hunter2canary@example.org/a").unwrap();
    assert_eq!(
        types.site.as_ref().unwrap().password(),
        Some("hunter2canary")
    );
    assert_eq!(shown(&types, "SITE"), "https://app:secret@example.org/a");
}

#[test]
fn quantities_have_their_unit() {
    let types = one("TIMEOUT", "1h 30m").unwrap();
    assert_eq!(types.timeout, Some(Duration::from_secs(5400)));
    assert_eq!(shown(&types, "TIMEOUT"), "1h 30m");
    let types = one("LIMIT", "64KiB").unwrap();
    assert_eq!(types.limit.map(ByteSize::bytes), Some(65_536));
    assert_eq!(shown(&types, "LIMIT"), "64KiB");
    for (name, bad) in [
        ("TIMEOUT", "90"),
        ("TIMEOUT", "-1s"),
        ("TIMEOUT", "99999999999999999999y"),
        ("LIMIT", "64"),
        ("LIMIT", "1.5MB"),
        ("LIMIT", "64K"),
        ("LIMIT", "99999999999TiB"),
        ("LIMIT", "KiB"),
        ("SITE", "example.org"),
        ("DATABASE", "example.org"),
        ("PIN", "12x4"),
    ] {
        assert_eq!(settings(one(name, bad)), [name], "{name}={bad}");
    }
}

#[test]
fn a_list_is_an_array_or_split_where_the_field_says_so() {
    let types = one("TAGS", "a, b").unwrap();
    assert_eq!(
        types.tags.as_deref(),
        Some(&["a".to_owned(), "b".to_owned()][..])
    );
    assert_eq!(shown(&types, "TAGS"), serde_json::json!(["a", "b"]));
    let types = one("PORTS", "80;443;80").unwrap();
    assert_eq!(types.ports, Some(BTreeSet::from([80, 443])));
    for (name, bad) in [
        ("TAGS", "a,"),
        ("TAGS", ",a"),
        ("TAGS", "a,,b"),
        ("TAGS", " "),
        ("PORTS", "80,443"),
        ("PLAIN_LIST", "1,2"),
        ("PLAIN_LIST", "1"),
        ("WEIGHTS", "a=1"),
    ] {
        assert_eq!(settings(one(name, bad)), [name], "{name}={bad}");
    }
    assert!(one("TAGS", "").unwrap().tags.is_none());
}

#[test]
fn arrays_and_tables_of_a_document() {
    let folder = Folder::new("types").with(
        "app.toml",
        "tags = [\"a,b\", \"c\"]\nplain_list = [1, 2]\nlevel = { other = { name = \"x\" } }\n\
         [weights]\nfirst = 0.5\nsecond = 2\n[nested]\na = [1]\n",
    );
    let document = || Sources::process().document(folder.0.join("app.toml"));
    let types = Types::load_from(document()).unwrap();
    assert_eq!(
        types.tags.as_deref(),
        Some(&["a,b".to_owned(), "c".to_owned()][..])
    );
    assert_eq!(types.plain_list.as_deref(), Some(&[1, 2][..]));
    let weights = types.weights.as_ref().unwrap();
    assert_eq!((weights["first"], weights["second"]), (0.5, 2.0));
    assert_eq!(types.nested.as_ref().unwrap()["a"], [1]);
    assert_eq!(
        types.level,
        Some(Level::Other {
            name: "x".to_owned()
        })
    );
    assert_eq!(
        shown(&types, "WEIGHTS"),
        serde_json::json!({"first": 0.5, "second": 2.0})
    );
    folder.write(
        "app.toml",
        "plain_list = [1, 256]\ntags = 1\n[weights]\nx = true\n",
    );
    assert_eq!(
        settings(Types::load_from(document())),
        ["TAGS", "PLAIN_LIST", "WEIGHTS"]
    );
}

#[test]
fn a_type_is_read_by_its_from_str_or_by_serde() {
    let types = one("MODE", "fast").unwrap();
    assert_eq!(types.mode, Some(Mode::Fast));
    assert_eq!(
        (&types.fallback, &types.written),
        (&Mode::Careful, &Mode::Fast)
    );
    assert_eq!(shown(&types, "MODE"), "fast");
    assert_eq!(shown(&types, "FALLBACK"), "careful");
    assert_eq!(shown(&types, "WRITTEN"), "Mode::Fast");
    assert_eq!(one("LEVEL", "debug").unwrap().level, Some(Level::Debug));
    for name in ["MODE", "LEVEL", "NESTED"] {
        let said = one(name, "hunter2canary").err().unwrap().to_string();
        assert!(
            said.contains(&format!("{name} is not what its type reads")),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn secrets_of_every_type_are_never_shown() {
    let types = Types::load_from(Sources::of_environment([
        ("DATABASE", "postgres://app:hunter2canary@db/orders"),
        ("PIN", "20041981"),
        ("PEPPER", "hunter2canary"),
        ("OLD_KEYS", "hunter2canary,hunter2canary-2"),
    ]))
    .unwrap();
    let url = types.database.as_ref().unwrap();
    assert!(url.expose_secret().contains("hunter2canary"));
    assert_eq!(types.pin.as_ref().unwrap().expose_secret(), &20_041_981);
    assert_eq!(
        types.pepper.as_ref().unwrap().expose_secret(),
        b"hunter2canary"
    );
    assert_eq!(types.old_keys.as_ref().unwrap().len(), 2);
    let items = serde_json::to_string(types.items()).unwrap();
    let all = format!(
        "{types:?} {} {items} {url:?} {:?}",
        types.table(),
        types.old_keys
    );
    assert!(
        !all.contains("hunter2") && !all.contains("20041981"),
        "{all}"
    );
    let said = one("OLD_KEYS", "hunter2canary,,")
        .err()
        .unwrap()
        .to_string();
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn the_type_of_a_shown_value_does_not_depend_on_the_source() {
    let folder = Folder::new("shown").with("app.toml", "tags = [\"a\"]\nports = [1]\n");
    let document = Sources::empty().document(folder.0.join("app.toml"));
    let from_document = Types::load_from(document).unwrap();
    let variables = Sources::of_environment([("TAGS", "a"), ("PORTS", "1")]);
    let from_environment = Types::load_from(variables).unwrap();
    for name in ["TAGS", "PORTS"] {
        assert_eq!(shown(&from_document, name), shown(&from_environment, name));
    }
}
