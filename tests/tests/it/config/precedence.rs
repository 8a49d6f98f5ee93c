//! The precedence against a model of ten lines: random structs, over random sources in random
//! order.

use std::collections::BTreeMap;

use api_utils::config::Sources;
use proptest::prelude::*;

use super::random_structs::{Kind, Row, STRUCTS, Seen};
use super::support::Folder;

/// What one source has.
type Layer = BTreeMap<String, (Kind, String)>;

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
    match place {
        Place::Environment => {
            sources.variables(layer.iter().map(|(name, (_, text))| (name.as_str(), text)))
        }
        Place::NamedFile => sources.variables(layer.iter().map(|(name, (_, text))| {
            let file = format!("named-{name}");
            folder.write(&file, format!("{text}\n"));
            (format!("{name}_FILE"), folder.path(&file))
        })),
        Place::Document => {
            let line = |(name, (kind, text)): (&String, &(Kind, String))| {
                format!("{name} = {}\n", kind.in_document(text))
            };
            folder.write("app.toml", layer.iter().map(line).collect::<String>());
            sources.document(folder.0.join("app.toml"))
        }
        Place::Dotenv => {
            let line = |(name, (_, text)): (&String, &(Kind, String))| format!("{name}='{text}'\n");
            folder.write(".env", layer.iter().map(line).collect::<String>());
            sources.dotenv(folder.0.join(".env"))
        }
        Place::Folder => {
            let inner = folder.0.join("settings");
            std::fs::create_dir_all(&inner).unwrap();
            for (name, (_, text)) in layer {
                std::fs::write(inner.join(name), text).unwrap();
            }
            sources.folder(inner)
        }
    }
}

/// The model: the first source that has it and not empty, by its name or else by its former one;
/// or else the default. Where it is found, with the name that found it.
fn model<'a>(
    order: &'a [(Place, Layer)],
    row: &'a Row,
) -> (Option<&'a str>, Option<(Place, &'a str)>) {
    let names = std::iter::once(&row.name).chain(&row.former);
    let found = names.flat_map(|name| order.iter().map(move |(place, layer)| (name, place, layer)));
    let mut set = found.filter_map(|(name, place, layer)| Some((name, place, &layer.get(name)?.1)));
    match set.find(|(_, _, text)| !text.is_empty()) {
        Some((name, place, text)) => (Some(text), Some((*place, name))),
        None => (row.default, None),
    }
}

fn origin(found: Option<(Place, &str)>, folder: &Folder) -> (String, &'static str) {
    let in_folder = |file: &str| folder.path(file);
    match found {
        Some((Place::Folder, name)) => (in_folder(&format!("settings/{name}")), "file"),
        Some((Place::NamedFile, name)) => (in_folder(&format!("named-{name}")), "file"),
        Some((Place::Environment, name)) => (format!("environment variable {name}"), "environment"),
        Some((Place::Document, _)) => (in_folder("app.toml:"), "file"),
        Some((Place::Dotenv, _)) => (in_folder(".env:"), "environment"),
        None => ("default of the program".to_owned(), "default"),
    }
}

/// How many sources have it not empty: all but the first are overridden.
fn holders(order: &[(Place, Layer)], name: &str) -> usize {
    let has = |layer: &Layer| layer.get(name).is_some_and(|(_, text)| !text.is_empty());
    order.iter().filter(|(_, layer)| has(layer)).count()
}

/// Of as many names as the struct has, what a source holds of each; half of them it has not.
type Picks = Vec<Option<u8>>;

fn layer(rows: &[Row], picks: &Picks) -> Layer {
    let names = rows.iter().flat_map(|row| {
        let names = std::iter::once(&row.name).chain(&row.former);
        names.map(|name| (name.clone(), row.kind))
    });
    let picked = names.zip(picks.iter().cycle());
    picked
        .filter_map(|((name, kind), pick)| Some((name, (kind, kind.text((*pick)?)))))
        .collect()
}

fn picks() -> impl Strategy<Value = Picks> {
    // A quarter of them are empty.
    let value = prop_oneof![1 => Just(0), 3 => 1..=255u8];
    prop::collection::vec(prop::option::of(value), 31)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn value_and_origin_are_those_of_the_model(
        (name, rows, load) in prop::sample::select(STRUCTS),
        picks in prop::collection::vec(picks(), 5),
        order in Just(PLACES.to_vec()).prop_shuffle(),
        take in 0..=5usize,
    ) {
        let folder = Folder::new("precedence");
        let rows = rows("");
        let layers = picks.iter().map(|picks| layer(&rows, picks));
        let order: Vec<(Place, Layer)> = order.into_iter().zip(layers).take(take).collect();
        let sources = order.iter().fold(Sources::empty(), |sources, (place, layer)| {
            add(sources, *place, layer, &folder)
        });
        let is_missing = |row: &&Row| !row.optional && model(&order, row).0.is_none();
        let missing: Vec<&str> = rows.iter().filter(is_missing).map(|row| row.name.as_str()).collect();
        let seen = match load(sources) {
            Ok(seen) => seen,
            Err(refused) => {
                prop_assert_eq!(refused, missing, "{}", name);
                return Ok(());
            }
        };
        prop_assert!(missing.is_empty(), "{name} was loaded without {missing:?}");
        prop_assert_eq!(seen.len(), rows.len());
        for (Seen { name, value, shown, from, origin: place, overridden }, row) in seen.into_iter().zip(&rows) {
            let (expected, found) = model(&order, row);
            prop_assert_eq!(&name, &row.name);
            prop_assert_eq!(value.as_deref(), expected, "{}", name);
            if row.kind == Kind::Secret && expected.is_some() {
                prop_assert_eq!(shown, "secret");
            }
            let (expected, expected_from) = origin(found, &folder);
            prop_assert_eq!(from, expected_from);
            prop_assert!(place.starts_with(&expected), "{place} is not {expected}");
            let holders = found.map_or(0, |(_, name)| holders(&order, name));
            prop_assert_eq!(overridden, holders.saturating_sub(1), "{}", name);
        }
    }
}

/// Of what a case may have, every kind is in some struct, and the structs are many.
#[test]
fn the_structs_are_of_every_kind() {
    let all: Vec<Row> = STRUCTS.iter().flat_map(|(_, rows, _)| rows("")).collect();
    for kind in Kind::ALL {
        let of_kind = || all.iter().filter(|row| row.kind == kind);
        assert!(
            of_kind().any(|row| row.optional || row.default.is_some()),
            "{kind:?}"
        );
        assert!(
            of_kind().any(|row| !row.optional && row.default.is_none()),
            "{kind:?}"
        );
    }
    assert!(all.iter().any(|row| row.former.is_some()));
    assert!(all.iter().any(|row| row.name.matches("IN_").count() == 2));
    println!("{} structs of {} settings", STRUCTS.len(), all.len());
    assert!(STRUCTS.len() >= 24 && all.len() >= 150);
}
