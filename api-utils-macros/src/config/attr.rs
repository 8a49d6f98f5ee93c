//! What stands in `#[config(…)]`, read word by word; every mistake is kept and reading goes on.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, LitInt, LitStr, Path, Token};

use super::model::Condition;
use super::spelling::Spelling;
use crate::diag::{self, Errors};
use crate::krate;

/// The keys above a struct.
const STRUCT_KEYS: [&str; 6] = [
    "crate",
    "no_jwt_secret",
    "prefix",
    "rename_all",
    "section",
    "validate",
];
/// The keys above a field.
const FIELD_KEYS: [&str; 18] = [
    "alias",
    "default",
    "delimiter",
    "flatten",
    "len",
    "name",
    "nested",
    "non_empty",
    "not_secret",
    "one_of",
    "parse",
    "prefix",
    "range",
    "required_if",
    "serde",
    "skip",
    "strength",
    "validate",
];

/// Words of other crates, and what says the same here.
const INSTEAD: [(&str, &str); 6] = [
    (
        "secret",
        "a setting is a secret by its type, `SecretString`",
    ),
    (
        "sensitive",
        "a setting is a secret by its type, `SecretString`",
    ),
    ("optional", "a setting is optional by its type, `Option<…>`"),
    (
        "required",
        "a setting without `default` and `Option` is required",
    ),
    ("env", "write `name = \"…\"`"),
    ("rename", "write `name = \"…\"`"),
];

/// `#[config(…)]` above the struct.
#[derive(Default)]
pub(crate) struct StructAttributes {
    pub(crate) section: Option<Span>,
    pub(crate) no_jwt_secret: Option<Given<LitStr>>,
    pub(crate) prefix: Option<Given<LitStr>>,
    pub(crate) rename_all: Option<Given<Spelling>>,
    pub(crate) validate: Option<Given<Path>>,
    pub(crate) krate: Option<Given<Path>>,
}

/// `#[config(…)]` above a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) aliases: Vec<Given<LitStr>>,
    pub(crate) default: Option<Given<Expr>>,
    pub(crate) delimiter: Option<Given<LitStr>>,
    pub(crate) flatten: Option<Span>,
    pub(crate) len: Option<Given<Expr>>,
    pub(crate) name: Option<Given<LitStr>>,
    pub(crate) nested: Option<Span>,
    pub(crate) non_empty: Option<Span>,
    pub(crate) not_secret: Option<Span>,
    pub(crate) one_of: Option<Given<Expr>>,
    pub(crate) parse: Option<Span>,
    pub(crate) prefix: Option<Given<LitStr>>,
    pub(crate) range: Option<Given<Expr>>,
    pub(crate) required_if: Option<Given<Condition>>,
    pub(crate) serde: Option<Span>,
    pub(crate) skip: Option<Span>,
    pub(crate) strength: Option<Given<Option<LitInt>>>,
    pub(crate) validate: Option<Given<Path>>,
}

/// The value of a key, and where the key stands.
pub(crate) struct Given<T> {
    pub(crate) key: Span,
    pub(crate) value: T,
}

pub(crate) fn read_struct(attributes: &[Attribute], errors: &mut Errors) -> StructAttributes {
    let mut read = StructAttributes::default();
    each_key(attributes, errors, |key, input, errors| {
        match key.to_string().as_str() {
            "section" => set_flag(&mut read.section, key, errors),
            "no_jwt_secret" => set(&mut read.no_jwt_secret, key, text(key, input)?, errors),
            "prefix" => set(&mut read.prefix, key, text(key, input)?, errors),
            "rename_all" => {
                let spelling = Spelling::of(&text(key, input)?)?;
                set(&mut read.rename_all, key, spelling, errors);
            }
            "validate" => set(&mut read.validate, key, path(key, input)?, errors),
            "crate" => {
                input.parse::<Token![=]>()?;
                set(&mut read.krate, key, krate::parse_path(input)?, errors);
            }
            _ => {
                return Err(unknown(
                    key,
                    "struct key",
                    &STRUCT_KEYS,
                    &FIELD_KEYS,
                    "field",
                ));
            }
        }
        Ok(())
    });
    read
}

pub(crate) fn read_field(attributes: &[Attribute], errors: &mut Errors) -> FieldAttributes {
    let mut read = FieldAttributes::default();
    each_key(attributes, errors, |key, input, errors| {
        match key.to_string().as_str() {
            "alias" => read.aliases.push(Given {
                key: key.span(),
                value: text(key, input)?,
            }),
            "default" => set(&mut read.default, key, expression(key, input)?, errors),
            "delimiter" => set(&mut read.delimiter, key, text(key, input)?, errors),
            "flatten" => set_flag(&mut read.flatten, key, errors),
            "len" => set(&mut read.len, key, expression(key, input)?, errors),
            "name" => set(&mut read.name, key, text(key, input)?, errors),
            "nested" => set_flag(&mut read.nested, key, errors),
            "non_empty" => set_flag(&mut read.non_empty, key, errors),
            "not_secret" => set_flag(&mut read.not_secret, key, errors),
            "one_of" => set(&mut read.one_of, key, expression(key, input)?, errors),
            "parse" => set_flag(&mut read.parse, key, errors),
            "prefix" => set(&mut read.prefix, key, text(key, input)?, errors),
            "range" => set(&mut read.range, key, expression(key, input)?, errors),
            "required_if" => set(&mut read.required_if, key, condition(key, input)?, errors),
            "serde" => set_flag(&mut read.serde, key, errors),
            "skip" => set_flag(&mut read.skip, key, errors),
            "strength" => set(&mut read.strength, key, least(input)?, errors),
            "validate" => set(&mut read.validate, key, path(key, input)?, errors),
            _ => {
                return Err(unknown(
                    key,
                    "field key",
                    &FIELD_KEYS,
                    &STRUCT_KEYS,
                    "struct",
                ));
            }
        }
        Ok(())
    });
    read
}

/// Calls `one` for each key of each `#[config(…)]`. After an error it goes on behind the next
/// comma, so that every mistake is told in one run.
fn each_key(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut one: impl FnMut(&Ident, ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) {
    for attribute in attributes
        .iter()
        .filter(|one| one.path().is_ident("config"))
    {
        let read = attribute.parse_args_with(|input: ParseStream<'_>| {
            while !input.is_empty() {
                let step = input
                    .call(Ident::parse_any)
                    .and_then(|key| one(&key, input, errors));
                if let Err(error) = step {
                    errors.push(error);
                    skip_to_comma(input)?;
                }
                if input.is_empty() {
                    break;
                }
                if !input.peek(Token![,]) {
                    errors.push(input.error("a `,` belongs between two keys"));
                    skip_to_comma(input)?;
                }
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(())
        });
        errors.keep(read);
    }
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn unknown(
    key: &Ident,
    place: &str,
    known: &[&str],
    elsewhere: &[&str],
    other: &str,
) -> syn::Error {
    let word = key.to_string();
    if elsewhere.contains(&word.as_str()) {
        return syn::Error::new(
            key.span(),
            format!("`{word}` belongs above a {other}, and is no {place}"),
        );
    }
    if let Some((_, instead)) = INSTEAD.iter().find(|(one, _)| *one == word) {
        return syn::Error::new(key.span(), format!("there is no `{word}`; {instead}"));
    }
    diag::unknown_key(key, place, known)
}

fn set<T>(slot: &mut Option<Given<T>>, key: &Ident, value: T, errors: &mut Errors) {
    if slot.is_some() {
        errors.push(diag::duplicate_key(key));
        return;
    }
    *slot = Some(Given {
        key: key.span(),
        value,
    });
}

fn set_flag(slot: &mut Option<Span>, key: &Ident, errors: &mut Errors) {
    if slot.is_some() {
        errors.push(diag::duplicate_key(key));
        return;
    }
    *slot = Some(key.span());
}

/// `= …`
fn expression(key: &Ident, input: ParseStream<'_>) -> syn::Result<Expr> {
    if !input.peek(Token![=]) {
        let message = format!("`{key}` needs a value; write `{key} = …`");
        return Err(syn::Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    let mut expression = input.parse()?;
    // A `$value:literal` of a macro of the user's comes in a group that nobody wrote.
    while let Expr::Group(group) = expression {
        expression = *group.expr;
    }
    Ok(expression)
}

/// `= field` or `= field == value`
fn condition(key: &Ident, input: ParseStream<'_>) -> syn::Result<Condition> {
    if !input.peek(Token![=]) {
        let message = format!("say when; write `{key} = field` or `{key} = field == value`");
        return Err(syn::Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    let field = input.parse()?;
    let value = if input.peek(Token![==]) {
        input.parse::<Token![==]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    Ok(Condition { field, value })
}

/// Nothing, or `= 48`.
fn least(input: ParseStream<'_>) -> syn::Result<Option<LitInt>> {
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return Ok(None);
    }
    if !input.peek(LitInt) {
        return Err(input.error("write the fewest bytes as a number, `strength = 48`"));
    }
    input.parse().map(Some)
}

/// `= "text"`
fn text(key: &Ident, input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        return Err(input.error(format!("write a text in quotes, `{key} = \"…\"`")));
    }
    input.parse()
}

/// `= path::to::function`
fn path(key: &Ident, input: ParseStream<'_>) -> syn::Result<Path> {
    input.parse::<Token![=]>()?;
    if input.peek(LitStr) {
        return Err(input.error(format!(
            "write the path of a function, `{key} = path`, without quotes"
        )));
    }
    input.parse()
}
