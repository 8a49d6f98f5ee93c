//! TOML documents: which key is which setting, where it is, and what is refused.

use api_utils::config::{Loaded, Report, Sources};
use api_utils::{Config, SecretString};

use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only documents are tested")]
struct App {
    port: Option<u16>,
    log_level: Option<String>,
    ratio: Option<f64>,
    #[expect(dead_code, reason = "only what is said of it is tested")]
    password: Option<SecretString>,
    #[config(flatten, prefix = "DB_")]
    database: Database,
}

#[derive(Config)]
#[config(section)]
struct Database {
    url: Option<String>,
    pool_size: Option<u8>,
}

fn load(test: &str, text: impl AsRef<[u8]>) -> (Folder, Result<Loaded<App>, Report>) {
    let folder = Folder::new(test).with("app.toml", text);
    let loaded = App::load_from(Sources::process().document(folder.0.join("app.toml")));
    (folder, loaded)
}

fn refused(test: &str, text: impl AsRef<[u8]>) -> String {
    let (_folder, loaded) = load(test, text);
    loaded.err().unwrap().to_string()
}

#[test]
fn a_key_is_the_name_in_any_case_and_a_table_stands_before_its_keys() {
    let (folder, app) = load(
        "keys",
        "\u{feff}port = 8080\r\nLog-Level = \"debug\"\nratio = 0.5\n[db]\nurl = \"x\"\npool-size = 0x10\n",
    );
    let app = app.unwrap();
    assert_eq!(app.port, Some(8080));
    assert_eq!(app.log_level.as_deref(), Some("debug"));
    assert_eq!(app.ratio, Some(0.5));
    assert_eq!(app.database.url.as_deref(), Some("x"));
    assert_eq!(app.database.pool_size, Some(16));
    let origins: Vec<String> = app
        .items()
        .iter()
        .map(|item| item.origin().to_string())
        .collect();
    let file = folder.path("app.toml");
    assert_eq!(origins[1], format!("{file}:2:1"));
    assert_eq!(origins[5], format!("{file}:6:1"));
    assert_eq!(app.items()[5].from(), "file");
}

#[test]
fn every_mistake_in_a_document_has_its_line() {
    let (folder, loaded) = load("lines", "port = \"many\"\n\n[db]\npool_size = 300\n");
    let said = loaded.err().unwrap().to_string();
    let file = folder.path("app.toml");
    assert!(said.contains("PORT is not a whole number"), "{said}");
    assert!(said.contains(&format!("{file}:1:1")), "{said}");
    assert!(said.contains(&format!("{file}:4:1")), "{said}");
}

#[test]
fn a_key_that_is_no_setting_is_an_error_with_the_one_that_was_meant() {
    let said = refused("near", "prot = 80\n[db]\npol_size = 3\n");
    assert!(said.contains("did you mean PORT?"), "{said}");
    assert!(said.contains("did you mean DB_POOL_SIZE?"), "{said}");
    let said = refused("moved", "[server]\nport = 80\n");
    assert!(said.contains("port is no setting"), "{said}");
    assert!(said.contains("did you mean PORT?"), "{said}");
    let said = refused("moved-2", "pool_size = 80\n");
    assert!(said.contains("did you mean DB_POOL_SIZE?"), "{said}");
    // Key and value swapped: the key is the secret.
    let said = refused("swapped", "hunter2canary = \"password\"\n");
    assert!(said.contains("a key is no setting"), "{said}");
    assert!(said.contains("app.toml:1:1"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_broken_document_shows_its_line_and_nothing_of_it() {
    for (test, text, reason, line) in [
        (
            "broken",
            "port = 80\npassword = \"hunter2canary\nx = 1\n",
            "is not TOML",
            ":2:",
        ),
        (
            "before",
            "= hunter2canary\npassword = \"hunter2canary\"\n",
            "is not TOML",
            ":1:",
        ),
        (
            "twice",
            "password = \"hunter2canary\"\npassword = \"hunter2canary\"\n",
            "has a key twice",
            ":2:",
        ),
        (
            "both",
            "db_url = \"hunter2canary\"\n[db]\nurl = \"hunter2canary\"\n",
            "is set a second time in",
            ":",
        ),
    ] {
        let said = refused(test, text);
        assert!(said.contains(reason), "{test}: {said}");
        assert!(said.contains(&format!("app.toml{line}")), "{test}: {said}");
        assert!(!said.contains("hunter2"), "{test}: {said}");
    }
    let said = refused("bytes", b"password = \"hunter2canary\xff\"\n");
    assert!(said.contains("is not UTF-8 text"), "{said}");
    let said = refused("utf16", b"\xff\xfep\0o\0r\0t\0");
    assert!(said.contains("is not UTF-8 text"), "{said}");
    assert!(refused("large", vec![b'#'; 1024 * 1024 + 1]).contains("is larger than 1024 KiB"));
    assert!(load("empty", "").1.is_ok());
}

#[test]
fn a_value_of_another_type_is_never_converted() {
    let said = refused(
        "type",
        "password = 12345678\nlog_level = true\nport = \"8_0\"\n[db]\nurl = 1979-05-27\n[db.pool_size]\nx = 1\n",
    );
    for (name, remedy) in [
        ("PASSWORD is not text", "write it in quotes"),
        ("LOG_LEVEL", ""),
    ] {
        assert!(said.contains(name) && said.contains(remedy), "{said}");
    }
    assert!(!said.contains("12345678"), "{said}");
    assert!(said.contains("DB_POOL_SIZE is not"), "{said}");
}

#[test]
fn the_environment_beats_the_document_and_both_are_named() {
    let folder = Folder::new("beats").with("app.toml", "port = 1\nlog_level = \"info\"\n");
    let file = folder.path("app.toml");
    let app = App::load_from(Sources::of_environment([
        ("CONFIG_FILE", file.as_str()),
        ("PORT", "2"),
    ]))
    .unwrap();
    assert_eq!(app.port, Some(2));
    assert_eq!(
        app.items()[0].overridden()[0].to_string(),
        format!("{file}:1:1")
    );
    let warnings: Vec<String> = app.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [format!(
            "PORT is set twice: environment variable PORT holds, {file}:1:1 differs"
        )]
    );
    let shown = serde_json::to_value(app.items()).unwrap();
    assert_eq!(shown[0]["overridden"][0], format!("{file}:1:1"));
}

#[test]
fn a_number_of_a_document_is_the_same_as_its_text_in_a_variable() {
    let text = "port = 8080\nratio = 0.5\nlog_level = \"a \\\"b\\\"\"\n";
    let folder = Folder::new("same").with("app.toml", text);
    for (ratio, warned) in [("0.5", 0), ("0.50", 0), ("0.51", 1)] {
        let app = App::load_from(Sources::of_environment([
            ("CONFIG_FILE", folder.path("app.toml").as_str()),
            ("PORT", "8080"),
            ("RATIO", ratio),
            ("LOG_LEVEL", "a \"b\""),
        ]))
        .unwrap();
        assert_eq!(
            app.warnings().len(),
            warned,
            "{ratio}: {:?}",
            app.warnings()
        );
    }
}

#[test]
fn a_document_that_is_none_is_refused() {
    for (file, reason) in [
        ("/no/such.toml", "names a file that is not there"),
        ("/dev/null", "is no TOML document"),
        ("/tmp", "is no TOML document"),
    ] {
        let report = App::load_from(Sources::of_environment([("CONFIG_FILE", file)]));
        let said = report.err().unwrap().to_string();
        assert!(said.contains("CONFIG_FILE"), "{said}");
        assert!(said.contains(reason), "{said}");
    }
    let report = App::load_from(Sources::process().document("/no/such.toml"));
    assert!(report.err().unwrap().to_string().contains("is not there"));
}

#[test]
fn a_secret_in_a_document_is_a_warning_and_in_strict_mode_an_error() {
    let (folder, app) = load("document-secret", "password = \"hunter2canary\"\n");
    let app = app.unwrap();
    let warning = app.warnings()[0].to_string();
    assert!(
        warning.starts_with("PASSWORD is a secret in a document"),
        "{warning}"
    );
    let strict = Sources::process()
        .document(folder.0.join("app.toml"))
        .strict();
    let said = App::load_from(strict).err().unwrap().to_string();
    assert!(
        said.contains("PASSWORD is a secret in a document"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_key_may_have_any_case_and_dashes_but_not_lose_its_underscore() {
    for key in [
        "log_level",
        "log-level",
        "LOG_LEVEL",
        "Log-Level",
        "\"LOG-level\"",
    ] {
        let (_folder, app) = load("spelt", format!("{key} = \"x\"\n"));
        assert_eq!(app.unwrap().log_level.as_deref(), Some("x"), "{key}");
    }
    for (text, problem) in [
        ("logLevel = \"x\"", "did you mean LOG_LEVEL?"),
        ("loglevel = \"x\"", "did you mean LOG_LEVEL?"),
        (
            "log_level = \"x\"\nLOG-LEVEL = \"x\"",
            "is set a second time in",
        ),
        (
            "log.level = \"x\"\nlog_level = \"x\"",
            "is set a second time in",
        ),
    ] {
        let said = refused("misspelt", text);
        assert!(said.contains(problem), "{text}: {said}");
    }
}

#[test]
fn a_table_is_no_scalar_and_a_scalar_is_no_table() {
    for (text, setting) in [
        ("[port]\nx = 1\n", "PORT"),
        ("port = { x = 1 }\n", "PORT"),
        ("[log_level]\nx = 1\n", "LOG_LEVEL"),
        ("[[log_level]]\nx = 1\n", "LOG_LEVEL"),
        ("[password]\nx = \"hunter2canary\"\n", "PASSWORD"),
        ("password = [\"hunter2canary\"]\n", "PASSWORD"),
        ("[db.url]\nx = 1\n", "DB_URL"),
    ] {
        let said = refused("table", text);
        assert!(
            said.contains(&format!("{setting} is not ")),
            "{text}: {said}"
        );
        assert!(said.contains("app.toml:1:"), "{text}: {said}");
        assert!(said.contains("1 problem "), "{text}: {said}");
        assert!(!said.contains("hunter2"), "{text}: {said}");
    }
    // The section is given as one value: its key is no setting.
    for text in ["db = 1\n", "db = \"hunter2canary\"\n", "db = [1]\n"] {
        let said = refused("scalar", text);
        assert!(said.contains("is no setting"), "{text}: {said}");
        assert!(!said.contains("hunter2"), "{text}: {said}");
    }
}

#[test]
fn a_date_is_the_text_that_it_is_written_as() {
    for date in [
        "1979-05-27",
        "07:32:00",
        "1979-05-27T00:32:00.999-07:00",
        "1979-05-27 07:32:00Z",
    ] {
        let (_folder, app) = load("date", format!("log_level = {date}\n"));
        assert_eq!(app.unwrap().log_level.as_deref(), Some(date));
        let said = refused("date-2", format!("port = {date}\n"));
        assert!(said.contains("PORT is not a whole number"), "{said}");
    }
}

#[test]
fn a_document_with_nothing_in_it_sets_nothing() {
    for text in ["", "\u{feff}", "\n", " \r\n", "# port = 1", "[db]\n"] {
        let (_folder, app) = load("nothing", text);
        let app = app.unwrap();
        assert!(
            app.items().iter().all(|item| item.from() == "default"),
            "{text:?}"
        );
    }
}

/// Refused for what it is, not taken for one that is absent.
#[cfg(unix)]
#[test]
fn a_document_that_this_user_may_not_read_is_refused() {
    let folder = Folder::new("locked").with("app.toml", "port = 1\n");
    folder.mode("app.toml", 0o000);
    let loaded = App::load_from(Sources::empty().document(folder.0.join("app.toml")));
    // Root may read it all the same.
    if std::fs::File::open(folder.0.join("app.toml")).is_err() {
        let said = loaded.err().unwrap().to_string();
        assert!(said.contains("cannot be read: permission denied"), "{said}");
    } else {
        assert_eq!(loaded.unwrap().port, Some(1));
    }
    // A file in the place of a folder is no absent document either.
    let below = folder.0.join("app.toml/app.toml");
    let said = App::load_from(Sources::empty().document(below))
        .err()
        .unwrap()
        .to_string();
    assert!(said.contains("cannot be read: "), "{said}");
}

#[test]
fn a_document_is_told_by_its_ending_and_has_to_be_a_file() {
    let folder = Folder::new("endings")
        .with("app.TOML", "port = 1\n")
        .with("app.yml", "port: 1\n");
    std::fs::create_dir(folder.0.join("folder.toml")).unwrap();
    let load = |file: &str| App::load_from(Sources::empty().document(folder.0.join(file)));
    assert_eq!(load("app.TOML").unwrap().port, Some(1));
    for (file, reason) in [
        ("app.yml", "is no TOML document"),
        ("folder.toml", "cannot be read: it is a folder or a device"),
    ] {
        let said = load(file).err().unwrap().to_string();
        assert!(said.contains(reason), "{file}: {said}");
    }
}
