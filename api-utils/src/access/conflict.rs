//! Routes that cannot stand side by side: found before axum would panic.

use std::fmt;

use http::Method;

use super::guard::Access;
use super::routes::Line;
use super::table::FallbackEntry;

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
///
/// Its `Debug` says the same, because that is what a `main` that returns it shows.
#[derive(Clone, Eq, PartialEq)]
pub struct RouteConflict {
    /// The route, or nothing for a fallback.
    route: Option<(Method, &'static str)>,
    handler: &'static str,
    kind: Kind,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Kind {
    Taken { by: &'static str },
    HeadBesideGet,
    Path(matchit::InsertError),
    FallbackReads { parameter: &'static str },
}

impl fmt::Display for RouteConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let handler = self.handler;
        match &self.route {
            Some((method, path)) => write!(f, "`{method} {path}` of `{handler}` ")?,
            None => write!(f, "the fallback `{handler}` ")?,
        }
        match &self.kind {
            Kind::Taken { by } => write!(f, "is taken by `{by}` already"),
            Kind::HeadBesideGet => f.write_str("is answered by the `GET` of its path already"),
            Kind::Path(matchit::InsertError::Conflict { with }) => {
                write!(f, "matches the same requests as `{with}`")
            }
            Kind::Path(error) => write!(f, "cannot be routed: {error}"),
            Kind::FallbackReads { parameter } => write!(
                f,
                "reads the path parameter `{parameter}` in its rule, and a fallback has none"
            ),
        }
    }
}

impl fmt::Debug for RouteConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for RouteConflict {}

/// The first conflict, by the router that axum itself uses.
pub(super) fn first_conflict<S, H>(
    lines: &[Line<S>],
    fallbacks: &[(FallbackEntry, H)],
) -> Result<(), RouteConflict> {
    let mut paths = matchit::Router::new();
    for (index, line) in lines.iter().enumerate() {
        let entry = line.entry;
        let conflict = |kind| RouteConflict {
            route: Some((entry.method().clone(), entry.path())),
            handler: entry.handler(),
            kind,
        };
        let mut same_path = false;
        for earlier in lines.iter().take(index).map(|line| line.entry) {
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
    fallback_conflict(fallbacks)
}

fn fallback_conflict<H>(fallbacks: &[(FallbackEntry, H)]) -> Result<(), RouteConflict> {
    let of = |entry: &FallbackEntry, kind| RouteConflict {
        route: None,
        handler: entry.handler(),
        kind,
    };
    if let [(first, _), (second, _), ..] = fallbacks {
        let by = first.handler();
        return Err(of(second, Kind::Taken { by }));
    }
    for (entry, _) in fallbacks {
        if let Access::Token(rule) = entry.access()
            && let Some(parameter) = rule.first_parameter_outside("")
        {
            return Err(of(entry, Kind::FallbackReads { parameter }));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use axum::Router;
    use axum::routing::{MethodFilter, on};
    use http::Method;

    use super::super::routes::Line;
    use super::super::table::RouteEntry;
    use super::{Access, FallbackEntry, first_conflict};

    const PATHS: [&str; 20] = [
        "/",
        "/a",
        "/a/",
        "/a/b",
        "/{x}",
        "/{y}",
        "/{x}/",
        "/{x}/b",
        "/{y}/b",
        "/{*rest}",
        "/{*all}",
        "/a/{x}",
        "/a/{y}",
        "/a/{*rest}",
        "/a/{x}/c",
        "/v{x}",
        "/v{y}",
        "/v{*rest}",
        "/{{x}}",
        "/a/{x}/{y}/{*z}",
    ];

    fn line(method: Method, path: &'static str) -> Line<()> {
        let filter = MethodFilter::try_from(method.clone()).unwrap();
        let entry = RouteEntry::new(method, path, "handler", Access::Public("a"), 0);
        Line {
            entry: Box::leak(Box::new(entry)),
            file: "",
            handler: on(filter, || async {}),
        }
    }

    /// Every pair and triple of paths: an error here, or no panic there.
    #[test]
    fn what_is_no_conflict_does_not_panic_in_axum() {
        let methods = [Method::GET, Method::HEAD, Method::POST];
        let mut found = [0_usize; 2];
        for one in PATHS {
            for two in PATHS {
                for (place, three) in PATHS.iter().enumerate() {
                    let method = &methods[place % 3];
                    let lines = [
                        line(Method::GET, one),
                        line(method.clone(), two),
                        line(Method::PUT, three),
                    ];
                    let none: [(FallbackEntry, ()); 0] = [];
                    let conflict = first_conflict(&lines, &none).is_err();
                    found[usize::from(conflict)] += 1;
                    if !conflict {
                        let mount = || {
                            lines.into_iter().fold(Router::new(), |router, line| {
                                router.route(line.entry.path(), line.handler)
                            })
                        };
                        let mounted = catch_unwind(AssertUnwindSafe(mount));
                        assert!(mounted.is_ok(), "{one} {two} {three}");
                    }
                }
            }
        }
        assert!(found.iter().all(|count| *count > 1000), "{found:?}");
    }
}
