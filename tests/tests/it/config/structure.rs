//! Structs within structs, former names, fields that are no settings.

use api_utils::config::{FromValue, Loaded, Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::settings;

#[derive(Config)]
#[config(section)]
struct Mail {
    host: String,
    password: SecretString,
    #[config(default = 587)]
    port: u16,
}

#[derive(Config)]
#[config(section)]
struct Pair<T: FromValue> {
    first: T,
    second: Option<T>,
}

#[derive(Config)]
#[config(no_jwt_secret = "only structure is tested", prefix = "APP_")]
struct App {
    #[config(nested)]
    mail: Option<Mail>,
    #[config(flatten, prefix = "PAIR_")]
    pair: Pair<u8>,
    #[config(nested)]
    r#type: Option<Pair<String>>,
    #[config(alias = "LISTEN_PORT", alias = "LEGACY_PORT", default = 80)]
    port: u16,
    #[config(skip)]
    started: bool,
    #[config(skip, default = 7)]
    lucky: u8,
}

fn load(variables: &[(&str, &str)]) -> Result<Loaded<App>, Report> {
    let first = [("APP_PAIR_FIRST", "1")];
    Sources::of_environment(first.into_iter().chain(variables.iter().copied())).load()
}

trait LoadApp {
    fn load(self) -> Result<Loaded<App>, Report>;
}

impl LoadApp for Sources {
    fn load(self) -> Result<Loaded<App>, Report> {
        App::load_from(self)
    }
}

#[test]
fn an_optional_section_of_which_nothing_is_set_is_absent() {
    let app = load(&[("APP_MAIL_HOST", "")]).unwrap();
    assert!(app.mail.is_none() && app.r#type.is_none());
    let names: Vec<&str> = app.items().iter().map(|item| item.name()).collect();
    assert_eq!(
        names,
        [
            "APP_MAIL_HOST",
            "APP_MAIL_PASSWORD",
            "APP_MAIL_PORT",
            "APP_PAIR_FIRST",
            "APP_PAIR_SECOND",
            "APP_TYPE_FIRST",
            "APP_TYPE_SECOND",
            "APP_PORT"
        ]
    );
    assert_eq!(app.items()[1].value().to_string(), "not set");
    assert!(app.items()[1].is_secret());
}

#[test]
fn an_optional_section_of_which_something_is_set_is_whole_or_an_error_that_says_which() {
    let app = load(&[("APP_MAIL_HOST", "mx"), ("APP_MAIL_PASSWORD", "hunter2")]).unwrap();
    let mail = app.mail.as_ref().unwrap();
    assert_eq!((mail.host.as_str(), mail.port), ("mx", 587));
    assert_eq!(mail.password.expose_secret(), "hunter2");
    let report = load(&[("APP_MAIL_PORT", "25")]).err().unwrap();
    let said = report.to_string();
    for name in ["APP_MAIL_HOST", "APP_MAIL_PASSWORD"] {
        assert!(
            said.contains(&format!("{name} is not set, and APP_MAIL_PORT is")),
            "{said}"
        );
    }
    assert_eq!(settings(load(&[("APP_MAIL_PORT", "x")])).len(), 3);
}

#[test]
fn a_generic_section_is_read_by_the_type_that_it_is_given() {
    let app = load(&[("APP_PAIR_SECOND", "2"), ("APP_TYPE_FIRST", "a")]).unwrap();
    assert_eq!((app.pair.first, app.pair.second), (1, Some(2)));
    assert_eq!(app.r#type.as_ref().unwrap().first, "a");
    assert_eq!(app.r#type.as_ref().unwrap().second, None);
}

#[test]
fn a_former_name_works_and_its_use_is_told() {
    let app = load(&[("APP_LEGACY_PORT", "81")]).unwrap();
    assert_eq!(app.port, 81);
    let item = app.items().last().unwrap();
    assert_eq!(item.name(), "APP_PORT");
    assert_eq!(
        item.origin().to_string(),
        "environment variable APP_LEGACY_PORT"
    );
    let warnings: Vec<String> = app.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "APP_LEGACY_PORT is the former name of APP_PORT, in environment variable \
          APP_LEGACY_PORT; rename it"
        ]
    );
    let app = load(&[("APP_LEGACY_PORT", "81"), ("APP_PORT", "82")]).unwrap();
    assert_eq!(app.port, 82);
    let bad = load(&[("APP_LISTEN_PORT", "x")]).err().unwrap().to_string();
    assert!(bad.contains("APP_PORT is not a whole number"), "{bad}");
    assert!(
        bad.contains("environment variable APP_LISTEN_PORT"),
        "{bad}"
    );
}

#[test]
fn a_skipped_field_is_no_setting() {
    let app = load(&[("APP_STARTED", "true"), ("APP_LUCKY", "9")]).unwrap();
    assert!(!app.started);
    assert_eq!(app.lucky, 7);
}
