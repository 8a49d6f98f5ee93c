//! Many structs of settings, of every mix of types, defaults, former names and sections, each with
//! a description of its settings for a model.

use std::time::Duration;

use api_utils::config::{FromValue, Loaded, Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

/// What values a setting takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Number,
    Text,
    Flag,
    Span,
    List,
    Numbers,
    Secret,
}

impl Kind {
    pub(super) const ALL: [Self; 7] = [
        Self::Number,
        Self::Text,
        Self::Flag,
        Self::Span,
        Self::List,
        Self::Numbers,
        Self::Secret,
    ];

    /// The text of one value; of zero the empty one, but of a secret, which may not be.
    pub(super) fn text(self, pick: u8) -> String {
        match self {
            Self::Secret => format!("canary of {pick}"),
            _ if pick == 0 => String::new(),
            Self::Number => pick.to_string(),
            Self::Text => format!("text of {pick}"),
            Self::Flag => (pick & 1 == 0).to_string(),
            Self::Span => format!("{pick}s"),
            Self::List => format!("a{pick},b"),
            Self::Numbers => format!("{pick},7"),
        }
    }

    /// As a document has it, typed where it can be.
    pub(super) fn in_document(self, text: &str) -> String {
        match self {
            _ if text.is_empty() => "\"\"".to_owned(),
            Self::Number | Self::Flag => text.to_owned(),
            Self::Numbers => format!("[{text}]"),
            Self::List => format!("[\"{}\"]", text.replace(',', "\", \"")),
            Self::Text | Self::Span | Self::Secret => format!("\"{text}\""),
        }
    }
}

/// A setting of a struct, as the model knows it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) former: Option<String>,
    pub(super) kind: Kind,
    pub(super) default: Option<&'static str>,
    pub(super) optional: bool,
}

/// A setting that was loaded, as the field and as its item has it.
pub(super) struct Seen {
    pub(super) name: String,
    pub(super) value: Option<String>,
    pub(super) shown: String,
    pub(super) from: &'static str,
    pub(super) origin: String,
    pub(super) overridden: usize,
}

/// A field, which is a setting or a section.
trait Part {
    fn values(&self) -> Vec<Option<String>>;
}

trait Section: Part {
    fn rows(prefix: &str) -> Vec<Row>;
}

macro_rules! parts {
    ($($type:ty: $text:expr;)*) => {$(
        impl Part for $type {
            fn values(&self) -> Vec<Option<String>> {
                let text: fn(&Self) -> Option<String> = $text;
                vec![text(self)]
            }
        }
        impl Part for Option<$type> {
            fn values(&self) -> Vec<Option<String>> {
                self.as_ref().map_or(vec![None], Part::values)
            }
        }
    )*};
}

parts! {
    u16: |number| Some(number.to_string());
    bool: |flag| Some(flag.to_string());
    String: |text| Some(text.clone());
    Duration: |span| Some(format!("{}s", span.as_secs()));
    Vec<String>: |list| Some(list.join(","));
    Vec<u16>: |list| Some(list.iter().map(u16::to_string).collect::<Vec<_>>().join(","));
    SecretString: |secret| Some(secret.expose_secret().to_owned());
}

fn seen<T: Part>(loaded: Result<Loaded<T>, Report>) -> Result<Vec<Seen>, Vec<String>> {
    let loaded = loaded.map_err(|report| {
        let settings = report.problems().iter().map(|one| one.setting().to_owned());
        settings.collect::<Vec<_>>()
    })?;
    let seen = loaded
        .items()
        .iter()
        .zip(loaded.values())
        .map(|(item, value)| Seen {
            name: item.name().to_owned(),
            value,
            shown: item.value().to_string(),
            from: item.from(),
            origin: item.origin().to_string(),
            overridden: item.overridden().len(),
        });
    Ok(seen.collect())
}

/// One struct of fields `f0`, `f1`, …, of the kinds that are listed.
///
/// A kind becomes the field's attributes, its type, and its rows for the model. `$name` is the
/// setting's, `$old` its former name's, `$in` what stands before the names of a section.
macro_rules! fields {
    // Settings, of every type: required, optional, with a default, with a former name.
    (@ $to:tt $slots:tt $done:tt number $($k:tt)*) => { fields!(@one $to $slots $done [] [u16] Number None $($k)*); };
    (@ $to:tt $slots:tt $done:tt maybe_number $($k:tt)*) => { fields!(@one $to $slots $done [] [Option<u16>] Number None $($k)*); };
    (@ $to:tt $slots:tt $done:tt number_or $($k:tt)*) => { fields!(@one $to $slots $done [#[config(default = 7)]] [u16] Number (Some("7")) $($k)*); };
    (@ $to:tt $slots:tt $done:tt text $($k:tt)*) => { fields!(@one $to $slots $done [] [String] Text None $($k)*); };
    (@ $to:tt $slots:tt $done:tt maybe_text $($k:tt)*) => { fields!(@one $to $slots $done [] [Option<String>] Text None $($k)*); };
    (@ $to:tt $slots:tt $done:tt text_or $($k:tt)*) => { fields!(@one $to $slots $done [#[config(default = "built in")]] [String] Text (Some("built in")) $($k)*); };
    (@ $to:tt $slots:tt $done:tt flag $($k:tt)*) => { fields!(@one $to $slots $done [] [bool] Flag None $($k)*); };
    (@ $to:tt $slots:tt $done:tt flag_or $($k:tt)*) => { fields!(@one $to $slots $done [#[config(default = true)]] [bool] Flag (Some("true")) $($k)*); };
    (@ $to:tt $slots:tt $done:tt span $($k:tt)*) => { fields!(@one $to $slots $done [] [Duration] Span None $($k)*); };
    (@ $to:tt $slots:tt $done:tt span_or $($k:tt)*) => { fields!(@one $to $slots $done [#[config(default = "1m 30s")]] [Duration] Span (Some("90s")) $($k)*); };
    (@ $to:tt $slots:tt $done:tt list $($k:tt)*) => { fields!(@one $to $slots $done [#[config(delimiter = ",")]] [Vec<String>] List None $($k)*); };
    (@ $to:tt $slots:tt $done:tt list_or $($k:tt)*) => { fields!(@one $to $slots $done [#[config(delimiter = ",", default = "x,y")]] [Vec<String>] List (Some("x,y")) $($k)*); };
    (@ $to:tt $slots:tt $done:tt numbers $($k:tt)*) => { fields!(@one $to $slots $done [#[config(delimiter = ",")]] [Vec<u16>] Numbers None $($k)*); };
    (@ $to:tt $slots:tt $done:tt maybe_numbers $($k:tt)*) => { fields!(@one $to $slots $done [#[config(delimiter = ",")]] [Option<Vec<u16>>] Numbers None $($k)*); };
    (@ $to:tt $slots:tt $done:tt secret $($k:tt)*) => { fields!(@one $to $slots $done [] [SecretString] Secret None $($k)*); };
    (@ $to:tt $slots:tt $done:tt maybe_secret $($k:tt)*) => { fields!(@one $to $slots $done [] [Option<SecretString>] Secret None $($k)*); };
    (@ $to:tt $slots:tt $done:tt former $($k:tt)*) => { fields!(@old $to $slots $done [] [Option<String>] Text None $($k)*); };
    (@ $to:tt $slots:tt $done:tt former_or $($k:tt)*) => { fields!(@old $to $slots $done [#[config(default = 7)]] [u16] Number (Some("7")) $($k)*); };
    (@ $to:tt $slots:tt $done:tt former_secret $($k:tt)*) => { fields!(@old $to $slots $done [] [Option<SecretString>] Secret None $($k)*); };
    // Sections: below a prefix, below the field's own name, below nothing.
    (@ $to:tt [($f:ident $name:literal $old:literal $in:literal) $($slots:tt)*] [$($done:tt)*] (prefixed $t:ident) $($k:tt)*) => {
        fields!(@ $to [$($slots)*] [$($done)* { [#[config(flatten, prefix = $in)]] $f [$t] (|at: &str| <$t as Section>::rows(&format!("{at}{}", $in))) }] $($k)*);
    };
    (@ $to:tt [($f:ident $name:literal $old:literal $in:literal) $($slots:tt)*] [$($done:tt)*] (nested $t:ident) $($k:tt)*) => {
        fields!(@ $to [$($slots)*] [$($done)* { [#[config(nested)]] $f [$t] (|at: &str| <$t as Section>::rows(&format!("{at}{}_", $name))) }] $($k)*);
    };
    (@ $to:tt [($f:ident $name:literal $old:literal $in:literal) $($slots:tt)*] [$($done:tt)*] (flat $t:ident) $($k:tt)*) => {
        fields!(@ $to [$($slots)*] [$($done)* { [#[config(flatten)]] $f [$t] (<$t as Section>::rows) }] $($k)*);
    };
    (@one $to:tt [($f:ident $name:literal $old:literal $in:literal) $($slots:tt)*] [$($done:tt)*] [$($attr:tt)*] [$($type:tt)*] $kind:ident $default:tt $($k:tt)*) => {
        fields!(@ $to [$($slots)*] [$($done)* { [$($attr)*] $f [$($type)*] (|at: &str| vec![Row {
            name: format!("{at}{}", $name),
            former: None,
            kind: Kind::$kind,
            default: $default,
            optional: <$($type)* as FromValue>::OPTIONAL,
        }]) }] $($k)*);
    };
    (@old $to:tt [($f:ident $name:literal $old:literal $in:literal) $($slots:tt)*] [$($done:tt)*] [$($attr:tt)*] [$($type:tt)*] $kind:ident $default:tt $($k:tt)*) => {
        fields!(@ $to [$($slots)*] [$($done)* { [$($attr)* #[config(alias = $old)]] $f [$($type)*] (|at: &str| vec![Row {
            name: format!("{at}{}", $name),
            former: Some(format!("{at}{}", $old)),
            kind: Kind::$kind,
            default: $default,
            optional: <$($type)* as FromValue>::OPTIONAL,
        }]) }] $($k)*);
    };
    // All kinds are read.
    (@ ([$($head:tt)*] $struct:ident) $slots:tt [$({ [$($attr:tt)*] $f:ident [$($type:tt)*] $rows:tt })*]) => {
        #[derive(Config)]
        #[config($($head)*)]
        struct $struct { $($($attr)* $f: $($type)*,)* }

        impl Part for $struct {
            fn values(&self) -> Vec<Option<String>> {
                [$(self.$f.values()),*].concat()
            }
        }

        impl Section for $struct {
            fn rows(prefix: &str) -> Vec<Row> {
                [$(($rows)(prefix)),*].concat()
            }
        }
    };
}

macro_rules! sections {
    ($($struct:ident [$($kind:tt)*])*) => {
        $(fields!(@ ([section] $struct) [
            (g0 "G0" "OLD_G0" "IN_0_") (g1 "G1" "OLD_G1" "IN_1_") (g2 "G2" "OLD_G2" "IN_2_") (g3 "G3" "OLD_G3" "IN_3_")
            (g4 "G4" "OLD_G4" "IN_4_") (g5 "G5" "OLD_G5" "IN_5_") (g6 "G6" "OLD_G6" "IN_6_") (g7 "G7" "OLD_G7" "IN_7_")
        ] [] $($kind)*);)*
    };
}

type Load = fn(Sources) -> Result<Vec<Seen>, Vec<String>>;

macro_rules! structs {
    ($($struct:ident [$($kind:tt)*])*) => {
        $(fields!(@ ([no_jwt_secret = "only precedence is tested"] $struct) [
            (f0 "F0" "OLD_F0" "IN_0_") (f1 "F1" "OLD_F1" "IN_1_") (f2 "F2" "OLD_F2" "IN_2_") (f3 "F3" "OLD_F3" "IN_3_")
            (f4 "F4" "OLD_F4" "IN_4_") (f5 "F5" "OLD_F5" "IN_5_") (f6 "F6" "OLD_F6" "IN_6_") (f7 "F7" "OLD_F7" "IN_7_")
        ] [] $($kind)*);)*

        /// The name of each, its rows below a prefix, and how it is loaded.
        pub(super) const STRUCTS: &[(&str, fn(&str) -> Vec<Row>, Load)] = &[
            $((stringify!($struct), <$struct as Section>::rows, |sources| seen($struct::load_from(sources)))),*
        ];
    };
}

sections! {
    Mail [text number_or maybe_secret]
    Store [former list span_or]
    Cache [maybe_number flag_or former_secret (prefixed Store)]
    Queue [numbers (nested Mail) text_or]
    Empty [maybe_text]
}

// The kinds are drawn, and written down so that a failure stays.
structs! {
    S00 [maybe_number flag_or former_secret former_or span_or text_or (prefixed Empty) (nested Store)]
    S01 [(flat Store) number maybe_number secret list_or (prefixed Empty) text_or]
    S02 [former_or text_or maybe_numbers maybe_text (prefixed Mail)]
    S03 [former_or secret maybe_secret (nested Queue) (flat Store)]
    S04 [(nested Store) list numbers]
    S05 [secret flag_or number maybe_numbers]
    S06 [list_or (flat Mail) (nested Queue) numbers text_or (prefixed Queue) number_or]
    S07 [span flag span_or (prefixed Queue) numbers]
    S08 [list_or former maybe_number maybe_numbers text_or (nested Queue) span_or]
    S09 [maybe_numbers (nested Queue) (prefixed Mail) flag]
    S10 [(prefixed Queue) maybe_numbers former_or (nested Empty)]
    S11 [(nested Cache) text list maybe_number former numbers]
    S12 [maybe_secret maybe_text former (prefixed Mail) text_or number former_secret]
    S13 [(nested Store) maybe_text text number (prefixed Queue) maybe_number number_or numbers]
    S14 [(nested Empty) number_or (prefixed Mail) secret]
    S15 [list_or former_or span (prefixed Cache)]
    S16 [text_or former maybe_text maybe_numbers span_or (flat Empty) flag_or]
    S17 [number numbers list_or]
    S18 [list_or (prefixed Empty) former_or maybe_text]
    S19 [maybe_numbers flag flag_or list (nested Queue) number (prefixed Mail) former_secret]
    S20 [span_or maybe_number number_or]
    S21 [maybe_numbers number_or (flat Queue) flag_or former_secret span_or (prefixed Cache)]
    S22 [text maybe_text maybe_secret span (flat Empty) text_or former_or]
    S23 [maybe_secret list_or number_or text_or (prefixed Cache) flag]
    S24 [maybe_number span_or maybe_numbers (nested Cache) number_or former former_or]
    S25 [former_or span (nested Empty) number flag_or span_or]
    S26 [maybe_number numbers secret flag number_or]
    S27 [numbers secret maybe_secret number number_or span_or]
    S28 [former_or maybe_text list list_or (flat Mail) (prefixed Mail) number flag_or]
    S29 [numbers former_or list_or (flat Queue) maybe_numbers text_or]
    S30 [former_secret (prefixed Queue) flag numbers span_or list former_or]
    S31 [maybe_secret (prefixed Empty) span_or (flat Mail) list_or]
    Nothing [maybe_text]
}
