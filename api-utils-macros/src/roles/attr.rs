//! The input of the derive to [`Roles`].

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Path, Token};

use super::model::{Roles, Variant};
use crate::diag::{self, Errors, duplicate_key};
use crate::krate;

pub(super) fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Roles> {
    let Data::Enum(data) = &input.data else {
        let message = format!(
            "roles are the variants of an enum; write `enum {} {{ Admin, Editor }}`",
            input.ident
        );
        errors.at(input.ident.span(), message);
        return None;
    };
    if !input.generics.params.is_empty() {
        errors.at(
            input.generics.span(),
            "an enum of roles takes no parameters; remove them",
        );
        return None;
    }
    let mut krate = None;
    for attribute in &input.attrs {
        if attribute.path().is_ident("roles") {
            let path = crate_path(attribute);
            krate = errors.keep(path).or(krate);
        } else if attribute.path().is_ident("role") {
            errors.at(
                attribute.path().span(),
                "`#[role(\"…\")]` belongs above a variant",
            );
        }
    }
    let variants = data
        .variants
        .iter()
        .map(|variant| parse_variant(variant, errors))
        .collect();
    Some(Roles {
        krate,
        name: input.ident.clone(),
        variants,
    })
}

/// `#[roles(crate = ::renamed)]`
fn crate_path(attribute: &Attribute) -> syn::Result<Path> {
    attribute.parse_args_with(|input: syn::parse::ParseStream<'_>| {
        let key = input.call(Ident::parse_any)?;
        if key != "crate" {
            return Err(diag::unknown_key(&key, "key", &["crate"]));
        }
        let _: Token![=] = input.parse()?;
        krate::parse_path(input)
    })
}

fn parse_variant(variant: &syn::Variant, errors: &mut Errors) -> Variant {
    match &variant.fields {
        Fields::Unit => {}
        fields => errors.at(
            fields.span(),
            "a role is a name and carries nothing; remove the fields",
        ),
    }
    if let Some((_, number)) = &variant.discriminant {
        errors.at(number.span(), "a role has no number; remove it");
    }
    let mut role = None;
    for attribute in &variant.attrs {
        if attribute.path().is_ident("role") {
            let text = text(attribute);
            if errors
                .keep(text)
                .and_then(|text| role.replace(text))
                .is_some()
            {
                errors.push(duplicate_key(&Ident::new("role", attribute.path().span())));
            }
        } else if attribute.path().is_ident("roles") {
            errors.at(
                attribute.path().span(),
                "a variant is one role; write `#[role(\"…\")]`",
            );
        }
    }
    let name = variant.ident.clone();
    let role = role.unwrap_or_else(|| LitStr::new(&snake_case(&name), name.span()));
    Variant { name, role }
}

fn text(attribute: &Attribute) -> syn::Result<LitStr> {
    const FORM: &str = "expected the role's text; write `#[role(\"billing:read\")]`";
    match &attribute.meta {
        syn::Meta::List(list) if !list.tokens.is_empty() => attribute
            .parse_args()
            .map_err(|error: syn::Error| syn::Error::new(error.span(), FORM)),
        meta => Err(syn::Error::new(meta.path().span(), FORM)),
    }
}

/// `SuperAdmin` is the role `super_admin`, as serde's `snake_case` has it.
fn snake_case(name: &Ident) -> String {
    let mut text = String::new();
    for (index, c) in name.unraw().to_string().chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            text.push('_');
        }
        text.extend(c.to_lowercase());
    }
    text
}
