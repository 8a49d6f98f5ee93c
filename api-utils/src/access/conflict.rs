//! Routes that cannot stand side by side: found before axum would panic.

use std::fmt;

use axum::routing::MethodRouter;
use http::Method;

use super::table::RouteEntry;

/// Two routes that cannot stand in one router, or a path that axum cannot route.
///
/// `routes!` finds most of them in one table at compile time; this is for tables that are merged.
///
/// ```
/// use api_utils::{Auth, Routes, public, routes};
///
/// #[public("liveness probe")]
/// async fn health() {}
///
/// fn table() -> Routes<Auth> {
///     routes! { state Auth; GET "/health" => health }
/// }
/// # let auth = Auth::builder("https://id.example", ["my-api"])
/// #     .hmac(api_utils::token::Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
/// #     .build().unwrap();
/// let conflict = table().merge(table()).into_router(auth).unwrap_err();
/// assert_eq!(
///     conflict.to_string(),
///     "`GET /health` of `health` is taken by `health` already",
/// );
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RouteConflict {
    method: Method,
    path: &'static str,
    handler: &'static str,
    kind: Kind,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Kind {
    Taken { by: &'static str },
    HeadBesideGet,
    Path(matchit::InsertError),
}

impl fmt::Display for RouteConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            path,
            handler,
            kind,
        } = self;
        write!(f, "`{method} {path}` of `{handler}` ")?;
        match kind {
            Kind::Taken { by } => write!(f, "is taken by `{by}` already"),
            Kind::HeadBesideGet => f.write_str("is answered by the `GET` of its path already"),
            Kind::Path(matchit::InsertError::Conflict { with }) => {
                write!(f, "matches the same requests as `{with}`")
            }
            Kind::Path(error) => write!(f, "cannot be routed: {error}"),
        }
    }
}

impl std::error::Error for RouteConflict {}

/// The first conflict among `entries`, by the router that axum itself uses.
pub(super) fn first_conflict<S>(
    lines: &[(&'static RouteEntry, MethodRouter<S>)],
) -> Result<(), RouteConflict> {
    let mut paths = matchit::Router::new();
    for (index, (entry, _)) in lines.iter().enumerate() {
        let conflict = |kind| RouteConflict {
            method: entry.method().clone(),
            path: entry.path(),
            handler: entry.handler(),
            kind,
        };
        let mut same_path = false;
        for (earlier, _) in lines.iter().take(index) {
            if earlier.path() != entry.path() {
                continue;
            }
            same_path = true;
            if earlier.method() == entry.method() {
                let by = earlier.handler();
                return Err(conflict(Kind::Taken { by }));
            }
            let pair = [earlier.method(), entry.method()];
            if pair.contains(&&Method::HEAD) && pair.contains(&&Method::GET) {
                return Err(conflict(Kind::HeadBesideGet));
            }
        }
        if !same_path && let Err(error) = paths.insert(entry.path(), ()) {
            return Err(conflict(Kind::Path(error)));
        }
    }
    Ok(())
}
