//! What two lines of a table may not say.

use std::collections::HashMap;

use syn::LitStr;

use super::model::Line;
use super::path::{self, Segment};
use crate::diag::Errors;

pub(super) fn check(lines: &[Line], errors: &mut Errors) {
    let mut paths: Vec<(String, Vec<Segment>)> = Vec::new();
    // The line that a method and path first stood on.
    let mut seen: HashMap<(String, String), &Line> = HashMap::new();
    for line in lines {
        let text = line.path.value();
        match path::parse(&text) {
            Ok(segments) => {
                conflicts(line, &text, &segments, &paths, errors);
                if paths.iter().all(|(other, _)| *other != text) {
                    paths.push((text.clone(), segments));
                }
            }
            Err(message) => errors.at(line.path.span(), message),
        }
        for method in &line.methods {
            let key = (method.to_string(), text.clone());
            if let Some(first) = seen.get(&key) {
                let message = format!(
                    "`{method} \"{text}\"` stands twice; the first one goes to `{}`",
                    first.handler_name()
                );
                errors.at(line.path.span(), message);
            } else {
                seen.insert(key, line);
            }
        }
    }
    head_beside_get(lines, errors);
}

/// A prefix is joined as it is written: so it begins with a slash and leaves the next one to the
/// lines. Its parameters are checked with the path of each line.
pub(super) fn prefix(prefix: &LitStr, errors: &mut Errors) -> bool {
    let text = prefix.value();
    let message = match path::parse(&text) {
        Err(message) => message,
        Ok(_) if text.ends_with('/') => {
            "the paths of the lines begin with `/`; remove it at the end of the prefix".to_owned()
        }
        Ok(segments) => {
            let catch_all = |segment: &Segment| {
                let parameter = segment.parameter.as_ref();
                parameter.is_some_and(|parameter| parameter.catch_all)
            };
            if !segments.iter().any(catch_all) {
                return true;
            }
            "nothing can follow `{*…}`; a prefix takes `{name}`".to_owned()
        }
    };
    errors.at(prefix.span(), message);
    false
}

fn conflicts(
    line: &Line,
    text: &str,
    segments: &[Segment],
    paths: &[(String, Vec<Segment>)],
    errors: &mut Errors,
) {
    let other = paths
        .iter()
        .find(|(_, other)| path::conflict(other, segments));
    if let Some((other, _)) = other {
        let message = format!(
            "\"{text}\" and \"{other}\" match the same requests; name their parameters alike"
        );
        errors.at(line.path.span(), message);
    }
}

fn head_beside_get(lines: &[Line], errors: &mut Errors) {
    for line in lines {
        let head = line.methods.iter().find(|method| *method == "HEAD");
        let get = lines.iter().any(|other| {
            other.path.value() == line.path.value()
                && other.methods.iter().any(|method| method == "GET")
        });
        if let (Some(head), true) = (head, get) {
            errors.at(
                head.span(),
                "`HEAD` follows the `GET` of its path by itself; remove it here",
            );
        }
    }
}
