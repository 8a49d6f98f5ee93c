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
fn a_named_pipe_is_refused_and_not_waited_for_and_a_file_without_a_size_is_read() {
    let folder = Folder::new("pipe");
    let pipe = folder.0.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let variables = [("PASSWORD_FILE", folder.path("pipe"))];
    let said = said(App::load_from(Sources::of_environment(variables)));
    let reason = "PASSWORD_FILE names a file that cannot be read: it is a folder or a device";
    assert!(said.contains(reason), "{said}");
    if std::path::Path::new("/proc/version").exists() {
        let variables = [("PASSWORD_FILE", "/proc/version")];
        let app = App::load_from(Sources::of_environment(variables)).unwrap();
        assert!(!app.password.expose_secret().is_empty());
    }
}

#[test]
fn a_relative_path_is_that_of_the_process() {
    let relative = "Cargo.toml";
    assert!(
        std::path::Path::new(relative).exists(),
        "cargo runs tests in the package"
    );
    let variables = [("PASSWORD_FILE", relative)];
    let app = App::load_from(Sources::of_environment(variables)).unwrap();
    assert!(app.password.expose_secret().contains("api-utils-tests"));
    assert_eq!(app.items()[0].origin().to_string(), relative);
}
