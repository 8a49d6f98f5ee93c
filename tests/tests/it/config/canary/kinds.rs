//! What can be wrong with a secret, a struct each; and all that can be printed of a load.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::panic::AssertUnwindSafe;

use api_utils::config::{FromValue, ItemValue, Loaded, Problems, Refusal, Report, Sources, Value};
use api_utils::secret::SecretSlice;
use api_utils::{Config, ExposeSecret as _, JwtConfig, SecretBox, SecretString, SecretUrl};

/// A load, under its name: the second argument asks for the text of a panic as well.
pub(super) type Kind = (&'static str, fn(Sources, bool) -> Outputs);

/// A report or a configuration, in everything that can be printed of it.
pub(super) type Outputs = Vec<(&'static str, String)>;

pub(super) fn outputs<T>(loaded: Result<Loaded<T>, Report>, unwrapped: bool) -> Outputs {
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
            outputs.push(("Display", format!("{report} {report:#}")));
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

        pub(super) const KINDS: &[Kind] =
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
    Former { #[config(alias = "PASSWORD")] passphrase: SecretString, };
    Now { #[config(default = true)] on: bool,
          #[config(required_if = on)] password: Option<SecretString>,
          #[config(required_if = on)] other: Option<SecretString>, };
    Map { password: BTreeMap<String, SecretString>, };
    Bytes { password: SecretSlice<u8>, };
    Blank { #[config(non_empty)] password: SecretString, };
    Parsed { password: SecretBox<Repeating>, };
    Partly { #[config(flatten)] login: Option<Login>, };
    PlainNumber { password: u16, };
    PlainBool { password: Option<bool>, };
    PlainTime { password: std::time::Duration, };
    PlainParsed { #[config(parse)] password: Repeating, };
    PlainList { #[config(delimiter = ",")] password: Vec<u8>, };
    Jwt { #[config(name = "PASSWORD_OF_NOBODY", default = 0)] other: u8,
          #[config(flatten)] jwt: JwtConfig, };
}

#[derive(Config)]
#[config(section)]
#[expect(dead_code, reason = "only what is said of it is tested")]
struct Login {
    user: String,
    password: SecretString,
}

/// What no text is, and whose parser repeats what it got.
struct Repeating;

impl std::str::FromStr for Repeating {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Err(format!("`{text}` is nothing"))
    }
}

impl secrecy::zeroize::Zeroize for Repeating {
    fn zeroize(&mut self) {}
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
