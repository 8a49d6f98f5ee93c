//! No secret leaves by any path: secrets of every shape, in every source, refused for every
//! reason, looked for in everything that can be printed or was logged.

mod bird;
mod kinds;
mod places;

use api_utils::Config;
use bird::{Canary, SHAPES};
use kinds::{KINDS, Kind, outputs};

use super::support::Folder;

#[test]
fn no_secret_leaves_by_any_path() {
    api_utils_tests::hear_events();
    let logs = Logs::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(logs.clone())
        .finish();
    let searched = tracing::subscriber::with_default(subscriber, || search(KINDS));
    let Searched {
        places,
        outputs,
        refused,
        leaks,
    } = searched;
    println!(
        "{} shapes, {} kinds, {places} places: {outputs} outputs of {refused} refused and other \
         loads searched",
        SHAPES.len(),
        KINDS.len()
    );
    assert!(
        leaks.is_empty(),
        "{} leaks: {:#?}",
        leaks.len(),
        leaks.first()
    );
    assert!(outputs > 40_000 && refused > 5_000, "{outputs} {refused}");
    let logged = String::from_utf8_lossy(&logs.0.lock().unwrap()).into_owned();
    assert!(logged.contains("the search is over"), "{logged}");
    for secret in SHAPES {
        assert_eq!(Canary::of(secret).leak(&logged), None, "{secret:?}");
    }
}

/// What a search went through, and what it found.
#[derive(Default)]
struct Searched {
    places: usize,
    outputs: usize,
    refused: usize,
    leaks: Vec<String>,
}

fn search(kinds: &[Kind]) -> Searched {
    let folder = Folder::new(&format!("birds-{}", kinds.len()));
    let mut searched = Searched::default();
    for secret in SHAPES {
        let canary = Canary::of(secret);
        for (kind, load) in kinds {
            let name = if *kind == "Jwt" {
                "JWT_SECRET"
            } else {
                "PASSWORD"
            };
            let places = places::sources(name, secret, &folder);
            searched.places = places.len();
            for (place, sources) in places {
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
                // The text of a panic is the `Debug` of the report: a shape of all, and all of one.
                let unwrapped = secret == SHAPES[0] || place == "bytes in a folder";
                let mut all = load(sources, unwrapped);
                all.push(("sources", printed));
                let is_refused = all.iter().any(|(output, _)| *output == "Display");
                searched.refused += usize::from(is_refused);
                for (output, text) in all {
                    searched.outputs += 1;
                    if let Some(window) = canary.leak(&text) {
                        searched.leaks.push(format!(
                            "{window:?} of {secret:?} as {kind} from {place} in {output}: {text}"
                        ));
                    }
                }
            }
        }
    }
    tracing::info!("the search is over");
    searched
}

#[test]
fn a_deliberate_leak_is_found() {
    #[derive(Config)]
    #[config(no_jwt_secret = "a leak")]
    #[expect(dead_code, reason = "only what is said of it is tested")]
    struct Leaky {
        #[config(not_secret)]
        password: String,
    }
    let leaky: Kind = ("Leaky", |sources, unwrapped| {
        outputs(Leaky::load_from(sources), unwrapped)
    });
    let leaks = search(&[leaky]).leaks;
    for secret in SHAPES {
        let of_this = |leak: &&String| leak.contains(&format!("of {secret:?} as Leaky"));
        let found = leaks.iter().filter(of_this).count();
        assert!(found >= 3, "{secret:?}: {found}");
    }
}

#[test]
fn a_leak_is_found_in_every_form() {
    use base64::Engine as _;
    for secret in SHAPES {
        let canary = Canary::of(secret);
        let hex: String = secret.bytes().map(|byte| format!("{byte:02X}")).collect();
        for leak in [
            secret.to_owned(),
            base64::engine::general_purpose::STANDARD.encode(secret),
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret),
            hex,
            format!("{secret:?}"),
        ] {
            assert!(
                canary.leak(&format!("was {leak}, of all things")).is_some(),
                "{leak}"
            );
        }
        assert_eq!(canary.leak("PASSWORD is not a whole number"), None);
    }
    let decoded = Canary::of("%68unter2%63anary").leak("it was hunter2canary");
    assert!(decoded.is_some());
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
