//! Which source gives a setting, how its type reads it, and what the items say.

use api_utils::Config;
use api_utils::config::{Content, Key, Origin, Source, SourceFault, Sources, Value};

use super::{GOOD_SECRET, service, settings};

#[test]
fn defaults_hold_where_no_source_has_a_setting() {
    let service = service(&[]).unwrap();
    assert_eq!(service.listen.to_string(), "127.0.0.1:8080");
    assert!(service.smtp_password.is_none());
    assert_eq!(service.jwt.issuer(), "test-idp");
    assert_eq!(service.jwt.ttl().as_secs(), 3600);
}

#[test]
fn items_say_name_value_and_from() {
    let service = service(&[("SMTP_PASSWORD", "hunter2"), ("LISTEN", "0.0.0.0:80")]).unwrap();
    let items = serde_json::to_value(service.items()).unwrap();
    let shown: Vec<(&str, String, &str)> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let text = |key: &str| item[key].as_str().unwrap();
            (text("name"), item["value"].to_string(), text("from"))
        })
        .collect();
    let expected: [(&str, &str, &str); 12] = [
        ("LISTEN", "\"0.0.0.0:80\"", "environment"),
        ("JWT_SECRET", "\"secret\"", "environment"),
        ("JWT_SECRET_ALSO_ACCEPTED", "null", "default"),
        ("JWT_SECRET_ENCODING", "\"text\"", "default"),
        ("JWT_ALGORITHM", "\"HS256\"", "default"),
        ("JWT_ISSUER", "\"test-idp\"", "environment"),
        ("JWT_AUDIENCE", "[\"test-api\"]", "environment"),
        ("ENABLE_LOGIN", "false", "default"),
        ("DEV_LOGIN_HOSTS", "[]", "default"),
        ("JWT_TTL_MINUTES", "60", "default"),
        ("JWT_MAX_LIFETIME_MINUTES", "null", "default"),
        ("SMTP_PASSWORD", "\"secret\"", "environment"),
    ];
    let shown: Vec<(&str, &str, &str)> = shown
        .iter()
        .map(|(name, value, from)| (*name, value.as_str(), *from))
        .collect();
    assert_eq!(shown, expected);
    assert_eq!(items[0]["origin"], "environment variable LISTEN");
    assert_eq!(items[11]["secret"], true);
    assert!(!items.to_string().contains("hunter2"));
}

#[test]
fn an_optional_setting_that_nothing_has_is_null() {
    let service = service(&[]).unwrap();
    let item = service.items().last().unwrap();
    assert_eq!(item.name(), "SMTP_PASSWORD");
    assert_eq!(
        serde_json::to_value(item).unwrap()["value"],
        serde_json::Value::Null
    );
    assert_eq!(item.from(), "default");
}

#[test]
fn every_problem_is_in_one_report_in_the_order_of_the_fields() {
    let report = service(&[
        ("LISTEN", "localhost:8080"),
        ("JWT_SECRET", "hunter2-change-me"),
        ("JWT_ALGORITHM", "RS256"),
        ("JWT_ISSUER", "dev-idp"),
        ("JWT_AUDIENCE", ""),
        ("JWT_TTL_MINUTES", "1441"),
        ("ENABLE_LOGIN", "on"),
    ])
    .unwrap_err();
    let settings: Vec<&str> = report.problems().iter().map(|one| one.setting()).collect();
    assert_eq!(
        settings,
        [
            "LISTEN",
            "JWT_SECRET",
            "JWT_ALGORITHM",
            "ENABLE_LOGIN",
            "JWT_TTL_MINUTES"
        ]
    );
    assert_eq!(report.exit_code(), 78);
    assert_eq!(format!("{report:?}"), format!("\n{report}"));
    assert!(!report.to_string().contains("hunter2"));
    assert!(!report.to_string().contains("localhost"));
}

#[derive(Config)]
#[config(no_jwt_secret = "only types are tested")]
#[expect(dead_code, reason = "of some fields only whether they load is tested")]
struct Types {
    small: Option<u8>,
    ratio: Option<f64>,
    flag: Option<bool>,
    text: Option<String>,
    path: Option<std::path::PathBuf>,
    r#type: Option<String>,
}

fn types(
    name: &str,
    value: &str,
) -> Result<api_utils::config::Loaded<Types>, api_utils::config::Report> {
    Types::load_from(Sources::of_environment([(name, value)]))
}

#[test]
fn a_raw_identifier_reads_the_plain_name() {
    let types = types("TYPE", "x").unwrap();
    assert_eq!(types.r#type.as_deref(), Some("x"));
}

#[test]
fn an_empty_plain_setting_is_not_set() {
    assert!(types("SMALL", "").unwrap().small.is_none());
    assert!(types("TEXT", "").unwrap().text.is_none());
}

#[derive(Config)]
#[config(no_jwt_secret = "only names and defaults are tested", prefix = "APP_")]
struct Named {
    #[config(name = "PORT", default = 8080)]
    listening_port: u16,
    #[config(default = "info")]
    level: String,
    #[config(flatten, prefix = "DB_")]
    database: Database,
}

#[derive(Config)]
#[config(section)]
struct Database {
    url: String,
    #[config(default = 4 + 4)]
    pool: u8,
}

#[test]
fn names_have_every_prefix() {
    let named = Named::load_from(Sources::of_environment([
        ("APP_PORT", "1"),
        ("APP_DB_URL", "postgres://db"),
        ("PORT", "2"),
        ("DB_URL", "wrong"),
    ]))
    .unwrap();
    assert_eq!(named.listening_port, 1);
    assert_eq!(named.level, "info");
    assert_eq!(named.database.url, "postgres://db");
    assert_eq!(named.database.pool, 8);
    let absent = Named::load_from(Sources::empty());
    assert_eq!(settings(absent), ["APP_DB_URL"]);
}

#[derive(Config)]
#[config(no_jwt_secret = "only a bad default is tested")]
struct BadDefault {
    #[config(default = "eighty")]
    #[expect(dead_code, reason = "it never loads")]
    port: u16,
}

#[test]
fn a_bad_default_cannot_hide_behind_a_variable() {
    let report = BadDefault::load_from(Sources::of_environment([("PORT", "80")]))
        .err()
        .unwrap();
    let said = report.to_string();
    assert!(said.contains("PORT is not a whole number"), "{said}");
    assert!(said.contains("default of the program"), "{said}");
}

/// A source that has typed nodes, as a document has, and one value that cannot be read.
struct Document;

impl Source for Document {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let origin = Origin::file("app.toml:1:1");
        let content = match key.name() {
            "SMALL" => Content::Integer(7),
            "FLAG" => Content::Bool(true),
            "RATIO" => Content::Float(0.25),
            "PATH" => return Err(SourceFault::new(origin, "is broken")),
            _ => return Ok(None),
        };
        Ok(Some(Value::new(content, origin)))
    }

    fn place(&self, key: &Key<'_>) -> String {
        format!("app.toml:{}", key.name())
    }
}

#[test]
fn a_source_of_the_users_own_gives_typed_values() {
    let sources = Sources::empty()
        .variables([("PATH", "/tmp")])
        .source(Document);
    let types = Types::load_from(sources).unwrap();
    assert_eq!(
        (types.small, types.flag, types.ratio),
        (Some(7), Some(true), Some(0.25))
    );
    assert_eq!(types.items()[0].origin().to_string(), "app.toml:1:1");
}

#[test]
fn what_cannot_be_read_does_not_fall_through_to_a_lower_source() {
    let sources = Sources::empty()
        .source(Document)
        .variables([("PATH", "/tmp")]);
    let report = Types::load_from(sources).err().unwrap();
    assert!(
        report
            .to_string()
            .contains("PATH is broken\n    found in   app.toml:1:1"),
        "{report}"
    );
}

#[test]
fn two_sources_of_different_values_are_a_warning_that_names_both() {
    let sources = Sources::empty()
        .variables([("TEXT", "one")])
        .variables([("TEXT", "two")]);
    let types = Types::load_from(sources).unwrap();
    assert_eq!(types.text.as_deref(), Some("one"));
    let warnings: Vec<String> = types.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["TEXT is set twice: environment variable TEXT holds, environment variable TEXT differs"]
    );
    let same = Sources::empty()
        .variables([("TEXT", "one")])
        .variables([("TEXT", "one")]);
    assert!(Types::load_from(same).unwrap().warnings().is_empty());
}

#[test]
fn a_struct_in_a_function_body_can_be_loaded() {
    #[derive(Config)]
    struct Local {
        jwt_secret: api_utils::SecretString,
    }
    let sources = Sources::of_environment([("JWT_SECRET", GOOD_SECRET)]);
    let local = Local::load_from(sources).unwrap();
    assert_eq!(
        api_utils::ExposeSecret::expose_secret(&local.jwt_secret),
        GOOD_SECRET
    );
}
