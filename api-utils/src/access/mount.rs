//! What `routes!` builds a [`Routes`] with.

use std::convert::Infallible;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, Route, on};
use tower_layer::Layer;
use tower_service::Service;

use super::has_auth::HasAuth;
use super::routes::{Line, Routes};
use super::table::RouteEntry;

/// A table whose handlers are being added, line after line.
#[derive(Debug)]
pub struct Mount<S> {
    file: &'static str,
    rest: &'static [RouteEntry],
    lines: Vec<Line<S>>,
}

/// Starts with the entries of a table and none of its handlers.
#[must_use]
pub fn mount<S: HasAuth>(table: &'static [RouteEntry], file: &'static str) -> Mount<S> {
    Mount {
        file,
        rest: table,
        lines: Vec::with_capacity(table.len()),
    }
}

impl<S: Clone + Send + Sync + 'static> Mount<S> {
    /// Adds the handler of the next entry, whose rule `access_of` has read from the same words
    /// of the table. A second bound on it here would only say every mistake twice.
    #[must_use]
    pub fn on<H, Args>(mut self, handler: H) -> Self
    where
        H: Handler<Args, S>,
        Args: 'static,
    {
        if let [entry, rest @ ..] = self.rest {
            self.lines.push(Line {
                entry,
                file: self.file,
                handler: on(filter(entry), handler),
            });
            self.rest = rest;
        }
        self
    }

    /// Puts a layer around the `count` handlers added last: those of one line.
    #[must_use]
    pub fn layer<L>(mut self, count: usize, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        let from = self.lines.len().saturating_sub(count);
        let line = self.lines.split_off(from);
        let layered = line.into_iter().map(|one| one.layer(layer.clone()));
        self.lines.extend(layered);
        self
    }

    /// The table with its handlers.
    pub fn finish(self) -> Routes<S> {
        Routes::new(self.lines)
    }
}

/// The macro lets only methods through that axum knows.
fn filter(entry: &RouteEntry) -> MethodFilter {
    MethodFilter::try_from(entry.method().clone()).unwrap_or(MethodFilter::GET)
}

/// What stands for a table beside its compile errors.
#[must_use]
pub fn never<T>() -> T {
    loop {
        std::thread::park();
    }
}
