//! Which spellings of a flag, a number, a path are good ones, in a variable and in a document.

use api_utils::Config;
use api_utils::config::{Loaded, Report, Sources};

use super::settings;
use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only spellings are tested")]
#[expect(dead_code, reason = "of some fields only whether they load is tested")]
struct Scalars {
    flag: Option<bool>,
    tiny: Option<i8>,
    small: Option<u8>,
    port: Option<u16>,
    signed: Option<i64>,
    large: Option<u64>,
    ratio: Option<f64>,
    short_ratio: Option<f32>,
    letter: Option<char>,
    path: Option<std::path::PathBuf>,
    ip: Option<std::net::IpAddr>,
    listen: Option<std::net::SocketAddr>,
    text: Option<String>,
}

fn variable(name: &str, value: &str) -> Result<Loaded<Scalars>, Report> {
    Scalars::load_from(Sources::of_environment([(name, value)]))
}

/// The value is as it stands in a document.
fn document(name: &str, value: &str) -> Result<Loaded<Scalars>, Report> {
    let folder = Folder::new("scalars").with("app.toml", format!("{name} = {value}\n"));
    Scalars::load_from(Sources::empty().document(folder.0.join("app.toml")))
}

fn quoted(value: &str) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn a_flag_is_true_or_false_and_no_other_spelling() {
    for (text, value) in [("true", true), ("false", false)] {
        assert_eq!(variable("FLAG", text).unwrap().flag, Some(value));
        assert_eq!(document("FLAG", text).unwrap().flag, Some(value));
        assert_eq!(document("FLAG", &quoted(text)).unwrap().flag, Some(value));
    }
    assert_eq!(variable("FLAG", "").unwrap().flag, None);
    for text in [
        "TRUE", "True", "tRue", "FALSE", "yes", "no", "YES", "on", "On", "off", "t", "f", "y", "n",
        "1", "0", "-1", "2", "treu", "enabled", " true ", " true", "true\n", "\"true\"", " ",
    ] {
        assert_eq!(settings(variable("FLAG", text)), ["FLAG"], "{text:?}");
        assert_eq!(
            settings(document("FLAG", &quoted(text))),
            ["FLAG"],
            "{text:?}"
        );
    }
    for typed in ["1", "0", "1.0", "[true]", "1979-05-27"] {
        assert_eq!(settings(document("FLAG", typed)), ["FLAG"], "{typed}");
    }
}

#[test]
fn a_whole_number_has_one_spelling_and_none_is_rounded_or_cut() {
    for (name, good) in [
        ("TINY", "-128"),
        ("TINY", "127"),
        ("SMALL", "0"),
        ("SMALL", "255"),
        ("PORT", "65535"),
        ("SIGNED", "-17"),
        ("SIGNED", "9223372036854775807"),
        ("SIGNED", "-9223372036854775808"),
        ("LARGE", "18446744073709551615"),
    ] {
        let shown = |loaded: Result<Loaded<Scalars>, Report>| {
            let loaded = loaded.unwrap();
            let item = loaded.items().iter().find(|item| item.name() == name);
            item.unwrap().value().to_string()
        };
        assert_eq!(shown(variable(name, good)), good, "{name}");
        assert_eq!(shown(document(name, &quoted(good))), good, "{name}");
    }
    for (name, bad) in [
        ("TINY", "-129"),
        ("TINY", "128"),
        ("SMALL", "256"),
        ("SMALL", "-1"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "+1"),
        ("PORT", " 8080 "),
        ("PORT", "8080\n"),
        ("PORT", "8_080"),
        ("PORT", "8,080"),
        ("PORT", "8 080"),
        ("PORT", "0x1F"),
        ("PORT", "0o17"),
        ("PORT", "0b1"),
        ("PORT", "1e3"),
        ("PORT", "00123"),
        ("PORT", "010"),
        ("PORT", "00"),
        ("PORT", "3.7"),
        ("PORT", "80.0"),
        ("PORT", "80u16"),
        ("PORT", "yes"),
        ("PORT", "true"),
        ("PORT", "-"),
        ("PORT", "-0"),
        ("PORT", "٣"),
        ("PORT", "８０"),
        ("PORT", "\"80\""),
        ("SIGNED", "9223372036854775808"),
        ("SIGNED", "--1"),
        ("SIGNED", "99999999999999999999"),
        ("LARGE", "18446744073709551616"),
    ] {
        assert_eq!(settings(variable(name, bad)), [name], "{name}={bad}");
        assert_eq!(settings(document(name, &quoted(bad))), [name], "{bad}");
    }
}

#[test]
fn a_typed_number_of_a_document_is_that_number_or_refused() {
    for (name, good, shown) in [
        ("PORT", "8_080", "8080"),
        ("PORT", "0x1F", "31"),
        ("PORT", "0o17", "15"),
        ("PORT", "+80", "80"),
        ("LARGE", "9223372036854775807", "9223372036854775807"),
        ("RATIO", "1", "1"),
        ("RATIO", "5e-1", "0.5"),
    ] {
        let loaded = document(name, good).unwrap();
        let item = loaded.items().iter().find(|item| item.name() == name);
        assert_eq!(item.unwrap().value().to_string(), shown, "{name} = {good}");
    }
    for (name, bad) in [
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.0"),
        ("PORT", "true"),
        ("PORT", "[80]"),
        ("PORT", "{ x = 80 }"),
        ("PORT", "07:32:00"),
        ("SMALL", "256"),
        ("RATIO", "inf"),
        ("RATIO", "-nan"),
        ("SHORT_RATIO", "1e39"),
        ("TEXT", "7"),
        ("TEXT", "7.5"),
        ("TEXT", "true"),
        ("TEXT", "[\"a\"]"),
        ("PATH", "7"),
    ] {
        assert_eq!(settings(document(name, bad)), [name], "{name} = {bad}");
    }
}

#[test]
fn a_whole_number_that_toml_does_not_allow_is_no_text() {
    for value in [
        "99999999999999999999",
        "0xFFFFFFFFFFFFFFFF",
        "[1, 9223372036854775808]",
    ] {
        for name in ["TEXT", "LARGE"] {
            let said = document(name, value).err().unwrap().to_string();
            assert!(
                said.contains("does not fit in 64 bits with a sign; write it in quotes"),
                "{said}"
            );
            assert!(said.contains("app.toml:1:"), "{said}");
        }
    }
}

#[test]
fn text_is_parsed_by_the_fields_type_and_never_guessed() {
    for (name, good) in [
        ("RATIO", "-0.5"),
        ("RATIO", "1e3"),
        ("SHORT_RATIO", "0.1"),
        ("LETTER", "ß"),
        ("PATH", "/etc/passwd"),
        ("PATH", " a path/with spaces "),
        ("PATH", "C:\\Users\\ä"),
        ("IP", "::1"),
        ("LISTEN", "[::1]:80"),
    ] {
        assert!(variable(name, good).is_ok(), "{name}={good}");
    }
    for (name, bad) in [
        ("RATIO", "inf"),
        ("RATIO", "NaN"),
        ("RATIO", "1e999"),
        ("RATIO", "+1"),
        ("RATIO", "0,5"),
        ("RATIO", " 1"),
        ("SHORT_RATIO", "1e39"),
        ("LETTER", "ab"),
        ("IP", "localhost"),
        ("IP", "127.1"),
        ("IP", "010.0.0.1"),
        ("LISTEN", "80"),
        ("LISTEN", ":80"),
        ("LISTEN", "localhost:80"),
    ] {
        assert_eq!(settings(variable(name, bad)), [name], "{name}={bad}");
    }
    for text in [
        "0012345",
        "1e5",
        "no",
        "1.10",
        "a,b",
        " spaced ",
        "\"quoted\"",
        "[1]",
        "null",
        "~",
    ] {
        let loaded = variable("TEXT", text).unwrap();
        assert_eq!(loaded.text.as_deref(), Some(text));
        let loaded = document("TEXT", &quoted(text)).unwrap();
        assert_eq!(loaded.text.as_deref(), Some(text));
    }
    let loaded = variable("PATH", " a path/with spaces ").unwrap();
    assert_eq!(
        loaded.path.as_deref(),
        Some(" a path/with spaces ".as_ref())
    );
}
