//! What the roles of a service may not be.

use std::collections::HashMap;

use super::model::Roles;
use crate::diag::Errors;
use crate::rule;

pub(super) fn check(roles: &Roles, errors: &mut Errors) {
    if roles.variants.is_empty() {
        let message = format!("`{}` has no role; name one", roles.name);
        errors.at(roles.name.span(), message);
    }
    let mut seen = HashMap::new();
    for variant in &roles.variants {
        rule::text("role", &variant.role, errors);
        let text = variant.role.value();
        if let Some(first) = seen.get(&text) {
            let message =
                format!("the role \"{text}\" is `{first}` already; give each its own text");
            errors.at(variant.role.span(), message);
        } else {
            seen.insert(text, &variant.name);
        }
    }
}
