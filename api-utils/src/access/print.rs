//! The access table as text, Markdown and JSON.

use std::fmt::{self, Write as _};

use serde::Serialize;

use super::guard::Access;
use super::table::{AccessTable, Row};

/// A row as a person reads it.
struct Cells {
    method: String,
    path: String,
    access: String,
    handler: String,
}

impl From<&Row> for Cells {
    fn from(row: &Row) -> Self {
        let [method, path, access, handler] = match row {
            Row::Declared { entry, .. } => [
                entry.method().to_string(),
                entry.path().to_owned(),
                entry.access().to_string(),
                entry.handler().to_owned(),
            ],
            Row::Fallback(entry) => [
                "*".to_owned(),
                "(no other route)".to_owned(),
                entry.access().to_string(),
                entry.handler().to_owned(),
            ],
            Row::Undeclared(reason) => [
                "*".to_owned(),
                "*".to_owned(),
                format!("UNDECLARED: {reason}"),
                "-".to_owned(),
            ],
        };
        Self {
            method,
            path,
            access,
            handler,
        }
    }
}

impl fmt::Display for AccessTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = Cells {
            method: "METHOD".to_owned(),
            path: "PATH".to_owned(),
            access: "WHO MAY CALL IT".to_owned(),
            handler: "HANDLER".to_owned(),
        };
        let lines: Vec<Cells> = std::iter::once(head)
            .chain(self.rows().iter().map(Cells::from))
            .collect();
        let width = |cell: fn(&Cells) -> &str| {
            let widths = lines.iter().map(|line| cell(line).chars().count());
            widths.max().unwrap_or(0)
        };
        let (method, path) = (width(|line| &line.method), width(|line| &line.path));
        let access = width(|line| &line.access);
        for line in &lines {
            writeln!(
                f,
                "{:method$}  {:path$}  {:access$}  {}",
                line.method, line.path, line.access, line.handler
            )?;
        }
        for warning in self.warnings() {
            writeln!(f, "warning: {warning}")?;
        }
        match self.undeclared() {
            0 => Ok(()),
            count => writeln!(f, "{count} undeclared: nobody says who may call these"),
        }
    }
}

impl AccessTable {
    /// The table in Markdown, for a repository: a line a route, so that a change is a line of a
    /// diff.
    ///
    /// ```
    /// # use api_utils::{Auth, public, routes};
    /// # #[public("liveness probe")] async fn health() {}
    /// let table = routes! { state Auth; GET "/health" => health }.access_table();
    /// assert_eq!(table.to_markdown(), "\
    /// | Method | Path | Who may call it | Handler |
    /// | --- | --- | --- | --- |
    /// | GET | `/health` | public: liveness probe | `health` |
    /// ");
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text =
            "| Method | Path | Who may call it | Handler |\n| --- | --- | --- | --- |\n".to_owned();
        for row in self.rows() {
            let cells = Cells::from(row);
            let is_rule = match row {
                Row::Declared { entry, .. } => matches!(entry.access(), Access::Token(_)),
                Row::Fallback(entry) => matches!(entry.access(), Access::Token(_)),
                Row::Undeclared(_) => false,
            };
            let access = if is_rule {
                code(&cells.access)
            } else {
                escaped(&cells.access)
            };
            let _ = writeln!(
                text,
                "| {} | {} | {access} | {} |",
                escaped(&cells.method),
                code(&cells.path),
                code(&cells.handler),
            );
        }
        let warnings = self.warnings();
        if !warnings.is_empty() {
            text.push('\n');
        }
        for warning in warnings {
            let _ = writeln!(text, "- warning: {warning}");
        }
        match self.undeclared() {
            0 => {}
            count => {
                let _ = writeln!(
                    text,
                    "\n**{count} undeclared: nobody says who may call these**"
                );
            }
        }
        text
    }

    /// The table in JSON, for programs, with the source file and line of each route.
    ///
    /// ```
    /// # use api_utils::{Auth, require_token, routes};
    /// # #[require_token(role = "admin")] async fn report() {}
    /// let table = routes! { state Auth; GET "/report" => report }.access_table();
    /// let json: serde_json::Value = serde_json::from_str(&table.to_json())?;
    /// let route = &json["routes"][0];
    /// assert_eq!(route["path"], "/report");
    /// assert_eq!(route["access"], "token");
    /// assert_eq!(route["rule"], "role = \"admin\"");
    /// assert!(route["line"].is_number());
    /// assert_eq!(json["undeclared"], 0);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            routes: self.rows().iter().map(Route::from).collect(),
            undeclared: self.undeclared(),
            warnings: self.warnings(),
        };
        // Texts and numbers only: this cannot fail.
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Document {
    routes: Vec<Route>,
    undeclared: usize,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Route {
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'static str>,
    access: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    handler: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

impl From<&Row> for Route {
    fn from(row: &Row) -> Self {
        let nothing = Self {
            method: None,
            path: None,
            access: "undeclared",
            rule: None,
            reason: None,
            handler: None,
            file: None,
            line: None,
        };
        match row {
            Row::Declared { entry, file } => Self {
                method: Some(entry.method().as_str()),
                path: Some(entry.path()),
                handler: Some(entry.handler()),
                file: Some(file),
                line: Some(entry.line()),
                ..nothing.with(entry.access())
            },
            Row::Fallback(entry) => Self {
                handler: Some(entry.handler()),
                ..nothing.with(entry.access())
            },
            Row::Undeclared(reason) => Self {
                reason: Some(reason),
                ..nothing
            },
        }
    }
}

impl Route {
    fn with(self, access: &Access) -> Self {
        match access {
            Access::Public(reason) => Self {
                access: "public",
                reason: Some(reason),
                ..self
            },
            Access::Token(rule) => Self {
                access: "token",
                rule: Some(rule.to_string()),
                ..self
            },
        }
    }
}

/// A cell of a Markdown table.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|")
}

/// A cell of code, whose own backticks take a longer fence.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
