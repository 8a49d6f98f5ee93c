//! No secret leaves by any path: secrets of every shape, in every source, refused for every
//! reason, looked for in everything that can be printed or was logged.

use std::collections::HashSet;
use std::error::Error as _;
use std::ffi::OsString;
use std::panic::AssertUnwindSafe;

use api_utils::config::{
    FromValue, ItemValue, Key, Loaded, Origin, Problems, Refusal, Report, Source, SourceFault,
    Sources, Value,
};
use api_utils::{Config, ExposeSecret as _, JwtConfig, SecretBox, SecretString, SecretUrl};
use base64::Engine as _;

use super::support::Folder;

/// None of their eight bytes in a row stands in a text of ours.
const SHAPES: [&str; 14] = [
    "hunter2canary0815",
    "9182736455463728",
    "0012345678901",
    "1e57351914",
    "q\"u\\o'te-canary-7351",
    "line1-canary-4711\nline2-canary-1174",
    "pässwörd-cänary-🔑-0815",
    "p@ss:w/rd?canary#42=%40%2F",
    "postgres://app:hunter2canary@db:5432/x?y=z",
    "comma,canary-5566,comma",
    "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3SaKANARI",
    "{\"k\":\"canary-8844\"}",
    "x = \"canary-9911\"",
    "  spaced canary 0815  ",
];

/// A report or a configuration, in everything that can be printed of it.
type Outputs = Vec<(&'static str, String)>;

fn outputs<T>(loaded: Result<Loaded<T>, Report>, unwrapped: bool) -> Outputs {
    let mut outputs = Vec::new();
    match loaded {
        Ok(loaded) => {
            outputs.push(("Debug", format!("{loaded:?} {:?}", loaded.items())));
            outputs.push(("pretty Debug", format!("{loaded:#?}")));
            outputs.push(("JSON", serde_json::to_string(loaded.items()).unwrap()));
            outputs.push(("table", loaded.table().to_string()));
            outputs.push(("warnings", text_of(loaded.warnings())));
        }
        Err(report) => {
            outputs.push(("Display", report.to_string()));
            outputs.push(("Debug", format!("{report:?} {:?}", report.problems())));
            outputs.push((
                "pretty Debug",
                format!("{report:#?} {:#?}", report.warnings()),
            ));
            outputs.push(("warnings", text_of(report.warnings())));
            let mut source = report.source();
            while let Some(error) = source {
                outputs.push(("source", format!("{error} {error:?}")));
                source = error.source();
            }
            if !unwrapped {
                return outputs;
            }
            let unwrap = AssertUnwindSafe(|| refused(report).unwrap());
            let panic = std::panic::catch_unwind(unwrap).unwrap_err();
            outputs.push(("panic", *panic.downcast::<String>().unwrap()));
        }
    }
    outputs
}

fn refused(report: Report) -> Result<(), Report> {
    Err(report)
}

fn text_of(warnings: &[api_utils::config::Warning]) -> String {
    warnings
        .iter()
        .map(|one| format!("{one} {one:?}\n"))
        .collect()
}

macro_rules! kinds {
    ($($kind:ident { $($field:tt)* } $(validate = $check:ident)?;)*) => {
        $(
            #[derive(Config)]
            #[config(no_jwt_secret = "only what is said is tested" $(, validate = $check)?)]
            #[expect(dead_code, reason = "only what is said of it is tested")]
            struct $kind {
                $($field)*
                /// What a plain setting shows, and holds a secret all the same.
                note: Option<String>,
            }
        )*

        const KINDS: &[(&str, fn(Sources, bool) -> Outputs)] =
            &[$((stringify!($kind), |sources, unwrapped| outputs($kind::load_from(sources), unwrapped))),*];
    };
}

kinds! {
    Plain { password: SecretString, };
    Optional { password: Option<SecretString>, };
    Number { password: SecretBox<u64>, };
    Url { password: SecretUrl, };
    Strong { #[config(strength)] password: SecretString, };
    Short { #[config(len = 1..3)] password: SecretString, };
    Talkative { #[config(validate = talkative)] password: SecretString, };
    Echo { password: Echoing, };
    Whole { password: SecretString, } validate = tell;
    List { #[config(delimiter = ",")] password: Vec<SecretString>, };
    Array { password: Vec<SecretString>, };
    Neighbour { password: SecretString, absent: u16, };
    Jwt { #[config(name = "PASSWORD_OF_NOBODY", default = 0)] other: u8,
          #[config(flatten)] jwt: JwtConfig, };
}

fn talkative(password: &SecretString) -> Result<(), String> {
    Err(format!("is {}, of all things", password.expose_secret()))
}

fn tell(config: &Whole, problems: &mut Problems<'_, '_>) {
    let secret = config.password.expose_secret();
    problems.refuse(
        "PASSWORD",
        format!("is <{secret}>"),
        format!("not {secret}"),
    );
    problems.warn("PASSWORD", format!("was {secret}"));
}

/// A secret type whose reader repeats what it got.
struct Echoing;

impl FromValue for Echoing {
    const EXPECTED: &'static str = "an echo";
    const SECRET: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        Err(Refusal::because(format!("echoes {:?}", value.as_text())))
    }

    fn show(&self) -> ItemValue {
        "never called".into()
    }
}

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
fn sources(name: &str, secret: &str, folder: &Folder) -> Vec<(&'static str, Sources)> {
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

/// Every eight bytes of the secret, of its base64, of its hex, of its percent-decoded form.
struct Canary {
    windows: HashSet<Vec<u8>>,
}

impl Canary {
    fn of(secret: &str) -> Self {
        let bytes = secret.as_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
        let forms = [
            bytes.to_vec(),
            percent_decoded(bytes),
            base64.trim_end_matches('=').as_bytes().to_vec(),
            hex.to_uppercase().into_bytes(),
            hex.into_bytes(),
            secret.escape_debug().to_string().into_bytes(),
            serde_json::to_string(secret).unwrap().into_bytes(),
            secret.trim().to_uppercase().into_bytes(),
        ];
        let windows = forms.iter().flat_map(|form| form.windows(8));
        Self {
            windows: windows.map(<[u8]>::to_vec).collect(),
        }
    }

    fn leak(&self, output: &str) -> Option<String> {
        let mut windows = output.as_bytes().windows(8);
        let found = windows.find(|window| self.windows.contains(*window))?;
        Some(String::from_utf8_lossy(found).into_owned())
    }
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = bytes;
    while let [first, others @ ..] = rest {
        let hex = std::str::from_utf8(others.get(..2).unwrap_or_default()).unwrap_or_default();
        match u8::from_str_radix(hex, 16) {
            Ok(byte) if *first == b'%' => {
                decoded.push(byte);
                rest = &others[2..];
            }
            _ => {
                decoded.push(*first);
                rest = others;
            }
        }
    }
    decoded
}

#[test]
fn no_secret_leaves_by_any_path() {
    api_utils_tests::hear_events();
    let logs = Logs::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(logs.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, search);
    let logged = String::from_utf8_lossy(&logs.0.lock().unwrap()).into_owned();
    assert!(logged.contains("the search is over"), "{logged}");
    for secret in SHAPES {
        assert_eq!(Canary::of(secret).leak(&logged), None, "{secret:?}");
    }
}

/// What was logged.
#[derive(Clone, Default)]
struct Logs(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Logs {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn search() {
    let folder = Folder::new("birds");
    let (mut seen, mut refused, mut leaks) = (0, 0, Vec::new());
    for secret in SHAPES {
        let canary = Canary::of(secret);
        for (kind, load) in KINDS {
            let name = if *kind == "Jwt" {
                "JWT_SECRET"
            } else {
                "PASSWORD"
            };
            for (place, sources) in sources(name, secret, &folder) {
                let sources = sources.variables([
                    ("JWT_ISSUER", "https://id.example.org"),
                    ("JWT_AUDIENCE", "orders"),
                ]);
                // A line that is lost may be a good one for another variable; nothing reads it.
                let sources = match place {
                    "lost line of dotenv" => sources,
                    _ => sources.variables([("NOTE", secret)]),
                };
                let printed = format!("{sources:?}");
                // One text of a panic a secret and kind: it is the `Debug` of the report.
                let mut all = load(sources, place == "bytes in a folder");
                all.push(("sources", printed));
                refused += usize::from(all.iter().any(|(output, _)| *output == "Display"));
                for (output, text) in all {
                    seen += 1;
                    if let Some(window) = canary.leak(&text) {
                        leaks.push(format!(
                            "{window:?} of {secret:?} as {kind} from {place} in {output}: {text}"
                        ));
                    }
                }
            }
        }
    }
    tracing::info!("the search is over");
    println!("{seen} outputs of {refused} refused and other loads searched");
    assert!(
        leaks.is_empty(),
        "{} leaks, the first: {}",
        leaks.len(),
        leaks[0]
    );
    assert!(seen > 20_000 && refused > 2_000, "{seen} {refused}");
}

#[test]
fn a_deliberate_leak_is_found() {
    #[derive(Config)]
    #[config(no_jwt_secret = "a leak")]
    #[expect(dead_code, reason = "only what is said of it is tested")]
    struct Leaky {
        label: String,
    }
    for secret in SHAPES {
        let canary = Canary::of(secret);
        let sources = Sources::of_environment([("LABEL", secret)]);
        let found = outputs(Leaky::load_from(sources), false)
            .iter()
            .filter(|(_, text)| canary.leak(text).is_some())
            .count();
        assert!(found >= 3, "{secret:?}: {found}");
        let encoded = base64::engine::general_purpose::STANDARD.encode(secret);
        assert!(canary.leak(&format!("was {encoded}")).is_some());
    }
}
