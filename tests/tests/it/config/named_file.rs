//! `NAME_FILE`, several folders, and names that were nearly right.

use api_utils::config::{Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::GOOD_SECRET;
use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only the sources are tested")]
struct App {
    password: SecretString,
    app_port: Option<u16>,
    note: Option<String>,
}

fn said<T>(loaded: Result<T, Report>) -> String {
    loaded.err().unwrap().to_string()
}

#[test]
fn the_file_that_a_variable_names_holds_the_value() {
    let folder = Folder::new("named").with("pw", "hunter2canary\n");
    let path = folder.path("pw");
    let app = App::load_from(Sources::of_environment([
        ("PASSWORD_FILE", path.as_str()),
        ("PASSWORD", ""),
    ]))
    .unwrap();
    assert_eq!(app.password.expose_secret(), "hunter2canary");
    assert_eq!(app.items()[0].from(), "file");
    assert_eq!(app.items()[0].origin().to_string(), path);
    assert!(app.warnings().is_empty(), "{:?}", app.warnings());
}

#[test]
fn a_variable_and_its_file_are_an_error_together() {
    let folder = Folder::new("both").with("pw", "hunter2canary");
    let path = folder.path("pw");
    let said = said(App::load_from(Sources::of_environment([
        ("PASSWORD_FILE", path.as_str()),
        ("PASSWORD", "hunter2other"),
    ])));
    let reason = "PASSWORD is set by PASSWORD and by PASSWORD_FILE; drop one of the two";
    assert!(said.contains(reason), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_named_file_that_cannot_be_read_does_not_fall_through_and_is_not_shown() {
    // Whoever mistook the variable for that of the secret has put the secret there.
    let folder = Folder::new("unreadable")
        .with("bytes", b"\xff\xfe")
        .with("large", vec![b'x'; 64 * 1024 + 1]);
    for (path, reason) in [
        ("hunter2canary".to_owned(), "names a file that is not there"),
        (String::new(), "is empty"),
        ("/".to_owned(), "names a file that cannot be read"),
        ("/dev/zero".to_owned(), "names a file that cannot be read"),
        (folder.path("bytes"), "names a file that is not UTF-8 text"),
        (
            folder.path("large"),
            "names a file that is larger than 64 KiB",
        ),
    ] {
        let sources = Sources::of_environment([("PASSWORD_FILE", path)])
            .variables([("PASSWORD", GOOD_SECRET)]);
        let said = said(App::load_from(sources));
        assert!(said.contains(&format!("PASSWORD_FILE {reason}")), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn several_folders_and_systemds_credentials_in_their_order() {
    let first = Folder::new("first").with("APP_PORT", "1");
    let second = Folder::new("second")
        .with("app-port", "2")
        .with("password", "from-the-second");
    let systemd = Folder::new("systemd")
        .with("PASSWORD", "from-systemd")
        .with("EXTRA", "x");
    let folders = std::env::join_paths([&first.0, &second.0]).unwrap();
    let app = App::load_from(Sources::of_environment([
        ("CONFIG_FOLDER", folders),
        ("CREDENTIALS_DIRECTORY", systemd.0.clone().into()),
    ]))
    .unwrap();
    assert_eq!(app.app_port, Some(1));
    assert_eq!(app.password.expose_secret(), "from-the-second");
    let item = &app.items()[0];
    assert_eq!(item.origin().to_string(), second.path("password"));
    assert_eq!(item.overridden()[0].to_string(), systemd.path("PASSWORD"));
    let warnings: Vec<String> = app.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings.last().unwrap(),
        &format!("EXTRA in {} is no setting", systemd.path("EXTRA"))
    );
}

#[test]
fn two_files_of_one_setting_are_an_error() {
    let folder = Folder::new("two-files")
        .with("app_port", "1")
        .with("APP-PORT", "2")
        .with("PASSWORD", "x");
    let said = said(App::load_from(Sources::empty().folder(folder.0.clone())));
    assert!(said.contains("APP_PORT is in two files, "), "{said}");
}

#[test]
fn a_variable_that_is_nearly_a_missing_one_is_named() {
    for (variable, shown) in [
        ("password", true),
        ("PASSWORT", false),
        ("UNRELATED", false),
    ] {
        let said = said(App::load_from(Sources::of_environment([(
            variable, "hunter2",
        )])));
        let remedy = format!("{variable} is set; did you mean PASSWORD?");
        assert_eq!(said.contains(&remedy), shown, "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }

    #[derive(Config)]
    #[config(prefix = "SHOP_", no_jwt_secret = "only names are tested")]
    struct Shop {
        #[expect(dead_code, reason = "it is never loaded")]
        port: u16,
    }
    let said = said(Shop::load_from(Sources::of_environment([(
        "SHOP_PROT",
        "80",
    )])));
    assert!(
        said.contains("SHOP_PROT is set; did you mean SHOP_PORT?"),
        "{said}"
    );
}

#[test]
fn a_variable_that_kubernetes_made_is_explained() {
    let said = said(App::load_from(Sources::of_environment([
        ("PASSWORD", "x"),
        ("APP_PORT", "tcp://10.0.0.1:80"),
    ])));
    assert!(said.contains("APP_PORT is not a whole number"), "{said}");
    assert!(said.contains("enableServiceLinks: false"), "{said}");
    assert!(!said.contains("10.0.0.1"), "{said}");
}

#[test]
fn items_print_as_a_table_in_which_no_value_breaks_a_line() {
    #[derive(Config)]
    #[config(no_jwt_secret = "only the table is tested")]
    struct Plain {
        #[config(default = "line\nbreak \u{1b}[31m")]
        text: String,
        url: Option<String>,
    }
    let plain = Plain::load_from(Sources::of_environment([(
        "URL",
        "postgres://app:hunter2canary@db/orders",
    )]))
    .unwrap();
    assert_eq!(plain.text.len(), 16);
    assert!(
        plain
            .url
            .as_deref()
            .is_some_and(|url| url.contains("hunter2canary"))
    );
    let table = plain.table().to_string();
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(!table.contains('\u{1b}'), "{table}");
    assert!(table.contains("postgres://app:secret@db/orders"), "{table}");
    let warnings: Vec<String> = plain.warnings().iter().map(ToString::to_string).collect();
    assert!(
        warnings[0].starts_with("URL holds a password"),
        "{warnings:?}"
    );
    let shown = format!(
        "{plain:?} {} {warnings:?}",
        serde_json::to_string(plain.items()).unwrap()
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_without_waiting_for_it() {
    let folder = Folder::new("no-file")
        .with_pipe("pipe")
        .with_pipe("pipe.toml")
        .with_link("link", "pipe")
        .with_link("zero", "/dev/zero")
        .with_link("zero.toml", "/dev/zero")
        .with_link("loop", "loop")
        .with_link("loop.toml", "loop.toml");
    std::fs::create_dir(folder.0.join("folder.toml")).unwrap();
    for name in ["pipe", "link", "zero", "loop", "folder.toml", "pipe/below"] {
        let path = folder.path(name);
        let variables = [("PASSWORD_FILE", path.as_str())];
        let sources = Sources::of_environment(variables).variables([("PASSWORD", "lower")]);
        let said = said(App::load_from(sources));
        let reason = "PASSWORD_FILE names a file that cannot be read: ";
        assert!(said.contains(reason), "{name}: {said}");
        let dotenv = Sources::empty().dotenv(&path);
        let said = self::said(App::load_from(dotenv));
        assert!(said.contains("cannot be read: "), "{name}: {said}");
    }
    for name in ["pipe.toml", "zero.toml", "loop.toml", "folder.toml"] {
        let path = folder.path(name);
        let said = said(App::load_from(Sources::of_environment([(
            "CONFIG_FILE",
            path.as_str(),
        )])));
        let reason = "CONFIG_FILE names a file that cannot be read: ";
        assert!(said.contains(reason), "{name}: {said}");
    }
    let files = Folder::new("no-file-2").with_pipe("PASSWORD");
    let sources = Sources::empty().folder(files.0.clone());
    let said = said(App::load_from(sources.variables([("PASSWORD", "lower")])));
    assert!(said.contains("PASSWORD cannot be read: "), "{said}");
}

#[test]
fn a_relative_path_is_one_of_the_working_directory() {
    let sources = Sources::of_environment([("NOTE_FILE", "Cargo.toml"), ("PASSWORD", "x")]);
    let app = App::load_from(sources).unwrap();
    let here = std::fs::read_to_string("Cargo.toml").unwrap();
    assert_eq!(app.note.as_deref(), here.strip_suffix('\n'));
    let note = app.items().last().unwrap();
    assert_eq!(note.origin().to_string(), "Cargo.toml");
}

#[test]
fn of_a_named_file_one_line_break_is_removed_and_nothing_else() {
    for (content, expected) in [
        ("pw", "pw"),
        ("pw\n", "pw"),
        ("pw\r\n", "pw"),
        ("pw\n\n", "pw\n"),
        ("pw\r\n\r\n", "pw\r\n"),
        ("pw\r", "pw\r"),
        ("\npw\n", "\npw"),
        (" pw \n", " pw "),
        ("\u{feff}pw", "\u{feff}pw"),
        ("\"pw\"\n", "\"pw\""),
        ("\n\n", "\n"),
    ] {
        let folder = Folder::new("breaks").with("pw", content);
        let path = folder.path("pw");
        let sources = Sources::of_environment([("PASSWORD_FILE", path.as_str())]);
        let app = App::load_from(sources).unwrap();
        assert_eq!(app.password.expose_secret(), expected, "{content:?}");
    }
}

#[test]
fn a_named_file_with_nothing_in_it_is_an_error_for_a_secret() {
    for content in ["", "\n", "\r\n"] {
        let folder = Folder::new("nothing").with("pw", content);
        let path = folder.path("pw");
        let sources = Sources::of_environment([("PASSWORD_FILE", path.as_str())])
            .variables([("PASSWORD", "lower")]);
        let said = said(App::load_from(sources));
        assert!(said.contains("PASSWORD is empty"), "{content:?}: {said}");
        assert!(said.contains(&path), "{content:?}: {said}");
    }
}
