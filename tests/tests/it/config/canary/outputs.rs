//! Everything that can be printed of a load, and what it logged.

use std::error::Error as _;
use std::panic::AssertUnwindSafe;

use api_utils::config::{InitError, Item, Loaded, Report};

/// A report or a configuration, in everything that can be printed of it.
pub(super) type Outputs = Vec<(&'static str, String)>;

pub(super) fn outputs<T>(loaded: Result<Loaded<T>, Report>, unwrapped: bool) -> Outputs {
    let mut outputs = Vec::new();
    match loaded {
        Ok(loaded) => {
            outputs.push(("Debug", format!("{loaded:?} {:?}", loaded.items())));
            outputs.push(("pretty Debug", format!("{loaded:#?}")));
            outputs.push(("JSON", serde_json::to_string(loaded.items()).unwrap()));
            let items = loaded.items().iter();
            let shown = |item: &Item| format!("{} {} {item:?}\n", item.value(), item.origin());
            outputs.push(("items", items.map(shown).collect()));
            outputs.push(("table", loaded.table().to_string()));
            outputs.push(("warnings", text_of(loaded.warnings())));
        }
        Err(report) => {
            outputs.push(("Display", report.to_string()));
            outputs.push(("alternate Display", format!("{report:#}")));
            outputs.push(("for a terminal", report.for_terminal().to_string()));
            outputs.push(("Debug", format!("{report:?} {:?}", report.problems())));
            let problems = report.problems().iter();
            outputs.push(("problems", problems.map(|one| format!("{one}\n")).collect()));
            outputs.push((
                "pretty Debug",
                format!("{report:#?} {:#?}", report.warnings()),
            ));
            outputs.push(("warnings", text_of(report.warnings())));
            let error = InitError::Report(report);
            outputs.push(("of init", format!("{error} {error:#} {error:?} {error:#?}")));
            let mut source = error.source();
            while let Some(error) = source {
                outputs.push(("source", format!("{error} {error:?} {error:#?}")));
                source = error.source();
            }
            let InitError::Report(report) = error else {
                return outputs;
            };
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

/// What was logged.
#[derive(Clone, Default)]
pub(super) struct Logs(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

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

impl Logs {
    /// What is logged at any level while it runs.
    pub(super) fn of(run: impl FnOnce()) -> String {
        api_utils_tests::hear_events();
        let logs = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(logs.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, run);
        let logged = logs.0.lock().unwrap();
        String::from_utf8_lossy(&logged).into_owned()
    }
}
