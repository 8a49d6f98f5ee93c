//! The precedence against a model of ten lines, over random structs and random sources in random
//! order.

use std::collections::BTreeMap;

use api_utils::config::Sources;
use proptest::prelude::*;

use super::random_structs::{Field, ROOTS, Root};
use super::support::Folder;

/// What one source has, as text.
type Layer = BTreeMap<String, String>;

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
        let line = |(name, value)| format!("{name} = {quote}{value}{quote}\n");
        layer.iter().map(line).collect()
    };
    match place {
        Place::Environment => sources.variables(layer.clone()),
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
                std::fs::write(inner.join(name), value).unwrap();
            }
            sources.folder(inner)
        }
    }
}

/// What the model finds: the value, the place, and by which name.
type Found<'a> = Option<(&'a str, Place, &'a str)>;

/// The model: the first source that has it, by its name or else by its former one.
fn model<'a>(order: &'a [(Place, Layer)], names: &'a [String]) -> Found<'a> {
    names.iter().find_map(|name| {
        order
            .iter()
            .find_map(|(place, layer)| Some((layer.get(name)?.as_str(), *place, name.as_str())))
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

/// Which of the names a source has, and with what value.
fn layer() -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop::option::weighted(0.4, any::<u8>()), 24)
}

fn layer_of(fields: &[Field], numbers: &[Option<u8>]) -> Layer {
    let names = fields
        .iter()
        .flat_map(|field| field.names.iter().map(move |name| (name, field.text)));
    let layer = names
        .zip(numbers.iter().cycle())
        .filter_map(|((name, text), number)| number.map(|number| (name.clone(), text(number))));
    layer.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn value_and_origin_are_those_of_the_model(
        root in prop::sample::select(ROOTS),
        layers in prop::collection::vec(layer(), 5),
        order in Just(PLACES.to_vec()).prop_shuffle(),
        take in 0..=5usize,
    ) {
        let folder = Folder::new("precedence");
        let fields = (root.fields)();
        let order: Vec<(Place, Layer)> = order
            .into_iter()
            .zip(layers)
            .map(|(place, numbers)| (place, layer_of(&fields, &numbers)))
            .take(take)
            .collect();
        compare(root, &fields, &order, &folder)?;
    }
}

fn compare(
    root: Root,
    fields: &[Field],
    order: &[(Place, Layer)],
    folder: &Folder,
) -> Result<(), TestCaseError> {
    let found: Vec<Found<'_>> = fields
        .iter()
        .map(|field| model(order, &field.names))
        .collect();
    let absent: Vec<&str> = fields
        .iter()
        .zip(&found)
        .filter(|(field, found)| found.is_none() && field.default.is_none() && !field.optional)
        .map(|(field, _)| field.names[0].as_str())
        .collect();
    let sources = order
        .iter()
        .fold(Sources::empty(), |sources, (place, layer)| {
            add(sources, *place, layer, folder)
        });
    let (values, items) = match (root.load)(sources) {
        Ok(loaded) => loaded,
        Err(report) => {
            let refused = report.problems().iter().map(|problem| problem.setting());
            prop_assert_eq!(refused.collect::<Vec<_>>(), absent);
            return Ok(());
        }
    };
    prop_assert!(absent.is_empty(), "{absent:?} should be missed");
    prop_assert_eq!((values.len(), items.len()), (fields.len(), fields.len()));
    for (((field, found), value), item) in fields.iter().zip(&found).zip(values).zip(items) {
        let (text, (expected, from)) = match *found {
            Some((text, place, name)) => (Some(text), origin(place, name, folder)),
            None => (
                field.default,
                ("default of the program".to_owned(), "default"),
            ),
        };
        prop_assert_eq!(value.as_deref(), text);
        prop_assert_eq!(item.name(), field.names[0].as_str());
        prop_assert_eq!(item.from(), from);
        let shown = item.origin().to_string();
        prop_assert!(shown.starts_with(&expected), "{shown} is not {expected}");
        let name = found.map_or(item.name(), |(_, _, name)| name);
        let all = order
            .iter()
            .filter(|(_, layer)| layer.contains_key(name))
            .count();
        prop_assert_eq!(item.overridden().len(), all.saturating_sub(1));
    }
    Ok(())
}
