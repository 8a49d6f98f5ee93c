//! From attributes to the model: a function a rule. Rules over the whole tree are not here but in
//! the constants that `emit` writes, since a section may be of another crate.

use std::collections::HashMap;

use quote::ToTokens as _;
use syn::{Data, DeriveInput, Fields};

use super::attr::StructAttributes;
use super::field::{self, Outer, prefix};
use super::model::{Field, Input, Kind, Role};
use crate::diag::{self, Errors};
use crate::krate;

const JWT_SECRET: &str = "JWT_SECRET";

pub(crate) fn check<'a>(
    input: &'a DeriveInput,
    attributes: &'a StructAttributes,
    errors: &mut Errors,
) -> Option<Input<'a>> {
    let role = role(input, attributes, errors);
    let outer = Outer {
        prefix: prefix(attributes.prefix.as_ref(), errors),
        spelling: attributes.rename_all.as_ref().map(|given| given.value),
    };
    let fields: Vec<Field<'a>> = named_fields(input, errors)?
        .iter()
        .filter_map(|field| field::check(field, &outer, errors))
        .collect();
    no_name_twice(&fields, errors);
    no_key_twice(&fields, errors);
    no_name_of_a_file(&fields, errors);
    conditions_name_fields(&fields, errors);
    jwt_secret_somewhere(input, role, &fields, errors);
    Some(Input {
        ident: &input.ident,
        visibility: &input.vis,
        generics: &input.generics,
        krate: krate_path(attributes),
        role,
        validate: attributes.validate.as_ref().map(|given| &given.value),
        fields,
    })
}

/// The path of the run-time crate, for this struct.
pub(crate) fn krate_path(attributes: &StructAttributes) -> proc_macro2::TokenStream {
    match &attributes.krate {
        Some(given) => given.value.to_token_stream(),
        None => krate::default_path(),
    }
}

fn role(input: &DeriveInput, attributes: &StructAttributes, errors: &mut Errors) -> Role {
    match (attributes.section, &attributes.no_jwt_secret) {
        (Some(_), Some(reason)) => errors.at(
            reason.key,
            "a section needs no JWT_SECRET; drop `no_jwt_secret`, or `section` if this is loaded by itself",
        ),
        (None, Some(reason)) if reason.value.value().trim().is_empty() => errors.at(
            reason.value.span(),
            "say why no JWT_SECRET is needed; this text is for those who review it",
        ),
        _ => {}
    }
    if attributes.section.is_some() {
        return Role::Section;
    }
    if let Some(parameter) = input.generics.params.first() {
        errors.push(syn::Error::new_spanned(
            parameter,
            "what is loaded is one concrete type; name the type here, \
             or write `#[config(section)]` if this is a part of another struct",
        ));
    }
    match attributes.no_jwt_secret {
        Some(_) => Role::RootWithoutJwtSecret,
        None => Role::Root,
    }
}

fn named_fields<'a>(
    input: &'a DeriveInput,
    errors: &mut Errors,
) -> Option<&'a syn::punctuated::Punctuated<syn::Field, syn::Token![,]>> {
    let (found, span) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(&fields.named),
            Fields::Unnamed(_) => ("a struct without field names", data.struct_token.span),
            Fields::Unit => ("a struct without fields", data.struct_token.span),
        },
        Data::Enum(data) => ("an enum", data.enum_token.span),
        Data::Union(data) => ("a union", data.union_token.span),
    };
    errors.at(
        span,
        format!("settings are found by the names of fields, and this is {found}; write `struct {} {{ … }}`", input.ident),
    );
    None
}

/// Within one struct; `emit` checks the tree.
fn no_name_twice(fields: &[Field<'_>], errors: &mut Errors) {
    let mut first_of: HashMap<&str, &syn::Ident> = HashMap::new();
    for field in fields {
        for (ident, name) in names_of(field) {
            match first_of.get(name.as_str()) {
                Some(first) => errors.at(
                    ident.span(),
                    format!("`{first}` reads `{name}` as well; give one of them another `name`"),
                ),
                None => {
                    first_of.insert(name, ident);
                }
            }
        }
    }
}

/// What a setting is read by: its name and the former ones.
fn names_of<'a>(field: &'a Field<'_>) -> impl Iterator<Item = (&'a syn::Ident, &'a String)> {
    let setting = match &field.kind {
        Kind::Setting(setting) => Some(setting),
        _ => None,
    };
    let names = setting.into_iter().flat_map(|setting| {
        let aliases = setting.aliases.iter();
        std::iter::once(&setting.name).chain(aliases)
    });
    names.map(|name| (field.ident, name))
}

/// `pool_size` and `poolsize` are one key of a document where the words are joined.
fn no_key_twice(fields: &[Field<'_>], errors: &mut Errors) {
    let mut first_of: HashMap<String, &syn::Ident> = HashMap::new();
    for field in fields {
        let Kind::Setting(setting) = &field.kind else {
            continue;
        };
        let key = match setting.key.as_str() {
            "" => setting.name.to_ascii_uppercase(),
            key => key.replace(['-', '.'], "_").to_ascii_uppercase(),
        };
        if let Some(first) = first_of.insert(key, field.ident)
            && !setting.key.is_empty()
        {
            errors.at(
                field.ident.span(),
                format!("`{first}` is the same key of a document, in any case; give one of them another `name`"),
            );
        }
    }
}

/// `NAME_FILE` names the file of `NAME`, and so cannot be a setting beside it.
fn no_name_of_a_file(fields: &[Field<'_>], errors: &mut Errors) {
    let names: Vec<(&syn::Ident, &String)> = fields.iter().flat_map(names_of).collect();
    for (ident, name) in &names {
        let Some(stem) = name.strip_suffix("_FILE") else {
            continue;
        };
        if let Some((beside, _)) = names.iter().find(|(_, other)| *other == stem) {
            errors.at(
                ident.span(),
                format!("`{name}` names the file that `{beside}` is read from; give one of them another `name`"),
            );
        }
    }
}

/// `required_if` names a setting beside it, and stands on an optional one.
fn conditions_name_fields(fields: &[Field<'_>], errors: &mut Errors) {
    for field in fields {
        let Kind::Setting(setting) = &field.kind else {
            continue;
        };
        let Some(condition) = &setting.required_if else {
            continue;
        };
        if setting.inner.is_none() {
            errors.at(
                field.ident.span(),
                "only an optional setting is required now and then; give it the type `Option<…>`",
            );
        }
        let is_setting = |one: &&Field<'_>| matches!(one.kind, Kind::Setting(_));
        let known: Vec<String> = fields
            .iter()
            .filter(is_setting)
            .map(|one| one.ident.to_string())
            .collect();
        if !known.contains(&condition.field.to_string()) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            errors.push(diag::unknown_key(&condition.field, "field", &known));
        }
    }
}

/// Without sections the macro sees the whole tree, and says it at the better place.
fn jwt_secret_somewhere(
    input: &DeriveInput,
    role: Role,
    fields: &[Field<'_>],
    errors: &mut Errors,
) {
    let somewhere = fields.iter().any(|field| match &field.kind {
        Kind::Setting(setting) => setting.name.ends_with(JWT_SECRET),
        Kind::Section { .. } => true,
        Kind::Skipped(_) => false,
    });
    // A misspelt key may have hidden it: one thing after the other.
    if role == Role::Root && !somewhere && errors.is_empty() {
        errors.at(input.ident.span(), super::model::NO_JWT_SECRET);
    }
}
