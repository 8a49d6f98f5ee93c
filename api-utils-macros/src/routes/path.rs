//! The path of a route as axum's router reads it: text, `{name}`, `{*name}`, `{{`, `}}`.

/// A segment between two slashes: a text, then perhaps a parameter to its end.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) parameter: Option<Parameter>,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) catch_all: bool,
}

/// The segments, or what is wrong with the path.
pub(super) fn parse(path: &str) -> Result<Vec<Segment>, String> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err(if path.is_empty() {
            "a path begins with `/`; write `\"/\"` for the root".to_owned()
        } else {
            format!("a path begins with `/`; write `\"/{path}\"`")
        });
    };
    let foreign = |c: &char| c.is_control() || c.is_whitespace() || matches!(c, '?' | '#');
    if let Some(sign) = rest.chars().find(foreign) {
        let mut bytes = [0; 4];
        let encoded: String = sign
            .encode_utf8(&mut bytes)
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        return Err(format!(
            "no request has {sign:?} in its path; write `{encoded}`, or remove it"
        ));
    }
    let segments = split(rest)
        .into_iter()
        .map(segment)
        .collect::<Result<Vec<_>, _>>()?;
    let mut names = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let Some(parameter) = &segment.parameter else {
            continue;
        };
        let name = &parameter.name;
        if names.contains(&name) {
            return Err(format!(
                "the path has the parameter `{name}` twice; give each its own name"
            ));
        }
        names.push(name);
        if parameter.catch_all && index.saturating_add(1) != segments.len() {
            return Err(format!(
                "`{{*{name}}}` takes the rest of the path; nothing can follow it"
            ));
        }
    }
    Ok(segments)
}

/// At each slash outside braces: one inside is a mistake that [`segment`] names.
fn split(path: &str) -> Vec<&str> {
    path.split('/').collect()
}

fn segment(segment: &str) -> Result<Segment, String> {
    for (sign, form) in [(':', "{name}"), ('*', "{*name}")] {
        if let Some(name) = segment.strip_prefix(sign) {
            let word = if name.is_empty() { "name" } else { name };
            return Err(format!(
                "a path parameter is written `{}`",
                form.replace("name", word)
            ));
        }
    }
    let mut text = String::new();
    let mut rest = segment.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '}' if rest.peek() == Some(&c) => {
                text.push(c);
                rest.next();
            }
            '}' => return Err("a `}` without its `{`; write `}}` for the sign itself".to_owned()),
            '{' => {
                let inside: String = rest.by_ref().take_while(|c| *c != '}').collect();
                if segment.ends_with('}') && rest.next().is_none() {
                    let parameter = Some(parameter(&inside)?);
                    return Ok(Segment { text, parameter });
                }
                return Err(if segment.contains('}') {
                    "a path parameter reaches to the next `/`; nothing can follow it in its \
                     segment"
                        .to_owned()
                } else {
                    "a `{` without its `}`; write `{{` for the sign itself".to_owned()
                });
            }
            c => text.push(c),
        }
    }
    Ok(Segment {
        text,
        parameter: None,
    })
}

fn parameter(inside: &str) -> Result<Parameter, String> {
    let name = inside.strip_prefix('*').unwrap_or(inside);
    if name.is_empty() {
        return Err(format!(
            "a path parameter has a name; write `{{{inside}name}}`"
        ));
    }
    if name.contains(['{', '*', ':']) {
        return Err(format!("`{name}` cannot be the name of a path parameter"));
    }
    Ok(Parameter {
        name: name.to_owned(),
        catch_all: inside.starts_with('*'),
    })
}

/// Whether axum's router could not tell the two paths apart, although they are written
/// differently: `/a/{x}` and `/a/{y}`, or `/a/{x}` and `/a/{*rest}`.
pub(super) fn conflict(left: &[Segment], right: &[Segment]) -> bool {
    for (one, other) in left.iter().zip(right) {
        let same_text = one.text == other.text;
        match (&one.parameter, &other.parameter) {
            (None, None) if same_text => {}
            (Some(one), Some(other)) if same_text => {
                if one.catch_all || other.catch_all {
                    return one != other || left.len() != right.len();
                }
            }
            _ => return false,
        }
    }
    left.len() == right.len() && left != right
}

#[cfg(test)]
mod tests {
    use super::{conflict, parse};

    #[test]
    fn good_paths() {
        for (path, names) in [
            ("/", &[][..]),
            ("/users", &[]),
            ("/users/", &[]),
            ("/users/{id}", &["id"]),
            ("/v{version}/{*rest}", &["version", "rest"]),
            ("/{{literal}}/{x}", &["x"]),
            ("/a/{user-id}", &["user-id"]),
        ] {
            let segments = parse(path).unwrap();
            let found: Vec<&str> = segments
                .iter()
                .filter_map(|segment| segment.parameter.as_ref())
                .map(|parameter| parameter.name.as_str())
                .collect();
            assert_eq!(found, names, "{path}");
        }
    }

    #[test]
    fn bad_paths() {
        for (path, message) in [
            ("", "a path begins with `/`; write `\"/\"` for the root"),
            ("users", "a path begins with `/`; write `\"/users\"`"),
            ("/:id", "a path parameter is written `{id}`"),
            (
                "/a b",
                "no request has ' ' in its path; write `%20`, or remove it",
            ),
            (
                "/a\n",
                "no request has '\\n' in its path; write `%0A`, or remove it",
            ),
            (
                "/a?b",
                "no request has '?' in its path; write `%3F`, or remove it",
            ),
            ("/a/*rest", "a path parameter is written `{*rest}`"),
            ("/{}", "a path parameter has a name; write `{name}`"),
            ("/{*}", "a path parameter has a name; write `{*name}`"),
            (
                "/{id",
                "a `{` without its `}`; write `{{` for the sign itself",
            ),
            (
                "/id}",
                "a `}` without its `{`; write `}}` for the sign itself",
            ),
            (
                "/{id}.json",
                "a path parameter reaches to the next `/`; nothing can follow it in its segment",
            ),
            (
                "/{a}{b}",
                "a path parameter reaches to the next `/`; nothing can follow it in its segment",
            ),
            (
                "/{*rest}/more",
                "`{*rest}` takes the rest of the path; nothing can follow it",
            ),
            (
                "/{id}/{id}",
                "the path has the parameter `id` twice; give each its own name",
            ),
        ] {
            assert_eq!(parse(path).unwrap_err(), message, "{path}");
        }
    }

    #[test]
    fn conflicts() {
        for (left, right, expected) in [
            ("/a/{x}", "/a/{y}", true),
            ("/a/{x}", "/a/{x}", false),
            ("/a/{x}/b", "/a/{y}/c", false),
            ("/a/{x}", "/a/{*rest}", true),
            ("/a/{x}/b", "/a/{*rest}", true),
            ("/a/{*one}", "/a/{*two}", true),
            ("/a/b", "/a/{x}", false),
            ("/a/v{x}", "/a/{y}", false),
            ("/a", "/a/{x}", false),
            ("/a", "/a/", false),
        ] {
            let (one, other) = (parse(left).unwrap(), parse(right).unwrap());
            assert_eq!(conflict(&one, &other), expected, "{left} {right}");
            assert_eq!(conflict(&other, &one), expected, "{right} {left}");
        }
    }
}
