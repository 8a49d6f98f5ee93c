//! No secret leaves by any path: secrets of every shape, in every source, refused for every
//! reason, looked for in everything that can be printed or was logged.

mod bird;
mod kinds;
mod outputs;
mod places;

use std::collections::BTreeSet;

use super::support::Folder;
use bird::{Canary, SHAPES};
use kinds::{KINDS, LEAKS, Load};
use outputs::Logs;

/// What a search came to.
#[derive(Default)]
struct Search {
    loads: usize,
    refused: usize,
    outputs: usize,
    places: BTreeSet<&'static str>,
    /// Where each was, and in what.
    leaks: Vec<(&'static str, String)>,
}

/// Every secret × kind × place × output.
fn search(test: &str, kinds: &[(&str, Load)]) -> Search {
    let folder = Folder::new(test);
    let mut search = Search::default();
    for secret in SHAPES {
        let canary = Canary::of(secret);
        for (kind, load) in kinds {
            let name = match *kind {
                "Jwt" => "JWT_SECRET",
                _ => "PASSWORD",
            };
            for (place, sources) in places::sources(name, secret, &folder) {
                let sources = sources.variables([
                    ("JWT_ISSUER", "https://id.example.org"),
                    ("JWT_AUDIENCE", "orders"),
                ]);
                // A line that is lost may be a good one for another variable; nothing reads it.
                let sources = match place {
                    "lost line of dotenv" | "name of a variable" => sources,
                    _ => sources.variables([("NOTE", secret)]),
                };
                let printed = format!("{sources:?} {sources:#?}");
                // The text of a panic is the `Debug` of the report, and slow to get.
                let unwrapped = ["environment", "document", "bytes in a folder"].contains(&place);
                let mut all = load(sources, unwrapped);
                all.push(("sources", printed));
                search.loads += 1;
                search.places.insert(place);
                search.refused += usize::from(all.iter().any(|(output, _)| *output == "Display"));
                for (output, text) in all {
                    search.outputs += 1;
                    if let Some(window) = canary.leak(&text) {
                        let at = format!("{window:?} of {secret:?} as {kind} from {place}");
                        search
                            .leaks
                            .push((output, format!("{at} in {output}: {text}")));
                    }
                }
            }
        }
    }
    tracing::info!("the search is over");
    search
}

#[test]
fn no_secret_leaves_by_any_path() {
    let mut found = Search::default();
    let logged = Logs::of(|| found = search("birds", KINDS));
    assert!(logged.contains("the search is over"), "{logged}");
    for secret in SHAPES {
        assert_eq!(Canary::of(secret).leak(&logged), None, "{secret:?}");
    }
    let Search {
        loads,
        refused,
        outputs,
        places,
        leaks,
    } = found;
    let (secrets, kinds, places) = (SHAPES.len(), KINDS.len(), places.len());
    println!(
        "{secrets} secrets × {kinds} kinds × {places} places: {loads} loads, {refused} of them \
         refused, {outputs} outputs searched"
    );
    assert!(
        leaks.is_empty(),
        "{} leaks, the first: {}",
        leaks.len(),
        leaks[0].1
    );
    assert_eq!(loads, secrets * kinds * places);
    assert!(secrets >= 14 && kinds >= 17 && places >= 30);
    assert!(refused > 4_000 && outputs > 40_000, "{refused} {outputs}");
}

/// The same search finds a leak in every output that can have one, and in the log.
#[test]
fn a_deliberate_leak_is_found() {
    let mut found = Search::default();
    let logged = Logs::of(|| {
        found = search("leaky-birds", LEAKS);
        SHAPES
            .iter()
            .for_each(|secret| tracing::trace!(secret, "a leak"));
    });
    let leaky: BTreeSet<&str> = found.leaks.iter().map(|(output, _)| *output).collect();
    for output in [
        "Display",
        "alternate Display",
        "for a terminal",
        "Debug",
        "pretty Debug",
        "problems",
        "of init",
        "panic",
        "items",
        "JSON",
        "table",
    ] {
        assert!(leaky.contains(output), "none in {output}: {leaky:?}");
    }
    for secret in SHAPES {
        assert!(Canary::of(secret).leak(&logged).is_some(), "{secret:?}");
        let of_secret = format!(" of {secret:?} as ");
        let leaks = || {
            found
                .leaks
                .iter()
                .filter(|(_, leak)| leak.contains(&of_secret))
        };
        assert!(leaks().count() >= 20, "{secret:?}: {}", leaks().count());
    }
}
