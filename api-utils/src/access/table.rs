//! The access table: who may call what, complete.

use http::Method;

use super::guard::Access;
use super::sibling;

/// One method and path of a `routes!` table, known at compile time.
#[derive(Clone, Debug)]
pub struct RouteEntry {
    method: Method,
    path: &'static str,
    handler: &'static str,
    access: Access,
    line: u32,
}

impl RouteEntry {
    /// What `routes!` writes for a line.
    #[must_use]
    pub const fn new(
        method: Method,
        path: &'static str,
        handler: &'static str,
        access: Access,
        line: u32,
    ) -> Self {
        Self {
            method,
            path,
            handler,
            access,
            line,
        }
    }

    pub(crate) const fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) const fn path(&self) -> &'static str {
        self.path
    }

    pub(crate) const fn handler(&self) -> &'static str {
        self.handler
    }

    pub(crate) const fn access(&self) -> &Access {
        &self.access
    }

    /// The line of the source file, 0 where it is not known.
    pub(crate) const fn line(&self) -> u32 {
        self.line
    }
}

/// The handler of what no route matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct FallbackEntry {
    handler: &'static str,
    access: Access,
}

impl FallbackEntry {
    /// From the name of the handler's type, `my_api::pages::not_found`.
    pub(super) fn new(type_name: &'static str, access: Access) -> Self {
        let path = type_name.split('<').next().unwrap_or(type_name);
        let handler = path.rsplit("::").next().unwrap_or(path);
        Self { handler, access }
    }

    pub(super) const fn handler(&self) -> &'static str {
        self.handler
    }

    pub(super) const fn access(&self) -> &Access {
        &self.access
    }
}

/// A line of the [`AccessTable`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Row {
    /// A handler that says who may call it.
    Declared {
        entry: &'static RouteEntry,
        file: &'static str,
    },
    Fallback(FallbackEntry),
    /// A router that was mounted without a word on who may call it, for this reason.
    Undeclared(&'static str),
}

impl Row {
    /// Declared routes by path and method, then the fallback, then the undeclared routers.
    fn key(&self) -> (u8, &str, &str) {
        match self {
            Self::Declared { entry, .. } => (0, entry.path(), entry.method().as_str()),
            Self::Fallback(entry) => (1, entry.handler, ""),
            Self::Undeclared(reason) => (2, reason, ""),
        }
    }
}

/// Who may call what: every route of a [`Routes`](super::Routes), sorted by path and method.
///
/// [`Display`](std::fmt::Display) prints it as text, a line a route;
/// [`to_markdown`](Self::to_markdown) and [`to_json`](Self::to_json) for other readers.
/// [`assert_access_table!`](crate::assert_access_table) pins it in a test.
///
/// ```
/// use api_utils::{Auth, public, routes};
///
/// #[public("liveness probe")]
/// async fn health() {}
///
/// let table = routes! { state Auth; GET "/health" => health }.access_table();
/// assert!(table.to_string().contains("GET     /health  public: liveness probe  health"));
/// ```
#[derive(Clone, Debug)]
pub struct AccessTable {
    rows: Vec<Row>,
}

impl AccessTable {
    pub(super) fn new(mut rows: Vec<Row>) -> Self {
        rows.sort_by(|left, right| left.key().cmp(&right.key()));
        Self { rows }
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &'static RouteEntry> + Clone {
        self.rows.iter().filter_map(|row| match row {
            Row::Declared { entry, .. } => Some(*entry),
            Row::Fallback(_) | Row::Undeclared(_) => None,
        })
    }

    /// How many routers were mounted without a word on who may call them.
    ///
    /// ```
    /// # use api_utils::{Auth, routes};
    /// let legacy = axum::Router::new();
    /// let routes = routes! { state Auth; }.undeclared("legacy pages", legacy);
    /// assert_eq!(routes.access_table().undeclared(), 1);
    /// ```
    #[must_use]
    pub fn undeclared(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| matches!(row, Row::Undeclared(_)))
            .count()
    }

    /// What a reviewer should look at: routes whose rule a percent-encoded path goes around.
    ///
    /// `/files/%61dmin` is not the path `/files/admin` to a router, but it is a `/files/{name}`
    /// with the name `admin`. Where the two ask for different things, that is said here.
    ///
    /// ```
    /// use api_utils::{Auth, public, require_token, routes};
    ///
    /// #[require_token(role = "admin")]
    /// async fn admin_file() {}
    ///
    /// #[public("files are for everyone")]
    /// async fn file() {}
    ///
    /// let table = routes! {
    ///     state Auth;
    ///     GET "/files/admin" => admin_file,
    ///     GET "/files/{name}" => file,
    /// }
    /// .access_table();
    /// assert_eq!(table.warnings(), [
    ///     "`GET /files/admin` can be written with percent-encoding, and is answered by \
    ///      `file` (`/files/{name}`) then, whose rule is another",
    /// ]);
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        sibling::warnings(self.entries())
    }
}
