//! A table of routes with its handlers: what `routes!` is an expression of.

use std::convert::Infallible;
use std::fmt;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, Route, any};
use tower_layer::Layer;
use tower_service::Service;

use super::access_rule::AccessRule;
use super::conflict::{RouteConflict, first_conflict};
use super::table::{AccessTable, FallbackEntry, RouteEntry, Row};

/// Routes in which every handler says who may call it; `routes!` builds it.
///
/// It is no axum `Router` and shows none until [`into_router`](Self::into_router), so nothing is
/// mounted beside the table by accident.
///
/// ```
/// use api_utils::{Auth, public, require_token, routes};
///
/// #[require_token(role = "admin")]
/// async fn report() {}
///
/// #[public("liveness probe")]
/// async fn health() {}
///
/// # let auth = Auth::builder("https://id.example", ["my-api"])
/// #     .hmac(api_utils::token::Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
/// #     .build().unwrap();
/// let routes = routes! {
///     state Auth;
///     GET "/report" => report,
///     GET "/health" => health,
/// };
/// println!("{}", routes.access_table());
/// let router: axum::Router = routes.into_router(auth)?;
/// # Ok::<(), api_utils::access::RouteConflict>(())
/// ```
#[must_use = "routes do nothing until `into_router`"]
pub struct Routes<S> {
    lines: Vec<Line<S>>,
    fallbacks: Vec<(FallbackEntry, MethodRouter<S, Infallible>)>,
    undeclared: Vec<(&'static str, Router<S>)>,
}

/// One method and path with its handler.
#[derive(Debug)]
pub(super) struct Line<S> {
    pub(super) entry: &'static RouteEntry,
    /// The source file of the table.
    pub(super) file: &'static str,
    pub(super) handler: MethodRouter<S, Infallible>,
}

/// An empty table.
impl<S> Default for Routes<S> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<S> fmt::Debug for Routes<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Routes")
            .field("table", &self.access_table())
            .finish_non_exhaustive()
    }
}

impl<S> Routes<S> {
    pub(super) fn new(lines: Vec<Line<S>>) -> Self {
        Self {
            lines,
            fallbacks: Vec::new(),
            undeclared: Vec::new(),
        }
    }

    /// Who may call what: every route, the undeclared routers too.
    ///
    /// ```
    /// # use api_utils::{Auth, public, routes};
    /// #[public("liveness probe")]
    /// async fn health() {}
    ///
    /// let table = routes! { state Auth; GET "/health" => health }.access_table();
    /// assert_eq!(
    ///     table.to_string(),
    ///     "METHOD  PATH     WHO MAY CALL IT         HANDLER\n\
    ///      GET     /health  public: liveness probe  health\n",
    /// );
    /// ```
    #[must_use]
    pub fn access_table(&self) -> AccessTable {
        let declared = self.lines.iter().map(|line| Row::Declared {
            entry: line.entry,
            file: line.file,
        });
        let fallbacks = self
            .fallbacks
            .iter()
            .map(|(entry, _)| Row::Fallback(*entry));
        let undeclared = self
            .undeclared
            .iter()
            .map(|(reason, _)| Row::Undeclared(reason));
        AccessTable::new(declared.chain(fallbacks).chain(undeclared).collect())
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// Adds the routes of another table, such as another module's.
    ///
    /// Layers that one of the two has do not reach the routes of the other.
    ///
    /// ```
    /// # use api_utils::{Auth, Routes, public, routes};
    /// # #[public("probe")] async fn health() {}
    /// # #[public("probe")] async fn ready() {}
    /// fn probes() -> Routes<Auth> {
    ///     routes! { state Auth; GET "/ready" => ready }
    /// }
    /// let routes = routes! { state Auth; GET "/health" => health }.merge(probes());
    /// ```
    pub fn merge(mut self, other: Self) -> Self {
        self.lines.extend(other.lines);
        self.fallbacks.extend(other.fallbacks);
        self.undeclared.extend(other.undeclared);
        self
    }

    /// Puts a tower layer around every route that is in the table now.
    ///
    /// The guard is in the handler, inside of every layer: no order of calls leaves a route open.
    ///
    /// ```
    /// # use api_utils::{Auth, public, routes};
    /// # #[public("probe")] async fn health() {}
    /// let routes = routes! { state Auth; GET "/health" => health }
    ///     .layer(axum::extract::DefaultBodyLimit::max(64 * 1024));
    /// ```
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self {
            lines: self
                .lines
                .into_iter()
                .map(|line| line.layer(layer.clone()))
                .collect(),
            fallbacks: self
                .fallbacks
                .into_iter()
                .map(|(entry, handler)| (entry, handler.layer(layer.clone())))
                .collect(),
            undeclared: self
                .undeclared
                .into_iter()
                .map(|(reason, router)| (reason, router.layer(layer.clone())))
                .collect(),
        }
    }

    /// Answers the requests that no route matches, by a handler that says who may call it.
    ///
    /// It comes after the [undeclared](Self::undeclared) routers, in place of their own fallbacks.
    /// A method that a path does not have is answered 405 as before.
    ///
    /// ```
    /// # use api_utils::{Auth, public, routes};
    /// # #[public("probe")] async fn health() {}
    /// #[public("says that there is no such page")]
    /// async fn not_found() -> axum::http::StatusCode {
    ///     axum::http::StatusCode::NOT_FOUND
    /// }
    ///
    /// let routes = routes! { state Auth; GET "/health" => health }.fallback(not_found);
    /// assert!(routes.access_table().to_string().contains("says that there is no such page"));
    /// ```
    pub fn fallback<H, Args, RuleArgs>(mut self, handler: H) -> Self
    where
        H: Handler<Args, S> + AccessRule<RuleArgs>,
        Args: 'static,
    {
        let entry = FallbackEntry::new(std::any::type_name::<H>(), H::ACCESS);
        self.fallbacks.push((entry, any(handler)));
        self
    }

    /// Mounts an axum router whose handlers do not say who may call them. The table says so.
    ///
    /// It is asked only for paths that no line of the table has. Of several such routers, a later
    /// one is asked for what an earlier one does not have; the last one's fallback counts.
    ///
    /// ```
    /// # use api_utils::{Auth, public, routes};
    /// # #[public("probe")] async fn health() {}
    /// let legacy = axum::Router::new().route("/old", axum::routing::get(|| async { "old" }));
    /// let routes = routes! { state Auth; GET "/health" => health }
    ///     .undeclared("legacy pages, until they are moved", legacy);
    /// assert!(routes.access_table().to_string().contains("UNDECLARED: legacy pages"));
    /// ```
    pub fn undeclared(mut self, reason: &'static str, router: Router<S>) -> Self {
        self.undeclared.push((reason, router));
        self
    }

    /// The router to serve.
    ///
    /// # Errors
    /// [`RouteConflict`] where two routes match the same requests: axum itself would panic.
    ///
    /// ```
    /// # use api_utils::{Auth, public, routes};
    /// # #[public("probe")] async fn health() {}
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(api_utils::token::Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    /// #     .build().unwrap();
    /// let router = routes! { state Auth; GET "/health" => health }.into_router(auth)?;
    /// # Ok::<(), api_utils::access::RouteConflict>(())
    /// ```
    pub fn into_router(self, state: S) -> Result<Router, RouteConflict> {
        first_conflict(&self.lines, &self.fallbacks)?;
        let mut router = Router::new();
        for line in self.lines {
            router = router.route(line.entry.path(), line.handler);
        }
        let router = router.with_state(state.clone());
        // As fallbacks, what is undeclared can neither shadow a declared route nor clash.
        let fallback =
            self.fallbacks.into_iter().next().map(|(_, handler)| {
                Router::new().fallback_service(handler.with_state(state.clone()))
            });
        let last = self
            .undeclared
            .into_iter()
            .map(|(_, router)| router.with_state(state.clone()))
            .chain(fallback)
            .rev()
            .reduce(|later, earlier| earlier.fallback_service(later));
        Ok(match last {
            Some(last) => router.fallback_service(last),
            None => router,
        })
    }
}

impl<S: Clone + Send + Sync + 'static> Line<S> {
    pub(super) fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self {
            handler: self.handler.layer(layer),
            ..self
        }
    }
}
