//! What a secret is read into, and why it is refused there.

use std::collections::BTreeMap;

use api_utils::config::{FromValue, ItemValue, Problems, Refusal, Sources, Value};
use api_utils::secret::SecretSlice;
use api_utils::{Config, ExposeSecret as _, JwtConfig, SecretBox, SecretString, SecretUrl};

use super::outputs::{Outputs, outputs};

/// Loads one kind; the text of a panic is made where it is asked for.
pub(super) type Load = fn(Sources, bool) -> Outputs;

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

        pub(super) const KINDS: &[(&str, Load)] =
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
    Bytes { password: SecretSlice<u8>, };
    Map { password: BTreeMap<String, SecretString>, };
    Former { #[config(alias = "PASSWORD")] new_password: SecretString, };
    Sections { #[config(flatten)] section: Section, #[config(nested)] password: Option<Section>, };
    Jwt { #[config(name = "PASSWORD_OF_NOBODY", default = 0)] other: u8,
          #[config(flatten)] jwt: JwtConfig, };
}

#[derive(Config)]
#[config(section)]
#[expect(dead_code, reason = "only what is said of it is tested")]
struct Section {
    password: SecretString,
    other: u16,
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

/// Deliberate leaks: a secret that is plain text to us, shown by one and told by the other.
pub(super) const LEAKS: &[(&str, Load)] = &[
    ("Shown", |sources, unwrapped| {
        #[derive(Config)]
        #[config(no_jwt_secret = "a leak")]
        #[expect(dead_code, reason = "only what is said of it is tested")]
        struct Leak {
            password: Plainly<true>,
        }
        outputs(Leak::load_from(sources), unwrapped)
    }),
    ("Told", |sources, unwrapped| {
        #[derive(Config)]
        #[config(no_jwt_secret = "a leak")]
        #[expect(dead_code, reason = "only what is said of it is tested")]
        struct Leak {
            password: Plainly<false>,
        }
        outputs(Leak::load_from(sources), unwrapped)
    }),
];

struct Plainly<const TAKEN: bool>(String);

impl<const TAKEN: bool> FromValue for Plainly<TAKEN> {
    const EXPECTED: &'static str = "anything";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?;
        match TAKEN {
            true => Ok(Self(text.to_owned())),
            false => Err(Refusal::because(format!("is not {text}"))),
        }
    }

    fn show(&self) -> ItemValue {
        self.0.as_str().into()
    }
}
