//! Structs of random fields, drawn once, and what each says of itself to the model: the macro makes
//! both from the same line, so that the model reads nothing that the derive has made.

use std::path::PathBuf;
use std::time::Duration;

use api_utils::config::{Item, Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

/// A setting as the model sees it.
pub(super) struct Field {
    /// Its name, and behind it the former one.
    pub(super) names: Vec<String>,
    pub(super) default: Option<&'static str>,
    pub(super) optional: bool,
    /// What a source says for a number.
    pub(super) text: fn(u8) -> String,
}

/// What a load gave: each value as text, each item; or the report.
pub(super) type Outcome = Result<(Vec<Option<String>>, Vec<Item>), Report>;

/// A struct that can be loaded.
#[derive(Clone, Copy)]
pub(super) struct Root {
    pub(super) name: &'static str,
    pub(super) fields: fn() -> Vec<Field>,
    pub(super) load: fn(Sources) -> Outcome,
}

impl std::fmt::Debug for Root {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A type of which the values are known as text.
trait Known {
    const OPTIONAL: bool = false;

    /// What a source says.
    fn text(number: u8) -> String;
    /// What became of it, in the words of the source.
    fn known(&self) -> Option<String>;
}

macro_rules! known {
    ($($type:ty: |$number:ident| $text:expr, |$value:ident| $known:expr;)*) => {$(
        impl Known for $type {
            fn text($number: u8) -> String {
                $text
            }

            fn known(&self) -> Option<String> {
                let $value = self;
                Some($known)
            }
        }
    )*};
}

known! {
    u16: |number| number.to_string(), |value| value.to_string();
    i64: |number| (-5 - i64::from(number)).to_string(), |value| value.to_string();
    bool: |number| number.is_multiple_of(2).to_string(), |value| value.to_string();
    String: |number| format!("0{number}"), |value| value.clone();
    PathBuf: |number| format!("/srv/{number}"), |value| value.display().to_string();
    Duration: |number| format!("{number}s"), |value| format!("{}s", value.as_secs());
    SecretString: |number| format!("hidden-{number}"), |value| value.expose_secret().to_owned();
    Vec<String>: |number| format!("{number},x"), |value| value.join(",");
}

impl<T: Known> Known for Option<T> {
    const OPTIONAL: bool = true;

    fn text(number: u8) -> String {
        T::text(number)
    }

    fn known(&self) -> Option<String> {
        self.as_ref()?.known()
    }
}

/// A struct of the table.
trait Shape {
    fn fields(prefix: &str, into: &mut Vec<Field>);
    fn values(&self, into: &mut Vec<Option<String>>);
}

macro_rules! structs {
    ($(
        $name:ident [$($role:tt)*] $(prefix $prefix:literal)? {
            $($field:ident: $type:ty $(= $default:literal)? $(| $alias:literal)? $(=> $by:literal)?);*
        }
        $(+ nested { $($nested:ident: $inner:ident,)* })?
        $(+ flatten { $($before:literal $flat:ident: $flattened:ident,)* })?
    )*) => {$(
        #[derive(Config)]
        #[config($($role)* $(, prefix = $prefix)?)]
        struct $name {
            $(
                $(#[config(default = $default)])?
                $(#[config(alias = $alias)])?
                $(#[config(delimiter = $by)])?
                $field: $type,
            )*
            $($(#[config(nested)] $nested: $inner,)*)?
            $($(#[config(flatten, prefix = $before)] $flat: $flattened,)*)?
        }

        impl Shape for $name {
            fn fields(prefix: &str, into: &mut Vec<Field>) {
                let prefix = format!("{prefix}{}", concat!($($prefix)?));
                $(
                    let name = stringify!($field).to_uppercase();
                    let names = [name.as_str() $(, $alias)?];
                    into.push(Field {
                        names: names.iter().map(|name| format!("{prefix}{name}")).collect(),
                        default: [$($default)?].first().copied(),
                        optional: <$type as Known>::OPTIONAL,
                        text: <$type as Known>::text,
                    });
                )*
                $($({
                    let inner = stringify!($nested).to_uppercase();
                    $inner::fields(&format!("{prefix}{inner}_"), into);
                })*)?
                $($($flattened::fields(&format!("{prefix}{}", $before), into);)*)?
            }

            fn values(&self, into: &mut Vec<Option<String>>) {
                $(into.push(self.$field.known());)*
                $($(self.$nested.values(into);)*)?
                $($(self.$flat.values(into);)*)?
            }
        }
    )*};
}

macro_rules! roots {
    ($($name:ident)*) => {
        pub(super) const ROOTS: &[Root] = &[$(Root {
            name: stringify!($name),
            fields: || {
                let mut fields = Vec::new();
                $name::fields("", &mut fields);
                fields
            },
            load: |sources| {
                let loaded = $name::load_from(sources)?;
                let mut values = Vec::new();
                loaded.values(&mut values);
                Ok((values, loaded.items().to_vec()))
            },
        }),*];
    };
}

structs! {
    Alder [section] prefix "ORDER_" { cursor: u16 = "0"; image: PathBuf; horizon: Option<String>
        | "OLD_HORIZON"; meter: bool }
    Birch [section] { port: Duration = "90s"; relay: Option<u16> }
    Cedar [section] { tenant: Option<Duration>; stream: Option<PathBuf> }
    Elm [section] { address: Option<String>; relay: Option<u16>; matrix: Duration = "90s" }
        + nested { circle: Birch, }
    Fir [section] { host: Option<SecretString>; length: Option<PathBuf> | "OLD_LENGTH" } + nested
        { wagon: Birch, }
    Hazel [section] { panel: Option<SecretString> | "OLD_PANEL"; station: Option<Vec<String>> =>
        "," } + nested { label: Birch, }
    Root1 [no_jwt_secret = "random"] prefix "SCALE_" { usage: Option<SecretString>; reader:
        String = "built in"; factor: SecretString; catalog: u16 | "OLD_CATALOG"; water:
        Duration; route: PathBuf = "/var/lib" }
    Root2 [no_jwt_secret = "random"] { edge: i64; cluster: Duration = "90s"; offset: u16; depth:
        Option<Vec<String>> => "," } + flatten { "COLOUR_X_" colour: Elm, }
    Root3 [no_jwt_secret = "random"] prefix "FLAVOUR_" { handle: Option<PathBuf>; index:
        Vec<String> = "a,b" | "OLD_INDEX" => ","; tempo: Duration } + nested { engine: Fir, }
    Root4 [no_jwt_secret = "random"] { volume: PathBuf = "/var/lib" | "OLD_VOLUME" }
    Root5 [no_jwt_secret = "random"] { feature: Option<Duration> } + nested { number: Birch, }
    Root6 [no_jwt_secret = "random"] { volume: Option<SecretString> | "OLD_VOLUME"; port:
        Option<Vec<String>> => ","; folder: Option<SecretString> | "OLD_FOLDER"; shape: Duration
        = "90s" | "OLD_SHAPE" }
    Root7 [no_jwt_secret = "random"] prefix "LEVEL_" { entry: Option<SecretString>; meter:
        Option<String>; circle: u16 = "0" }
    Root8 [no_jwt_secret = "random"] prefix "GROUP_" { relay: Option<PathBuf>; colour: i64;
        cursor: Option<i64>; pattern: bool; worker: u16 = "7" }
    Root9 [no_jwt_secret = "random"] { gateway: Option<Duration> | "OLD_GATEWAY" } + nested {
        mode: Cedar, }
    Root10 [no_jwt_secret = "random"] { weight: SecretString } + nested { notice: Alder, } + flatten
        { "SLICE_X_" slice: Birch, }
    Root11 [no_jwt_secret = "random"] prefix "RELAY_" { bundle: Vec<String> = "a,b" => ",";
        street: Option<bool>; replica: u16 | "OLD_REPLICA"; flavour: u16 = "7" | "OLD_FLAVOUR";
        session: PathBuf = "/var/lib" }
    Root12 [no_jwt_secret = "random"] { radius: String = "built in"; ring: Vec<String> = "a,b"
        => ","; river: Option<String>; version: Option<Duration>; storage: Option<SecretString>
        | "OLD_STORAGE"; timeout: Option<PathBuf> } + flatten { "SLOT_X_" slot: Cedar, }
    Root13 [no_jwt_secret = "random"] { storage: Option<bool> | "OLD_STORAGE"; index:
        Option<Vec<String>> => "," }
    Root14 [no_jwt_secret = "random"] prefix "MATRIX_" { task: Option<u16> | "OLD_TASK" }
    Root15 [no_jwt_secret = "random"] { place: i64 | "OLD_PLACE"; radius: Option<PathBuf> }
    Root16 [no_jwt_secret = "random"] prefix "MEASURE_" { planet: Option<SecretString>; factor:
        Vec<String> = "a,b" | "OLD_FACTOR" => ","; folder: Duration; retry: Vec<String> => "," }
    Root17 [no_jwt_secret = "random"] prefix "CAPACITY_" { range: Option<PathBuf> }
    Root18 [no_jwt_secret = "random"] { height: Option<Duration>; moment: Option<i64>; index:
        Option<SecretString> } + flatten { "COUNTER_X_" counter: Alder, }
    Root19 [no_jwt_secret = "random"] { canal: u16 = "0"; field: u16 = "0"; resource:
        Option<SecretString> | "OLD_RESOURCE"; machine: Option<Duration>; counter: Duration;
        trail: Vec<String> = "a,b" => "," } + flatten { "GROUP_X_" group: Hazel, }
    Root20 [no_jwt_secret = "random"] { number: Option<u16>; gateway: Vec<String> = "a,b" =>
        ","; zone: PathBuf; column: Option<PathBuf>; frame: Option<Duration> }
    Root21 [no_jwt_secret = "random"] { field: Option<u16> | "OLD_FIELD"; tenant: Duration =
        "90s"; page: u16 = "0"; range: Vec<String> => ","; length: SecretString; segment:
        Option<SecretString> }
    Root22 [no_jwt_secret = "random"] { journal: u16 = "0" | "OLD_JOURNAL"; index: Vec<String> =
        "a,b" => ","; frame: Vec<String> = "a,b" | "OLD_FRAME" => ","; locale: u16; object:
        Vec<String> = "a,b" => "," }
    Root23 [no_jwt_secret = "random"] { depth: PathBuf = "/var/lib"; target: Option<bool> }
        + nested { capacity: Birch, } + flatten { "JOURNAL_X_" journal: Cedar, }
    Root24 [no_jwt_secret = "random"] { corner: Option<String> } + flatten { "HOST_X_" host:
        Hazel, "LAYER_X_" layer: Alder, }
    Root25 [no_jwt_secret = "random"] { height: Option<u16>; queue: PathBuf } + nested { point:
        Cedar, }
    Root26 [no_jwt_secret = "random"] { panel: PathBuf | "OLD_PANEL" } + nested { radius: Elm, }
        + flatten { "FACTOR_X_" factor: Alder, }
    Root27 [no_jwt_secret = "random"] prefix "CURSOR_" { range: Option<bool> | "OLD_RANGE";
        size: Option<Vec<String>> | "OLD_SIZE" => ","; port: i64 = "-3"; folder: String = "built
        in"; plugin: i64 = "-3"; unit: Option<SecretString> } + nested { balance: Fir, } + flatten {
        "MACHINE_X_" machine: Alder, }
    Root28 [no_jwt_secret = "random"] prefix "EPOCH_" { queue: Option<SecretString>; planet:
        Option<Vec<String>> => ","; level: bool; slot: String = "built in"; border: i64 = "-3" }
        + nested { bundle: Alder, }
    Root29 [no_jwt_secret = "random"] prefix "ORDER_" { queue: Duration = "90s"; ticket:
        Option<i64> | "OLD_TICKET"; index: Option<bool>; replica: Vec<String> => ","; camera:
        Option<bool>; customer: Option<i64> } + flatten { "SUBJECT_X_" subject: Birch, }
    Root30 [no_jwt_secret = "random"] { balance: SecretString } + flatten { "RELAY_X_" relay:
        Hazel, "SESSION_X_" session: Fir, }
    Root31 [no_jwt_secret = "random"] { segment: Option<PathBuf> | "OLD_SEGMENT"; total:
        Option<PathBuf> } + nested { vector: Cedar, } + flatten { "SENSOR_X_" sensor: Cedar, }
    Root32 [no_jwt_secret = "random"] { domain: u16 = "7"; partner: Option<Duration>; margin:
        i64 = "-3"; space: PathBuf } + flatten { "SLICE_X_" slice: Birch, }
}

#[rustfmt::skip]
roots! {
    Root1 Root2 Root3 Root4 Root5 Root6 Root7 Root8 Root9 Root10 Root11 Root12 Root13 Root14
    Root15 Root16 Root17 Root18 Root19 Root20 Root21 Root22 Root23 Root24 Root25 Root26
    Root27 Root28 Root29 Root30 Root31 Root32
}
