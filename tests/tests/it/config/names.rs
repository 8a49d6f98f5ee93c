//! Which name is which setting, and what a field may be called besides.

use api_utils::config::Sources;
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::GOOD_SECRET;

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

#[cfg(unix)]
#[test]
fn a_path_that_is_not_utf8_is_refused_by_its_name() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    #[derive(Config)]
    #[config(no_jwt_secret = "only paths are tested")]
    struct Paths {
        store: std::path::PathBuf,
    }
    let load = |bytes: &[u8]| {
        let path = OsString::from_vec(bytes.to_vec());
        Paths::load_from(Sources::of_environment([("STORE", path)]))
    };
    let said = load(b"/srv/hunter2\xff").err().unwrap().to_string();
    assert!(said.contains("STORE is not UTF-8 text"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
    let paths = load("/srv/ä b".as_bytes()).unwrap();
    assert_eq!(paths.store, std::path::Path::new("/srv/ä b"));
}
