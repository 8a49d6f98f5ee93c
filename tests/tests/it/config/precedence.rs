//! The precedence against a model of ten lines, over random sources in random order.

use std::collections::BTreeMap;

use api_utils::Config;
use api_utils::config::Sources;
use proptest::prelude::*;

use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only precedence is tested")]
struct Fields {
    text: Option<String>,
    #[config(default = "built in")]
    with_default: String,
    #[config(default = 7)]
    number: u16,
    #[config(alias = "FORMER")]
    renamed: Option<String>,
    #[config(flatten, prefix = "IN_")]
    section: Section,
}

#[derive(Config)]
#[config(section)]
struct Section {
    text: Option<String>,
    number: Option<u16>,
}

const NAMES: [&str; 7] = [
    "TEXT",
    "WITH_DEFAULT",
    "NUMBER",
    "RENAMED",
    "FORMER",
    "IN_TEXT",
    "IN_NUMBER",
];

/// What one source has.
type Layer = BTreeMap<&'static str, u8>;

#[derive(Clone, Copy, Debug)]
enum Place {
    Folder,
    NamedFile,
    Environment,
    Document,
    Dotenv,
}

const PLACES: [Place; 5] = [
    Place::Folder,
    Place::NamedFile,
    Place::Environment,
    Place::Document,
    Place::Dotenv,
];

fn add(sources: Sources, place: Place, layer: &Layer, folder: &Folder) -> Sources {
    let lines = |quote: &str| -> String {
        let line = |(name, value): (&&str, &u8)| format!("{name} = {quote}{value}{quote}\n");
        layer.iter().map(line).collect()
    };
    match place {
        Place::Environment => {
            sources.variables(layer.iter().map(|(name, value)| (*name, value.to_string())))
        }
        Place::NamedFile => sources.variables(layer.iter().map(|(name, value)| {
            let file = format!("named-{name}");
            folder.write(&file, format!("{value}\n"));
            (format!("{name}_FILE"), folder.path(&file))
        })),
        Place::Document => {
            folder.write("app.toml", lines("\""));
            sources.document(folder.0.join("app.toml"))
        }
        Place::Dotenv => {
            folder.write(".env", lines("'"));
            sources.dotenv(folder.0.join(".env"))
        }
        Place::Folder => {
            let inner = folder.0.join("settings");
            std::fs::create_dir_all(&inner).unwrap();
            for (name, value) in layer {
                std::fs::write(inner.join(name), value.to_string()).unwrap();
            }
            sources.folder(inner)
        }
    }
}

/// The model: the first source that has it, by its name or else by its former one.
fn model(order: &[(Place, Layer)], names: &[&str]) -> Option<(u8, Place)> {
    names.iter().find_map(|name| {
        order
            .iter()
            .find_map(|(place, layer)| Some((*layer.get(name)?, *place)))
    })
}

fn origin(place: Place, name: &str, folder: &Folder) -> (String, &'static str) {
    let in_folder = |file: &str| folder.path(file);
    match place {
        Place::Folder => (in_folder(&format!("settings/{name}")), "file"),
        Place::NamedFile => (in_folder(&format!("named-{name}")), "file"),
        Place::Environment => (format!("environment variable {name}"), "environment"),
        Place::Document => (in_folder("app.toml:"), "file"),
        Place::Dotenv => (in_folder(".env:"), "environment"),
    }
}

fn layer() -> impl Strategy<Value = Layer> {
    prop::collection::btree_map(prop::sample::select(&NAMES[..]), any::<u8>(), 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn value_and_origin_are_those_of_the_model(
        layers in prop::collection::vec(layer(), 5),
        order in Just(PLACES.to_vec()).prop_shuffle(),
        take in 0..=5usize,
    ) {
        let folder = Folder::new("precedence");
        let order: Vec<(Place, Layer)> = order.into_iter().zip(layers).take(take).collect();
        let sources = order.iter().fold(Sources::empty(), |sources, (place, layer)| {
            add(sources, *place, layer, &folder)
        });
        let fields = Fields::load_from(sources).unwrap();
        let text = |names: &[&str]| model(&order, names).map(|(value, _)| value.to_string());
        prop_assert_eq!(&fields.text, &text(&["TEXT"]));
        prop_assert_eq!(&fields.section.text, &text(&["IN_TEXT"]));
        prop_assert_eq!(&fields.renamed, &text(&["RENAMED", "FORMER"]));
        let with_default = text(&["WITH_DEFAULT"]).unwrap_or_else(|| "built in".to_owned());
        prop_assert_eq!(&fields.with_default, &with_default);
        let number = |name| model(&order, &[name]).map(|(value, _)| u16::from(value));
        prop_assert_eq!(fields.number, number("NUMBER").unwrap_or(7));
        prop_assert_eq!(fields.section.number, number("IN_NUMBER"));

        for item in fields.items() {
            let former = (item.name() == "RENAMED").then_some("FORMER");
            let found = [Some(item.name()), former]
                .into_iter()
                .flatten()
                .find_map(|name| Some((model(&order, &[name])?.1, name)));
            let (expected, from) = match found {
                Some((place, name)) => origin(place, name, &folder),
                None => ("default of the program".to_owned(), "default"),
            };
            prop_assert_eq!(item.from(), from);
            let shown = item.origin().to_string();
            prop_assert!(shown.starts_with(&expected), "{shown} is not {expected}");
            let others = order.iter().filter(|(_, layer)| layer.contains_key(item.name())).count();
            if former.is_none() {
                prop_assert_eq!(item.overridden().len(), others.saturating_sub(1));
            }
        }
    }
}
