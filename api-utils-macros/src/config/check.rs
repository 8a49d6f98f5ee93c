//! From attributes to the model: a function a rule. Rules over the whole tree are not here but in
//! the constants that `emit` writes, since a section may be of another crate.

use std::collections::HashMap;

use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, Lit, LitStr, Meta};

use super::attr::{self, FieldAttributes, Given, StructAttributes};
use super::model::{Default, Field, Input, Kind, Role};
use crate::diag::Errors;
use crate::krate;

const JWT_SECRET: &str = "JWT_SECRET";

pub(crate) fn check<'a>(
    input: &'a DeriveInput,
    attributes: &'a StructAttributes,
    errors: &mut Errors,
) -> Option<Input<'a>> {
    let role = role(input, attributes, errors);
    let prefix = prefix(attributes.prefix.as_ref(), errors);
    let fields: Vec<Field<'a>> = named_fields(input, errors)?
        .iter()
        .filter_map(|field| one_field(field, &prefix, errors))
        .collect();
    no_name_twice(&fields, errors);
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

fn one_field<'a>(field: &'a syn::Field, outer: &str, errors: &mut Errors) -> Option<Field<'a>> {
    let ident = field.ident.as_ref()?;
    let attributes = attr::read_field(&field.attrs, errors);
    let kind = if attributes.flatten.is_some() {
        section(&attributes, outer, errors)
    } else {
        setting(field, ident, attributes, outer, errors)?
    };
    Some(Field {
        ident,
        ty: &field.ty,
        kind,
    })
}

fn section(attributes: &FieldAttributes, outer: &str, errors: &mut Errors) -> Kind {
    for (key, word) in [
        (
            attributes.default.as_ref().map(|given| given.key),
            "default",
        ),
        (attributes.name.as_ref().map(|given| given.key), "name"),
    ] {
        if let Some(span) = key {
            errors.at(
                span,
                format!("`{word}` is of one setting, and a `flatten`ed field has several; keep one of the two"),
            );
        }
    }
    let inner = prefix(attributes.prefix.as_ref(), errors);
    Kind::Section {
        prefix: format!("{outer}{inner}"),
    }
}

fn setting(
    field: &syn::Field,
    ident: &syn::Ident,
    attributes: FieldAttributes,
    outer: &str,
    errors: &mut Errors,
) -> Option<Kind> {
    if let Some(prefix) = &attributes.prefix {
        errors.at(
            prefix.key,
            "`prefix` is for a `flatten`ed field; write the whole name with `name = \"…\"`",
        );
    }
    let name = match &attributes.name {
        Some(given) => plain(given, "name", errors)?,
        None => name_of(ident, errors)?,
    };
    Some(Kind::Setting {
        name: format!("{outer}{name}"),
        description: description(&field.attrs),
        default: match attributes.default {
            None => Default::None,
            Some(given) => match given.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Default::Text(text),
                expression => Default::Expression(expression),
            },
        },
    })
}

/// `jwt_secret` reads `JWT_SECRET`.
fn name_of(ident: &syn::Ident, errors: &mut Errors) -> Option<String> {
    let name = ident.unraw().to_string().to_ascii_uppercase();
    if is_plain(&name) {
        return Some(name);
    }
    errors.at(
        ident.span(),
        "not every system has variables of such a name; give one of ASCII letters by `#[config(name = \"…\")]`",
    );
    None
}

fn prefix(given: Option<&Given<LitStr>>, errors: &mut Errors) -> String {
    given
        .and_then(|given| plain(given, "prefix", errors))
        .unwrap_or_default()
}

/// A text that can be (the start of) a variable's name.
fn plain(given: &Given<LitStr>, what: &str, errors: &mut Errors) -> Option<String> {
    let text = given.value.value();
    if is_plain(&text) {
        return Some(text);
    }
    errors.at(
        given.value.span(),
        format!("a {what} has ASCII letters, digits and `_`, and starts with no digit"),
    );
    None
}

fn is_plain(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    name.bytes().next().is_some_and(letter)
        && name
            .bytes()
            .all(|byte| letter(byte) || byte.is_ascii_digit())
}

/// The field's documentation, as one text.
fn description(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) if pair.path.is_ident("doc") => Some(text.value().trim().to_owned()),
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Within one struct; `emit` checks the tree.
fn no_name_twice(fields: &[Field<'_>], errors: &mut Errors) {
    let mut first_of: HashMap<&str, &syn::Ident> = HashMap::new();
    for field in fields {
        let Kind::Setting { name, .. } = &field.kind else {
            continue;
        };
        match first_of.get(name.as_str()) {
            Some(first) => errors.at(
                field.ident.span(),
                format!("`{first}` reads `{name}` as well; give one of them another `name`"),
            ),
            None => {
                first_of.insert(name, field.ident);
            }
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
        Kind::Setting { name, .. } => name.ends_with(JWT_SECRET),
        Kind::Section { .. } => true,
    });
    // A misspelt key may have hidden it: one thing after the other.
    if role == Role::Root && !somewhere && errors.is_empty() {
        errors.at(input.ident.span(), super::emit::NO_JWT_SECRET);
    }
}
