//! Variables: what is empty, how words and numbers are spelled, and which name is which setting.

use api_utils::config::{Loaded, Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::{GOOD_SECRET, settings};

#[derive(Config)]
#[config(no_jwt_secret = "only variables are tested")]
struct App {
    required: String,
    text: Option<String>,
    number: Option<u16>,
    signed: Option<i64>,
    flag: Option<bool>,
    #[config(delimiter = ",")]
    list: Option<Vec<String>>,
    #[config(delimiter = ",", default = "a,b")]
    preset: Vec<String>,
    password: Option<SecretString>,
    path: Option<std::path::PathBuf>,
    _leading: Option<u8>,
}

fn load<'a>(variables: &[(&'a str, &'a str)]) -> Result<Loaded<App>, Report> {
    let required = [("REQUIRED", "x")];
    let given = |name| variables.iter().any(|(one, _)| *one == name);
    let first = required.into_iter().filter(|(name, _)| !given(*name));
    App::load_from(Sources::of_environment(
        first.chain(variables.iter().copied()),
    ))
}

#[test]
fn unset_empty_and_blank_for_every_kind_of_setting() {
    for value in [None, Some("")] {
        let names = ["TEXT", "NUMBER", "FLAG", "LIST", "PRESET", "PASSWORD"];
        let variables: Vec<(&str, &str)> = names
            .into_iter()
            .filter_map(|name| Some((name, value?)))
            .collect();
        let app = load(&variables).unwrap();
        assert_eq!((&app.text, app.number, app.flag), (&None, None, None));
        assert!(app.list.is_none() && app.password.is_none());
        assert_eq!(app.preset, ["a", "b"]);
    }
    let said = load(&[("REQUIRED", "")]).err().unwrap().to_string();
    let reason = "REQUIRED is empty, which counts as not set";
    assert!(said.contains(reason), "{said}");
    // Blank is something: text and a secret have it as it is, and it is no number and no list.
    let app = load(&[("TEXT", "  "), ("REQUIRED", " "), ("PASSWORD", "  ")]).unwrap();
    assert_eq!(
        (app.text.as_deref(), app.required.as_str()),
        (Some("  "), " ")
    );
    assert_eq!(app.password.as_ref().unwrap().expose_secret(), "  ");
    for name in ["NUMBER", "FLAG", "LIST"] {
        assert_eq!(settings(load(&[(name, "  ")])), [name]);
    }
}

#[test]
fn a_bool_is_true_or_false_and_no_other_word() {
    assert_eq!(load(&[("FLAG", "true")]).unwrap().flag, Some(true));
    assert_eq!(load(&[("FLAG", "false")]).unwrap().flag, Some(false));
    for word in [
        "TRUE", "True", "FALSE", "yes", "no", "On", "on", "off", "t", "f", "y", "1", "0", " true",
        "true ", "treu", "truе", "enabled", "null",
    ] {
        let said = load(&[("FLAG", word)]).err().unwrap().to_string();
        assert!(
            said.contains("FLAG is not `true` or `false`"),
            "{word}: {said}"
        );
    }
}

#[test]
fn an_integer_has_digits_and_no_other_spelling() {
    let app = load(&[("NUMBER", "65535"), ("SIGNED", "-1")]).unwrap();
    assert_eq!((app.number, app.signed), (Some(65_535), Some(-1)));
    assert_eq!(load(&[("NUMBER", "0")]).unwrap().number, Some(0));
    for (name, bad) in [
        ("NUMBER", "+1"),
        ("NUMBER", " 8080 "),
        ("NUMBER", "8_080"),
        ("NUMBER", "8,080"),
        ("NUMBER", "0x1F"),
        ("NUMBER", "0o17"),
        ("NUMBER", "1e3"),
        ("NUMBER", "00123"),
        ("NUMBER", "65536"),
        ("NUMBER", "-1"),
        ("NUMBER", "-0"),
        ("NUMBER", "3.0"),
        ("NUMBER", "３"),
        ("NUMBER", "yes"),
        ("SIGNED", "9223372036854775808"),
        ("SIGNED", "--1"),
        ("SIGNED", "−1"),
    ] {
        assert_eq!(settings(load(&[(name, bad)])), [name], "{name}={bad}");
    }
}

#[test]
fn a_value_is_taken_as_it_is_with_quotes_line_breaks_and_any_length() {
    let long = "x".repeat(100_000);
    // `docker run --env-file` hands quotes on, and so they belong to the value.
    for value in ["\"quoted\"", "'quoted'", "two\nlines", "a,b", "\\,", &long] {
        let app = load(&[("TEXT", value), ("PASSWORD", value)]).unwrap();
        assert_eq!(app.text.as_deref(), Some(value));
        assert_eq!(app.password.as_ref().unwrap().expose_secret(), value);
        let shown = app.items()[1].value().to_string();
        assert!(shown.chars().count() <= 121, "{shown}");
    }
}

#[test]
fn a_list_has_no_empty_element_and_no_escape() {
    let list = |text| load(&[("LIST", text)]).unwrap().list.clone().unwrap();
    assert_eq!(list("a"), ["a"]);
    assert_eq!(list("a , b"), ["a", "b"]);
    assert_eq!(list("a\\,b"), ["a\\", "b"]);
    for bad in [",", "a,", ",a", "a,,b", "a, ,b"] {
        assert_eq!(settings(load(&[("LIST", bad)])), ["LIST"], "{bad}");
    }
}

#[test]
fn a_name_is_compared_as_a_whole_and_by_ascii_letters_alone() {
    #[derive(Config)]
    #[config(no_jwt_secret = "only names are tested", prefix = "APP")]
    struct Names {
        _secret: Option<u8>,
        _secret_key: Option<u8>,
        le_x: Option<u8>,
        title: Option<u8>,
    }
    let names = Names::load_from(Sources::of_environment([
        ("APP_SECRET", "1"),
        ("APP_SECRET_KEY", "2"),
        // A prefix without `_` is put before the name as it is.
        ("APPLE_X", "3"),
        ("APP_LE_X", "4"),
        // The dotless and the dotted i of Turkish are other letters, in every locale.
        ("APPTıTLE", "5"),
        ("APPTİTLE", "6"),
    ]))
    .unwrap();
    let found = (names._secret, names._secret_key, names.le_x, names.title);
    assert_eq!(found, (Some(1), Some(2), Some(3), None));
    assert_eq!(load(&[("_LEADING", "7")]).unwrap()._leading, Some(7));
    let other_case = load(&[("number", "1"), ("Text", "x")]).unwrap();
    assert_eq!((other_case.number, &other_case.text), (None, &None));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_utf8_is_refused_by_its_name() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    let path = OsString::from_vec(b"/srv/hunter2\xff".to_vec());
    let variables = [("REQUIRED", "x".into()), ("PATH", path)];
    let said = App::load_from(Sources::of_environment(variables))
        .err()
        .unwrap()
        .to_string();
    assert!(said.contains("PATH is not UTF-8 text"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
    let app = load(&[("PATH", "/srv/a b")]).unwrap();
    assert_eq!(app.path.as_deref(), Some(std::path::Path::new("/srv/a b")));
}

#[test]
fn a_jwt_secret_may_have_another_field_name_and_documentation_of_any_text() {
    #[derive(Config)]
    struct Renamed {
        /// Braces {} and {unknown}, "quotes", a \ and
        ///
        /// another paragraph with `#[config(…)]` in it.
        #[config(name = "JWT_SECRET")]
        signing: SecretString,
        #[cfg(any())]
        absent: NoSuchType,
    }
    let sources = Sources::of_environment([("JWT_SECRET", GOOD_SECRET)]);
    let renamed = Renamed::load_from(sources).unwrap();
    assert_eq!(renamed.signing.expose_secret(), GOOD_SECRET);
    let shown = serde_json::to_value(renamed.items()).unwrap();
    let description = shown[0]["description"].as_str().unwrap();
    assert!(description.starts_with("Braces {} and {unknown}, \"quotes\", a \\ and\n"));
}
