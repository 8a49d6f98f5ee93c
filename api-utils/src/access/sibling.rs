//! Routes beside which a percent-encoded path leads to another rule.

use http::Method;

use super::guard::Access;
use super::table::RouteEntry;

/// A router compares the text of a path as it was sent and decodes only parameters. So a fixed
/// segment, percent-encoded, goes to the sibling with a parameter in its place.
pub(super) fn warnings<'a>(entries: impl Iterator<Item = &'a RouteEntry> + Clone) -> Vec<String> {
    let mut warnings = Vec::new();
    for fixed in entries.clone() {
        if matches!(fixed.access(), Access::Public(_)) {
            continue;
        }
        for open in entries.clone() {
            if same_method(fixed.method(), open.method())
                && open.access() != fixed.access()
                && takes_in(open.path(), fixed.path())
            {
                warnings.push(format!(
                    "`{} {}` can be written with percent-encoding, and is answered by `{}` \
                     (`{}`) then, whose rule is another",
                    fixed.method(),
                    fixed.path(),
                    open.handler(),
                    open.path(),
                ));
            }
        }
    }
    warnings
}

/// HEAD follows GET.
fn same_method(fixed: &Method, open: &Method) -> bool {
    fixed == open
        || (*fixed == Method::GET && *open == Method::HEAD)
        || (*fixed == Method::HEAD && *open == Method::GET)
}

/// Whether every path of `fixed` has a parameter's place in `open` where `fixed` has a text.
fn takes_in(open: &str, fixed: &str) -> bool {
    let mut open = open.split('/');
    let mut fixed = fixed.split('/');
    let mut differs = false;
    loop {
        match (open.next(), fixed.next()) {
            (None, None) => return differs,
            (Some(one), Some(_)) if one.starts_with("{*") => return true,
            (Some(one), Some(other)) => match (text_before(one), text_before(other)) {
                (Err(one), Err(other)) if one == other => {}
                // A parameter on both sides: the same place.
                (Ok(one), Ok(other)) if other.starts_with(one) => {}
                (Ok(one), Err(other)) if other.starts_with(one) => differs = true,
                _ => return false,
            },
            _ => return false,
        }
    }
}

/// The text before a segment's parameter; a segment without one as it is.
fn text_before(segment: &str) -> Result<&str, &str> {
    if !segment.ends_with('}') || segment.ends_with("}}") {
        return Err(segment);
    }
    match segment.rsplit_once('{') {
        Some((text, _)) => Ok(text),
        None => Err(segment),
    }
}

#[cfg(test)]
mod tests {
    use super::takes_in;

    #[test]
    fn siblings() {
        for (open, fixed, expected) in [
            ("/files/{name}", "/files/admin", true),
            ("/files/{name}", "/files/admin/x", false),
            ("/files/{*rest}", "/files/admin/x", true),
            ("/{*rest}", "/files", true),
            ("/files/{name}", "/files/{name}", false),
            ("/files/{name}/x", "/files/{other}/x", false),
            ("/v{n}/x", "/v1/x", true),
            ("/v{n}/x", "/w1/x", false),
            ("/{a}/admin", "/files/{b}", false),
            ("/{a}/{b}", "/files/{b}", true),
            ("/files/admin", "/files/{name}", false),
            ("/{{x}}", "/y", false),
        ] {
            assert_eq!(takes_in(open, fixed), expected, "{open} {fixed}");
        }
    }
}
