//! The folder with one file per setting, which `CONFIG_FOLDER` names.

use std::fs;

use api_utils::config::{Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::GOOD_SECRET;
use super::support::Folder;

#[derive(Config)]
struct Files {
    jwt_secret: SecretString,
    #[config(default = "none")]
    greeting: String,
}

impl Folder {
    fn load(&self, more: &[(&str, &str)]) -> Result<api_utils::config::Loaded<Files>, Report> {
        let folder = self.0.to_str().unwrap().to_owned();
        let more = more
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let variables = [("CONFIG_FOLDER".to_owned(), folder)]
            .into_iter()
            .chain(more);
        Files::load_from(Sources::of_environment(variables))
    }
}

#[test]
fn a_file_beats_the_environment_and_both_beat_the_default() {
    let folder = Folder::new("order")
        .with("GREETING", "file\n")
        .with("JWT_SECRET", GOOD_SECRET);
    let files = folder.load(&[("GREETING", "environment")]).unwrap();
    assert_eq!(files.greeting, "file");
    let item = &files.items()[1];
    assert_eq!(item.from(), "file");
    assert_eq!(
        item.origin().to_string(),
        folder.0.join("GREETING").display().to_string()
    );
    assert_eq!(files.warnings().len(), 1, "{:?}", files.warnings());

    let folder = Folder::new("order-2").with("JWT_SECRET", GOOD_SECRET);
    let files = folder.load(&[("GREETING", "environment")]).unwrap();
    assert_eq!(files.greeting, "environment");
    assert_eq!(folder.load(&[]).unwrap().greeting, "none");
}

#[test]
fn exactly_one_line_break_at_the_end_is_removed() {
    for (content, expected) in [
        ("a", "a"),
        ("a\n", "a"),
        ("a\r\n", "a"),
        ("a\n\n", "a\n"),
        ("a\r", "a\r"),
        (" a ", " a "),
        ("a\nb\n", "a\nb"),
    ] {
        let folder = Folder::new("line")
            .with("JWT_SECRET", GOOD_SECRET)
            .with("GREETING", content);
        assert_eq!(folder.load(&[]).unwrap().greeting, expected, "{content:?}");
    }
    let folder = Folder::new("line-2").with("JWT_SECRET", format!("{GOOD_SECRET}\n"));
    assert_eq!(
        folder.load(&[]).unwrap().jwt_secret.expose_secret(),
        GOOD_SECRET
    );
}

#[test]
fn a_secret_file_that_is_no_good_is_refused_even_where_a_variable_is() {
    for (content, reason) in [
        (&b""[..], "is empty"),
        (&b"\n"[..], "is empty"),
        (&b"  \n"[..], "is blank"),
        (
            &b"hunter2-hunter2-hunter2-hunter2-\xff"[..],
            "is not UTF-8 text",
        ),
        (&[b'x'; 64 * 1024 + 1][..], "is larger than 64 KiB"),
    ] {
        let folder = Folder::new("bad").with("JWT_SECRET", content);
        let report = folder.load(&[("JWT_SECRET", GOOD_SECRET)]).err().unwrap();
        let said = report.to_string();
        assert!(said.contains(&format!("JWT_SECRET {reason}")), "{said}");
        assert!(
            said.contains(folder.0.join("JWT_SECRET").to_str().unwrap()),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_refused() {
    let folder = Folder::new("nested").with("JWT_SECRET", GOOD_SECRET);
    fs::create_dir(folder.0.join("GREETING")).unwrap();
    let report = folder.load(&[]).err().unwrap();
    assert!(
        report.to_string().contains("GREETING cannot be read"),
        "{report}"
    );
}

#[test]
fn a_config_folder_that_is_none_is_refused() {
    for (folder, reason) in [
        ("/no/such/folder", "is not there"),
        ("/dev/null", "is not a folder"),
    ] {
        let variables = [("CONFIG_FOLDER", folder), ("JWT_SECRET", GOOD_SECRET)];
        let report = Files::load_from(Sources::of_environment(variables))
            .err()
            .unwrap();
        let said = report.to_string();
        assert!(
            said.contains(&format!("CONFIG_FOLDER names a folder that {reason}")),
            "{said}"
        );
        assert!(
            said.contains("environment variable CONFIG_FOLDER"),
            "{said}"
        );
    }
}

#[test]
fn a_missing_setting_says_where_it_was_looked_for() {
    let folder = Folder::new("missing");
    let said = folder.load(&[]).err().unwrap().to_string();
    let file = folder.0.join("JWT_SECRET").display().to_string();
    let places = format!("looked in  {file}, environment variable JWT_SECRET");
    assert!(said.contains(&places), "{said}");
    assert!(said.contains("openssl rand -base64 32"), "{said}");
}

#[cfg(unix)]
#[test]
fn one_load_sees_one_generation_of_a_kubernetes_folder() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("kubernetes");
    let generation = folder.0.join("..2026_11_24");
    fs::create_dir(&generation).unwrap();
    fs::write(generation.join("JWT_SECRET"), GOOD_SECRET).unwrap();
    symlink("..2026_11_24", folder.0.join("..data")).unwrap();
    symlink("..data/JWT_SECRET", folder.0.join("JWT_SECRET")).unwrap();

    let opened = Sources::empty().folder(folder.0.clone());
    // The swap that Kubernetes makes, between the opening and the reading.
    let next = folder.0.join("..2026_11_25");
    fs::create_dir(&next).unwrap();
    fs::write(
        next.join("JWT_SECRET"),
        "next-generation-of-the-secret-0123456789",
    )
    .unwrap();
    fs::remove_file(folder.0.join("..data")).unwrap();
    symlink("..2026_11_25", folder.0.join("..data")).unwrap();

    let files = Files::load_from(opened).unwrap();
    assert_eq!(files.jwt_secret.expose_secret(), GOOD_SECRET);
    let shown = files.items()[0].origin().to_string();
    assert_eq!(shown, folder.0.join("JWT_SECRET").display().to_string());
}

#[test]
fn the_name_of_a_file_is_that_of_the_setting_in_any_case_and_with_dashes() {
    for name in ["JWT_SECRET", "jwt_secret", "jwt-secret", "Jwt-Secret"] {
        let folder = Folder::new("spelt").with(name, GOOD_SECRET);
        let files = folder.load(&[]).unwrap();
        assert_eq!(files.jwt_secret.expose_secret(), GOOD_SECRET);
        let origin = files.items()[0].origin().to_string();
        assert_eq!(origin, folder.path(name));
    }
    // Not without its underscore, nor with an extension.
    for name in ["jwtsecret", "jwt.secret", "JWT_SECRET.txt", ".JWT_SECRET"] {
        let folder = Folder::new("misspelt").with(name, GOOD_SECRET);
        assert!(folder.load(&[]).is_err(), "{name}");
    }
}

#[test]
fn two_files_of_one_setting_are_refused_whatever_they_hold() {
    for other in ["jwt_secret", "jwt-secret", "JWT-SECRET"] {
        let folder = Folder::new("double")
            .with("JWT_SECRET", GOOD_SECRET)
            .with(other, GOOD_SECRET);
        let said = folder.load(&[]).err().unwrap().to_string();
        assert!(said.contains("JWT_SECRET is in two files, "), "{said}");
        assert!(said.contains(other), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_does_not_fall_through_to_the_environment() {
    let folder = Folder::new("dangling").with_link("JWT_SECRET", "gone");
    let report = folder.load(&[("JWT_SECRET", GOOD_SECRET)]).err().unwrap();
    let said = report.to_string();
    assert!(
        said.contains("JWT_SECRET cannot be read: it is a link to nothing"),
        "{said}"
    );
    // One that no setting asks for is nobody's problem.
    let folder = Folder::new("dangling-2")
        .with("JWT_SECRET", GOOD_SECRET)
        .with_link("OTHER", "gone");
    assert!(folder.load(&[]).is_ok());
}

#[test]
fn hidden_files_and_folders_inside_are_not_warned_of() {
    let folder = Folder::new("others")
        .with("JWT_SECRET", GOOD_SECRET)
        .with(".gitkeep", "");
    fs::create_dir(folder.0.join("sub")).unwrap();
    fs::create_dir(folder.0.join("..2026_11_24")).unwrap();
    assert!(folder.load(&[]).unwrap().warnings().is_empty());
}

#[test]
fn the_credentials_of_systemd_are_a_folder_like_any() {
    let folder = Folder::new("credentials").with("jwt-secret", format!("{GOOD_SECRET}\n"));
    folder.mode("jwt-secret", 0o400);
    let path = folder.0.to_str().unwrap();
    let sources = Sources::of_environment([("CREDENTIALS_DIRECTORY", path)]);
    let files = Files::load_from(sources.strict()).unwrap();
    assert_eq!(files.jwt_secret.expose_secret(), GOOD_SECRET);
    assert_eq!(files.items()[0].from(), "file");
    for (folder, reason) in [
        ("/no/such/folder", "is not there"),
        ("/dev/null", "is not a folder"),
    ] {
        let variables = [
            ("CREDENTIALS_DIRECTORY", folder),
            ("JWT_SECRET", GOOD_SECRET),
        ];
        let loaded = Files::load_from(Sources::of_environment(variables));
        let said = loaded.err().unwrap().to_string();
        let reason = format!("CREDENTIALS_DIRECTORY names a folder that {reason}");
        assert!(said.contains(&reason), "{said}");
    }
}

#[test]
fn a_second_line_break_stays_and_is_told() {
    #[derive(Config)]
    #[config(no_jwt_secret = "only files are tested")]
    struct Password {
        password: SecretString,
    }
    let folder = Folder::new("breaks").with("PASSWORD", "hunter2canary\n\n");
    let loaded = Password::load_from(Sources::empty().folder(folder.0.clone())).unwrap();
    assert_eq!(loaded.password.expose_secret(), "hunter2canary\n");
    let warnings: Vec<String> = loaded.warnings().iter().map(ToString::to_string).collect();
    let file = folder.path("PASSWORD");
    assert_eq!(
        warnings,
        [format!(
            "PASSWORD ends in a line break, which stays, in {file}"
        )]
    );
    // In the environment it is nobody's accident.
    let variables = [("PASSWORD", "hunter2canary\n")];
    let loaded = Password::load_from(Sources::of_environment(variables)).unwrap();
    assert!(loaded.warnings().is_empty());
}
