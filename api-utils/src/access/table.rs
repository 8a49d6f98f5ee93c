//! The access table: who may call what, complete.

use std::fmt;

use http::Method;

use super::guard::Access;

/// One method and path of a `routes!` table, known at compile time.
#[derive(Clone, Debug)]
pub struct RouteEntry {
    method: Method,
    path: &'static str,
    handler: &'static str,
    access: Access,
}

impl RouteEntry {
    /// What `routes!` writes for a line.
    #[must_use]
    pub const fn new(
        method: Method,
        path: &'static str,
        handler: &'static str,
        access: Access,
    ) -> Self {
        Self {
            method,
            path,
            handler,
            access,
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
}

/// A line of the [`AccessTable`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Row {
    /// A handler that says who may call it.
    Declared(&'static RouteEntry),
    /// A router that was mounted without a word on who may call it, for this reason.
    Undeclared(&'static str),
}

/// Who may call what: every route of a [`Routes`](super::Routes), sorted by path and method.
///
/// [`Display`](fmt::Display) prints it as text, a line a route.
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
}

impl Row {
    /// Declared routes by path and method, then the undeclared routers.
    fn key(&self) -> (bool, &str, &str) {
        match self {
            Self::Declared(entry) => (false, entry.path(), entry.method().as_str()),
            Self::Undeclared(reason) => (true, reason, ""),
        }
    }

    fn cells(&self) -> [String; 4] {
        match self {
            Self::Declared(entry) => [
                entry.method().to_string(),
                entry.path().to_owned(),
                entry.access().to_string(),
                entry.handler().to_owned(),
            ],
            Self::Undeclared(reason) => [
                "*".to_owned(),
                "*".to_owned(),
                format!("UNDECLARED: {reason}"),
                "-".to_owned(),
            ],
        }
    }
}

impl fmt::Display for AccessTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["METHOD", "PATH", "WHO MAY CALL IT", "HANDLER"].map(str::to_owned);
        let lines: Vec<[String; 4]> = std::iter::once(head)
            .chain(self.rows.iter().map(Row::cells))
            .collect();
        let mut widths = [0_usize; 4];
        for line in &lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let [method_width, path_width, access_width, _] = widths;
        for [method, path, access, handler] in &lines {
            writeln!(
                f,
                "{method:method_width$}  {path:path_width$}  {access:access_width$}  {handler}"
            )?;
        }
        match self.undeclared() {
            0 => Ok(()),
            count => writeln!(f, "{count} undeclared: nobody says who may call these"),
        }
    }
}
