//! Where a secret is found: where it belongs, and where a mistake puts it.

use std::ffi::OsString;

use api_utils::config::{Key, Origin, Source, SourceFault, Sources, Value};

use crate::config::support::Folder;

/// A source of the user's.
struct Vault(String);

impl Source for Vault {
    fn find(&self, key: &Key<'_>) -> Result<Option<Value>, SourceFault> {
        let secret = ["PASSWORD", "JWT_SECRET"].contains(&key.name());
        Ok(secret.then(|| Value::text(self.0.clone(), Origin::file("vault"))))
    }

    fn place(&self, _: &Key<'_>) -> String {
        "vault".to_owned()
    }
}

/// The secret where it belongs, and where a mistake puts it.
pub(super) fn sources(name: &str, secret: &str, folder: &Folder) -> Vec<(&'static str, Sources)> {
    let lower = name.to_ascii_lowercase();
    let quoted = serde_json::to_string(secret).unwrap();
    let file = |file: &str, content: &[u8]| {
        folder.write(file, content);
        folder.0.join(file)
    };
    let document = |number: u8, text: &str| {
        Sources::empty().document(file(&format!("{number}.toml"), text.as_bytes()))
    };
    let secrets = |inner: &str, content: &[u8]| {
        let inner = folder.0.join(inner);
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(inner.join(name), content).unwrap();
        inner
    };
    let bytes = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.push(0xff);
        bytes
    };
    let env = |pairs: &[(&str, &str)]| {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), OsString::from(*value));
        Sources::of_environment(pairs.iter().map(owned))
    };
    let named = format!("{name}_FILE");
    let path = file("named", secret.as_bytes()).display().to_string();
    let swapped = quoted.replace("\\n", " ");
    let credentials = secrets("good", secret.as_bytes()).display().to_string();
    let twice = secrets("twice", secret.as_bytes());
    std::fs::write(twice.join(&lower), secret).unwrap();
    vec![
        ("environment", env(&[(name, secret)])),
        ("named file", env(&[(&named, &path)])),
        (
            "folder",
            Sources::empty().folder(secrets("good", secret.as_bytes())),
        ),
        (
            "strict folder",
            Sources::empty()
                .folder(secrets("good", secret.as_bytes()))
                .strict(),
        ),
        (
            "bytes in a folder",
            Sources::empty().folder(secrets("bytes", &bytes(secret))),
        ),
        ("document", document(1, &format!("{lower} = {quoted}\n"))),
        (
            "strict document",
            document(1, &format!("{lower} = {quoted}\n")).strict(),
        ),
        (
            "list in a document",
            document(2, &format!("{lower} = [{quoted}, 7]\n")),
        ),
        (
            "table in a document",
            document(3, &format!("[{lower}]\nx = {quoted}\n")),
        ),
        (
            "key of a document",
            document(4, &format!("{swapped} = \"{lower}\"\n")),
        ),
        (
            "table of a document",
            document(5, &format!("[{swapped}]\n{lower} = 1\n")),
        ),
        (
            "misspelt key",
            document(6, &format!("{lower}s = {quoted}\n")),
        ),
        ("broken line", document(7, &format!("{lower} = {secret}\n"))),
        (
            "open quote",
            document(8, &format!("{lower} = \"{secret}\nport = 1\n")),
        ),
        (
            "line before",
            document(9, &format!("= 1\n{lower} = {quoted}\n")),
        ),
        (
            "twice",
            document(10, &format!("{lower} = {quoted}\n{lower} = {quoted}\n")),
        ),
        (
            "dotenv",
            Sources::empty().dotenv(file("a.env", format!("{name}='{secret}'").as_bytes())),
        ),
        (
            "bare dotenv",
            Sources::empty().dotenv(file("b.env", format!("{name}={secret}").as_bytes())),
        ),
        (
            "lost line of dotenv",
            Sources::empty().dotenv(file("c.env", secret.as_bytes())),
        ),
        ("path of a named file", env(&[(&named, secret)])),
        (
            "twice in dotenv",
            Sources::empty().dotenv(file(
                "d.env",
                format!("{name}='{secret}'\n{name}='{secret}'").as_bytes(),
            )),
        ),
        (
            "credentials",
            env(&[("CREDENTIALS_DIRECTORY", &credentials)]),
        ),
        ("two files", Sources::empty().folder(twice)),
        ("name of a variable", env(&[(secret, name)])),
        (
            "second line break",
            Sources::empty().folder(secrets("breaks", format!("{secret}\n\n").as_bytes())),
        ),
        ("both", env(&[(&named, &path), (name, secret)])),
        ("path of a document", env(&[("CONFIG_FILE", secret)])),
        ("path of a folder", env(&[("CONFIG_FOLDER", secret)])),
        (
            "path of credentials",
            env(&[("CREDENTIALS_DIRECTORY", secret)]),
        ),
        (
            "two that differ",
            env(&[(name, secret)]).variables([(name.to_owned(), secret.to_uppercase() + "other")]),
        ),
        (
            "source of the user's",
            Sources::empty().source(Vault(secret.to_owned())),
        ),
    ]
}
