//! What `routes!` builds a [`Routes`] with.

use std::convert::Infallible;

use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::has_auth::HasAuth;
use super::routes::Routes;
use super::table::RouteEntry;

/// A table whose handlers are being added, line after line.
#[derive(Debug)]
pub struct Mount<S> {
    rest: &'static [RouteEntry],
    lines: Vec<(&'static RouteEntry, MethodRouter<S, Infallible>)>,
}

/// Starts with the entries of a table and none of its handlers.
#[must_use]
pub fn mount<S: HasAuth>(table: &'static [RouteEntry]) -> Mount<S> {
    Mount {
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
            self.lines.push((entry, on(filter(entry), handler)));
            self.rest = rest;
        }
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
