//! `rename_all`: the keys of a document as the struct spells them.

use api_utils::Config;
use api_utils::config::{Loaded, Report, Sources};

use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only spellings are tested", rename_all = "camelCase")]
struct App {
    log_level: Option<String>,
    max_http_2_streams: Option<u16>,
    r#type: Option<String>,
    #[config(name = "IDLE_SECONDS")]
    idle: Option<u16>,
    #[config(name = "http_proxy")]
    proxy: Option<String>,
    #[config(alias = "OLD_LABEL")]
    build_label: Option<String>,
    #[config(nested)]
    main_db: Database,
    #[config(flatten, prefix = "SPARE_DB_")]
    spare: Database,
    #[config(nested)]
    mail_relay: Option<Mail>,
}

#[derive(Config)]
#[config(section, rename_all = "PascalCase", prefix = "POOL_")]
struct Database {
    max_size: Option<u8>,
}

#[derive(Config)]
#[config(section)]
struct Mail {
    smtp_host: String,
}

fn load(test: &str, text: &str) -> (Folder, Result<Loaded<App>, Report>) {
    let folder = Folder::new(test).with("app.toml", text);
    let loaded = App::load_from(Sources::process().document(folder.0.join("app.toml")));
    (folder, loaded)
}

fn refused(test: &str, text: &str) -> String {
    load(test, text).1.err().unwrap().to_string()
}

#[test]
fn a_document_has_the_keys_as_the_struct_spells_them() {
    let text = "logLevel = \"debug\"\nmaxHttp2Streams = 7\ntype = \"a\"\nidle_seconds = 75\n\
                http_proxy = \"p\"\nOld-Label = \"b\"\n\n[mainDb.pool]\nMaxSize = 4\n\n\
                [spare-db]\npool.maxSize = 5\n\n[mailRelay]\nsmtp_host = \"mx\"\n";
    let (folder, app) = load("spelled", text);
    let app = app.unwrap();
    assert_eq!(app.log_level.as_deref(), Some("debug"));
    assert_eq!(app.max_http_2_streams, Some(7));
    assert_eq!(app.r#type.as_deref(), Some("a"));
    assert_eq!(app.idle, Some(75));
    assert_eq!(app.proxy.as_deref(), Some("p"));
    assert_eq!(app.build_label.as_deref(), Some("b"));
    assert_eq!(app.main_db.max_size, Some(4));
    assert_eq!(app.spare.max_size, Some(5));
    assert_eq!(app.mail_relay.as_ref().unwrap().smtp_host, "mx");
    let item = app
        .items()
        .iter()
        .find(|item| item.name() == "MAIN_DB_POOL_MAX_SIZE");
    let origin = item.unwrap().origin().to_string();
    assert_eq!(origin, format!("{}:9:1", folder.path("app.toml")));
}

#[test]
fn variables_and_files_keep_the_names_in_capitals() {
    let folder = Folder::new("spelled-files")
        .with("LOG_LEVEL", "debug")
        .with("main-db-pool-max-size", "4")
        .with("http_proxy", "p");
    let variables = [("SPARE_DB_POOL_MAX_SIZE", "5"), ("MAXHTTP2STREAMS", "7")];
    let app = App::load_from(Sources::of_environment(variables).folder(&folder.0)).unwrap();
    assert_eq!(app.log_level.as_deref(), Some("debug"));
    assert_eq!(app.main_db.max_size, Some(4));
    assert_eq!(app.proxy.as_deref(), Some("p"));
    assert_eq!(app.spare.max_size, Some(5));
    assert_eq!(app.max_http_2_streams, None);
    assert!(app.warnings().is_empty(), "{:?}", app.warnings());
}

#[test]
fn another_spelling_is_no_setting_and_the_key_that_was_meant_is_told() {
    let text = "log_level = \"debug\"\nlogLevl = \"info\"\n\n[mainDb.pool]\nmax_size = 4\n";
    let said = refused("unspelled", text);
    for (key, meant, line) in [
        ("log_level", "logLevel", "app.toml:1:1"),
        ("logLevl", "logLevel", "app.toml:2:1"),
        ("max_size", "mainDb.pool.MaxSize", "app.toml:5:1"),
    ] {
        assert!(said.contains(&format!("{key} is no setting")), "{said}");
        assert!(said.contains(&format!("did you mean {meant}?")), "{said}");
        assert!(said.contains(line), "{said}");
    }
    // The right key in the wrong table.
    let said = refused("misplaced", "[server]\nlogLevel = \"debug\"\n");
    assert!(said.contains("did you mean logLevel?"), "{said}");
}

#[test]
fn a_key_in_two_cases_is_one_key_twice() {
    let said = refused("cases", "logLevel = \"debug\"\nLogLevel = \"info\"\n");
    assert!(said.contains("LOG_LEVEL is set a second time in"), "{said}");
}

#[test]
fn an_optional_section_is_whole_or_an_error_in_its_own_spelling_too() {
    let (_folder, app) = load("spelled-absent", "");
    assert!(app.unwrap().mail_relay.is_none());
    let said = refused("spelled-partly", "[mailRelay]\nsmtpHost = \"mx\"\n");
    assert!(said.contains("smtpHost is no setting"), "{said}");
    assert!(said.contains("did you mean mailRelay.smtp_host?"), "{said}");
}
