//! Variables: what an empty, a blank, a foreign or an odd one is, and which one is read.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use api_utils::config::{Key, Loaded, Report, Source, SourceFault, Sources, Value};
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::settings;
use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only variables are tested")]
#[expect(dead_code, reason = "of some fields only whether they load is tested")]
struct App {
    text: Option<String>,
    #[config(default = "info")]
    level: String,
    number: Option<u16>,
    flag: Option<bool>,
    #[config(delimiter = ",")]
    tags: Option<Vec<String>>,
    path: Option<PathBuf>,
    title: Option<String>,
    password: Option<SecretString>,
    #[config(delimiter = ",")]
    old_passwords: Option<Vec<SecretString>>,
}

fn load(name: &str, value: &str) -> Result<Loaded<App>, Report> {
    App::load_from(Sources::of_environment([(name, value)]))
}

fn shown(app: &Loaded<App>, name: &str) -> (String, &'static str) {
    let item = app.items().iter().find(|item| item.name() == name).unwrap();
    (item.value().to_string(), item.from())
}

#[test]
fn an_empty_variable_is_not_set_whatever_its_type() {
    let app = App::load_from(Sources::empty()).unwrap();
    for item in app.items() {
        let empty = load(item.name(), "").unwrap();
        let expected = (item.value().to_string(), "default");
        assert_eq!(shown(&empty, item.name()), expected, "{}", item.name());
    }
    // What is below it counts then.
    let sources = Sources::empty()
        .variables([("LEVEL", ""), ("NUMBER", "")])
        .variables([("LEVEL", "debug"), ("NUMBER", "7")]);
    let app = App::load_from(sources).unwrap();
    assert_eq!((app.level.as_str(), app.number), ("debug", Some(7)));
    assert!(app.warnings().is_empty(), "{:?}", app.warnings());
}

#[test]
fn a_blank_variable_is_what_it_is() {
    for name in ["NUMBER", "FLAG", "TAGS", "OLD_PASSWORDS"] {
        for blank in [" ", "\t", "\n", " \u{a0} "] {
            assert_eq!(settings(load(name, blank)), [name], "{blank:?}");
        }
    }
    assert_eq!(load("TEXT", "  ").unwrap().text.as_deref(), Some("  "));
    assert_eq!(load("LEVEL", "\t").unwrap().level, "\t");
}

/// As `docker run --env-file` hands them over: nothing is unquoted, expanded or trimmed.
#[test]
fn quotes_line_breaks_and_all_else_are_kept_as_they_are() {
    let long = "x".repeat(1_000_000);
    for value in [
        "\"quoted\"",
        "'quoted'",
        "\"",
        "a\nb",
        "a\r\n",
        "a\\nb",
        "a,b,",
        " spaced ",
        "$HOME",
        "${HOME}",
        "pa$$w0rd",
        "# no comment",
        "a #b",
        "a=b",
        "{\"k\":1}",
        "%41",
        "\u{feff}a",
        "\u{1b}[31m",
        "true",
        "0012",
        &long,
    ] {
        let text = load("TEXT", value).unwrap();
        assert_eq!(text.text.as_deref(), Some(value));
        let secret = load("PASSWORD", value).unwrap();
        assert_eq!(secret.password.as_ref().unwrap().expose_secret(), value);
    }
}

#[test]
fn a_value_longer_than_a_line_is_cut_where_it_is_shown_and_only_there() {
    let long = "ä".repeat(5_000);
    let app = load("TEXT", &long).unwrap();
    assert_eq!(app.text.as_deref(), Some(long.as_str()));
    let (value, from) = shown(&app, "TEXT");
    assert_eq!((value.chars().count(), from), (121, "environment"));
    assert!(value.ends_with('…'), "{value}");
    assert_eq!(app.table().to_string().lines().count(), 10);
    let said = load("NUMBER", &"9".repeat(5_000)).err().unwrap();
    assert!(said.to_string().len() < 500, "{said}");
}

#[test]
fn a_report_has_no_control_character_of_a_value() {
    let value = "\u{1b}[31mred\u{7}\r\n    to do      rm -rf";
    for name in ["NUMBER", "FLAG"] {
        let report = load(name, value).err().unwrap();
        let said = format!("{report}{report:?}");
        let breaks = |letter: char| letter.is_control() && letter != '\n';
        assert!(!said.contains(breaks), "{said:?}");
        assert!(!said.contains("rm -rf"), "{said:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_utf8_is_refused_without_its_bytes_and_a_foreign_one_is_nobodys_problem() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    let bytes = || OsString::from_vec(b"hunter2\xff".to_vec());
    let variables = |name: &str| Sources::of_environment([(name.to_owned(), bytes())]);
    // A path as well: what is shown of it would be another one.
    for name in ["TEXT", "NUMBER", "PATH", "PASSWORD", "TAGS"] {
        let said = App::load_from(variables(name)).err().unwrap().to_string();
        assert!(
            said.contains(&format!("{name} is not UTF-8 text")),
            "{said}"
        );
        assert!(said.contains("environment variable"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
        // It does not fall through to what is below.
        let below = variables(name).variables([(name, "1")]);
        assert_eq!(settings(App::load_from(below)), [name]);
    }
    for foreign in ["LANG", "TEXT_", "XTEXT", "text"] {
        assert!(App::load_from(variables(foreign)).is_ok(), "{foreign}");
    }
}

#[cfg(unix)]
#[test]
fn the_path_of_a_named_file_may_be_any_bytes() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new("odd-path");
    let path = folder.0.join(std::ffi::OsStr::from_bytes(b"pw\xff"));
    std::fs::write(&path, "hunter2canary\n").unwrap();
    let app = App::load_from(Sources::of_environment([("PASSWORD_FILE", path)])).unwrap();
    assert_eq!(
        app.password.as_ref().unwrap().expose_secret(),
        "hunter2canary"
    );
}

#[cfg(not(windows))]
#[test]
fn a_variable_in_another_case_is_another_one() {
    for other in ["text", "Text", "tEXT", "TEXT ", " TEXT", "TE-XT"] {
        assert!(load(other, "x").unwrap().text.is_none(), "{other:?}");
    }
}

/// `title` is `TITLE` in every locale, and neither `ı` nor `İ` is an `i`.
#[test]
fn only_ascii_letters_have_another_case() {
    for other in ["TİTLE", "TıTLE", "tıtle", "ＴＩＴＬＥ"] {
        assert!(load(other, "x").unwrap().title.is_none(), "{other}");
        let folder = Folder::new("turkish")
            .with("app.toml", format!("\"{other}\" = \"x\"\n"))
            .with("app.env", format!("{other}=x\n"));
        for sources in [
            Sources::empty().document(folder.0.join("app.toml")),
            Sources::empty().dotenv(folder.0.join("app.env")),
        ] {
            assert!(App::load_from(sources).is_err(), "{other}");
        }
        let files = Folder::new("turkish-files").with(other, "x");
        let app = App::load_from(Sources::empty().folder(files.0.clone())).unwrap();
        assert!(app.title.is_none(), "{other}");
        assert_eq!(app.warnings().len(), 1, "{other}: {:?}", app.warnings());
    }
    let folder = Folder::new("english").with("app.toml", "title = \"x\"\n");
    let app = App::load_from(Sources::empty().document(folder.0.join("app.toml"))).unwrap();
    assert_eq!(app.title.as_deref(), Some("x"));
}

#[derive(Config)]
#[config(no_jwt_secret = "only names are tested", prefix = "APP_")]
struct Prefixed {
    secret: SecretString,
    secret_key: SecretString,
    port: Option<u16>,
    _hidden: Option<u16>,
}

#[test]
fn a_name_that_another_starts_with_is_not_that_other() {
    let app = Prefixed::load_from(Sources::of_environment([
        ("APP_SECRET", "one"),
        ("APP_SECRET_KEY", "two"),
        ("APPLE_PORT", "x"),
        ("APP", "x"),
        ("APPPORT", "x"),
        ("PORT", "x"),
        ("APP__PORT", "x"),
        ("APP__HIDDEN", "7"),
    ]))
    .unwrap();
    assert_eq!(app.secret.expose_secret(), "one");
    assert_eq!(app.secret_key.expose_secret(), "two");
    assert_eq!((app.port, app._hidden), (None, Some(7)));
}

/// Counts what it is asked for.
struct Counting(Arc<Mutex<Vec<String>>>);

impl Source for Counting {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        self.0.lock().unwrap().push(key.name().to_owned());
        Ok(None)
    }

    fn place(&self, _: &Key<'_>) -> String {
        "nowhere".to_owned()
    }
}

/// So a value that changes in the meantime cannot be two values in one load.
#[test]
fn a_source_is_asked_once_for_a_name() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let sources = Sources::empty().source(Counting(Arc::clone(&asked)));
    let app = App::load_from(sources).unwrap();
    let names: Vec<&str> = app.items().iter().map(|item| item.name()).collect();
    assert_eq!(*asked.lock().unwrap(), names);
}

#[test]
fn of_two_variables_of_one_name_the_first_counts() {
    let sources = Sources::of_environment([("TEXT", "first"), ("TEXT", "second")]);
    let app = App::load_from(sources).unwrap();
    assert_eq!(app.text.as_deref(), Some("first"));
}
