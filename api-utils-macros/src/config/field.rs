//! One field, from its attributes to the model.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, ExprLit, GenericArgument, Lit, LitStr, Meta, PathArguments, Type};

use super::attr::{self, FieldAttributes, Given};
use super::model::{Default, Field, Kind, ReadBy, Rule, Setting};
use super::spelling::{self, Spelling};
use super::words;
use crate::diag::Errors;

/// As for HS256 (RFC 7518 section 3.2).
const LEAST_SECRET_BYTES: usize = 32;

/// What the struct says for each of its fields.
pub(crate) struct Outer {
    pub(crate) prefix: String,
    pub(crate) spelling: Option<Spelling>,
}

impl Outer {
    /// What a document has a field under, where that is not its name.
    fn key(&self, ident: &syn::Ident) -> String {
        self.spelling.map_or_else(String::new, |spelling| {
            let outer = spelling::table(&self.prefix);
            format!("{outer}{}", spelling.of_field(&ident.unraw().to_string()))
        })
    }
}

pub(crate) fn check<'a>(
    field: &'a syn::Field,
    outer: &Outer,
    errors: &mut Errors,
) -> Option<Field<'a>> {
    let ident = field.ident.as_ref()?;
    let attributes = attr::read_field(&field.attrs, errors);
    let kind = if let Some(skip) = attributes.skip {
        skipped(skip, attributes, errors)
    } else if attributes.flatten.is_some() || attributes.nested.is_some() {
        section(field, ident, &attributes, outer, errors)?
    } else {
        setting(field, ident, attributes, outer, errors)?
    };
    Some(Field {
        ident,
        ty: &field.ty,
        kind,
    })
}

/// The keys of a setting that were given, but for `default`.
fn keys_of_settings(attributes: &FieldAttributes) -> Vec<(Span, &'static str)> {
    fn key<T>(given: &Option<Given<T>>) -> Option<Span> {
        given.as_ref().map(|given| given.key)
    }
    [
        (attributes.aliases.first().map(|given| given.key), "alias"),
        (key(&attributes.delimiter), "delimiter"),
        (key(&attributes.len), "len"),
        (key(&attributes.name), "name"),
        (attributes.non_empty, "non_empty"),
        (attributes.not_secret, "not_secret"),
        (key(&attributes.one_of), "one_of"),
        (attributes.parse, "parse"),
        (key(&attributes.range), "range"),
        (key(&attributes.required_if), "required_if"),
        (attributes.serde, "serde"),
        (key(&attributes.strength), "strength"),
        (key(&attributes.validate), "validate"),
    ]
    .into_iter()
    .filter_map(|(span, word)| Some((span?, word)))
    .collect()
}

fn skipped<'a>(skip: Span, attributes: FieldAttributes, errors: &mut Errors) -> Kind<'a> {
    let mut wrong = keys_of_settings(&attributes);
    wrong.extend(attributes.flatten.map(|span| (span, "flatten")));
    wrong.extend(attributes.nested.map(|span| (span, "nested")));
    wrong.extend(
        attributes
            .prefix
            .as_ref()
            .map(|given| (given.key, "prefix")),
    );
    if let Some((_, word)) = wrong.first() {
        let message = format!("a skipped field is no setting; drop `skip` or `{word}`");
        errors.at(skip, message);
    }
    Kind::Skipped(attributes.default.map(|given| given.value))
}

fn section<'a>(
    field: &'a syn::Field,
    ident: &syn::Ident,
    attributes: &FieldAttributes,
    outer: &Outer,
    errors: &mut Errors,
) -> Option<Kind<'a>> {
    let mut wrong = keys_of_settings(attributes);
    wrong.extend(
        attributes
            .default
            .as_ref()
            .map(|given| (given.key, "default")),
    );
    for (span, word) in wrong {
        errors.at(
            span,
            format!("`{word}` is of one setting, and a `flatten`ed field has several; keep one of the two"),
        );
    }
    if let (Some(_), Some(nested)) = (attributes.flatten, attributes.nested) {
        errors.at(
            nested,
            "`nested` is `flatten` with the field's name as the prefix; keep one of the two",
        );
    }
    let (inner, mut key) = match (&attributes.prefix, attributes.nested) {
        (None, Some(_)) => (format!("{}_", name_of(ident, errors)?), outer.key(ident)),
        (given, _) => (prefix(given.as_ref(), errors), String::new()),
    };
    if !key.is_empty() {
        key.push('.');
    }
    Some(Kind::Section {
        prefix: format!("{}{inner}", outer.prefix),
        key,
        optional: inside_option(&field.ty),
    })
}

fn setting<'a>(
    field: &'a syn::Field,
    ident: &syn::Ident,
    attributes: FieldAttributes,
    outer: &Outer,
    errors: &mut Errors,
) -> Option<Kind<'a>> {
    if let Some(prefix) = &attributes.prefix {
        errors.at(
            prefix.key,
            "`prefix` is for a `flatten`ed field; write the whole name with `name = \"…\"`",
        );
    }
    let (name, key) = match &attributes.name {
        Some(given) => {
            let name = plain(given, "a name", errors)?;
            let key = spelling::key_of_name(&outer.prefix, &name);
            (name, key)
        }
        None => (name_of(ident, errors)?, outer.key(ident)),
    };
    let outer = &outer.prefix;
    let aliases = attributes
        .aliases
        .iter()
        .filter_map(|given| Some(format!("{outer}{}", plain(given, "an alias", errors)?)))
        .collect();
    let read_by = read_by(&attributes, errors);
    let strength = attributes
        .strength
        .as_ref()
        .and_then(|given| errors.keep(least_bytes(given)));
    Some(Kind::Setting(Box::new(Setting {
        sounds_secret: attributes.not_secret.is_none() && words::sound_secret(&name),
        name: format!("{outer}{name}"),
        key,
        aliases,
        description: description(&field.attrs),
        delimiter: attributes
            .delimiter
            .as_ref()
            .map_or_else(String::new, |given| {
                let text = given.value.value();
                if text.trim().is_empty() {
                    errors.at(
                        given.value.span(),
                        "a delimiter is a visible text, like `,`",
                    );
                }
                text
            }),
        read_by,
        inner: inside_option(&field.ty),
        strength,
        rules: rules(&attributes),
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
        required_if: attributes.required_if.map(|given| given.value),
    })))
}

fn read_by(attributes: &FieldAttributes, errors: &mut Errors) -> ReadBy {
    let read_by = match (attributes.parse, attributes.serde) {
        (Some(_), Some(serde)) => {
            errors.at(
                serde,
                "a field is read by `parse` or by `serde`; keep one of the two",
            );
            ReadBy::Serde
        }
        (Some(_), None) => ReadBy::Parse,
        (None, Some(_)) => ReadBy::Serde,
        (None, None) => return ReadBy::Type,
    };
    if read_by == ReadBy::Parse
        && let Some(delimiter) = &attributes.delimiter
    {
        errors.at(
            delimiter.key,
            "`parse` reads the whole text, and `delimiter` splits it; keep one of the two",
        );
    }
    read_by
}

fn rules(attributes: &FieldAttributes) -> Vec<Rule> {
    let mut rules = Vec::new();
    rules.extend(
        attributes
            .range
            .as_ref()
            .map(|given| Rule::Range(given.value.clone())),
    );
    rules.extend(
        attributes
            .len
            .as_ref()
            .map(|given| Rule::Len(given.value.clone())),
    );
    rules.extend(
        attributes
            .one_of
            .as_ref()
            .map(|given| Rule::OneOf(given.value.clone())),
    );
    rules.extend(attributes.non_empty.map(Rule::NonEmpty));
    rules.extend(
        attributes
            .validate
            .as_ref()
            .map(|given| Rule::Validate(given.value.clone())),
    );
    rules
}

fn least_bytes(given: &Given<Option<syn::LitInt>>) -> syn::Result<(Span, usize)> {
    let Some(written) = &given.value else {
        return Ok((given.key, LEAST_SECRET_BYTES));
    };
    match written.base10_parse()? {
        least @ 16..=1024 => Ok((given.key, least)),
        _ => Err(syn::Error::new(
            written.span(),
            "a key has 16 to 1024 bytes; 32 is right for most",
        )),
    }
}

/// `Option<T>`, as it is written: a macro sees no types.
fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if last.ident == "Option" => Some(inner),
        _ => None,
    }
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

pub(crate) fn prefix(given: Option<&Given<LitStr>>, errors: &mut Errors) -> String {
    given
        .and_then(|given| plain(given, "a prefix", errors))
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
        format!("{what} has ASCII letters, digits and `_`, and starts with no digit"),
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
