//! One field in the output: its row of the table, the call that reads it, its rules.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Type};

use super::emit::{PLAIN_JWT_SECRET, as_trait, generated_at, refuse};
use super::model::{Default, Field, Input, Kind, ReadBy, Rule, Setting};

const SECRET_DEFAULT: &str = "a secret has no default: it would be in the program for all to read; \
    drop `default`, or use `Option` for a secret that may be absent";
const STRENGTH_OF_PLAIN: &str =
    "only a secret has a strength; use `api_utils::SecretString`, or drop `strength`";

/// A row of the table, for whatever is a setting.
pub(crate) fn entry(
    field: &Field<'_>,
    krate: &TokenStream,
    private: &TokenStream,
) -> Option<TokenStream> {
    match &field.kind {
        Kind::Skipped(_) => None,
        Kind::Setting(setting) => Some(setting_entry(field, setting, krate, private)),
        Kind::Section {
            prefix,
            key,
            optional,
        } => {
            let of_type = as_trait(optional.unwrap_or(field.ty), &quote!(#krate::config::Load));
            let optional = optional.is_some();
            Some(quote! {
                #private::Entry::Section(#private::Section {
                    prefix: #prefix,
                    key: #key,
                    optional: #optional,
                    entries: #of_type::ENTRIES,
                })
            })
        }
    }
}

/// What differs from a plain setting alone, so that the output of a large struct stays small.
fn setting_entry(
    field: &Field<'_>,
    setting: &Setting<'_>,
    krate: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let Setting {
        name,
        key,
        description,
        aliases,
        delimiter,
        ..
    } = setting;
    let default = match &setting.default {
        Default::None => None,
        Default::Text(text) => {
            let text = text.value();
            Some(quote!(default: #private::DefaultValue::Text(#text),))
        }
        Default::Expression(expression) => {
            let written = written(expression);
            Some(quote!(default: #private::DefaultValue::Expression(#written),))
        }
    };
    let key = (!key.is_empty()).then(|| quote!(key: #key,));
    let aliases = (!aliases.is_empty()).then(|| quote!(aliases: &[#(#aliases),*],));
    let delimiter = (!delimiter.is_empty()).then(|| quote!(delimiter: #delimiter,));
    let strength = setting.strength.map(|(_, least)| quote!(strength: #least,));
    let file = format!("{name}_FILE");
    let of_type = of_type(field.ty, setting, krate, private);
    quote! {
        #private::Entry::Setting(#private::Setting {
            name: #name,
            file: #file,
            description: #description,
            secret: #of_type::SECRET,
            optional: #of_type::OPTIONAL,
            #key
            #default
            #aliases
            #delimiter
            #strength
            ..#private::Setting::PLAIN
        })
    }
}

/// `<Type as FromValue>`, of what the field is read by.
fn of_type(
    ty: &Type,
    setting: &Setting<'_>,
    krate: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let from_value = quote!(#krate::config::FromValue);
    let Some(by) = wrapper(setting.read_by, private) else {
        return as_trait(ty, &from_value);
    };
    let span = generated_at(setting.inner.unwrap_or(ty).span());
    let by = at(by, span);
    match setting.inner {
        None => quote_spanned!(span=> <#by<#ty> as #from_value>),
        Some(inner) => {
            quote_spanned!(span=> <::core::option::Option<#by<#inner>> as #from_value>)
        }
    }
}

fn wrapper(read_by: ReadBy, private: &TokenStream) -> Option<TokenStream> {
    match read_by {
        ReadBy::Type => None,
        ReadBy::Parse => Some(quote!(#private::Parsed)),
        ReadBy::Serde => Some(quote!(#private::Deserialized)),
    }
}

/// The call that reads a field, and the rules over what it gave.
pub(crate) fn read(
    field: &Field<'_>,
    local: &Ident,
    krate: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    match &field.kind {
        Kind::Skipped(value) => {
            let value = match value {
                Some(value) => quote!(#value),
                None => as_default(field.ty),
            };
            quote!(let #local = ::core::option::Option::Some(#value);)
        }
        Kind::Section { optional, .. } => {
            let of_type = as_trait(optional.unwrap_or(field.ty), &quote!(#krate::config::Load));
            match optional {
                None => quote!(let #local = __scope.section(#of_type::__build);),
                Some(_) => quote!(let #local = __scope.optional_section(#of_type::__build);),
            }
        }
        Kind::Setting(setting) => {
            let of_type = of_type(field.ty, setting, krate, private);
            let by = wrapper(setting.read_by, private);
            let read = match &setting.default {
                Default::Expression(expression) => {
                    let default = wrapped_default(expression, setting, by.as_ref());
                    quote!(#of_type::__read_or(&mut __scope, || #default))
                }
                _ => quote!(#of_type::__read(&mut __scope)),
            };
            let unwrap = match (&by, setting.inner) {
                (None, _) => None,
                (Some(by), None) => Some(quote!(.map(#by::into_inner))),
                (Some(by), Some(_)) => Some(quote!(.map(|__found| __found.map(#by::into_inner)))),
            };
            let rules = rules(setting, local, private);
            quote! {
                let #local = #read #unwrap;
                #rules
            }
        }
    }
}

fn as_default(ty: &Type) -> TokenStream {
    let of_type = as_trait(ty, &quote!(::core::default::Default));
    quote!(#of_type::default())
}

fn wrapped_default(
    expression: &Expr,
    setting: &Setting<'_>,
    by: Option<&TokenStream>,
) -> TokenStream {
    let written = written(expression);
    match (by, setting.inner) {
        (None, _) => quote!(#expression),
        (Some(by), None) => quote!(#by::of(#expression, #written)),
        (Some(by), Some(_)) => quote! {
            ::core::option::Option::map(#expression, |__value| #by::of(__value, #written))
        },
    }
}

fn rules(setting: &Setting<'_>, local: &Ident, private: &TokenStream) -> Option<TokenStream> {
    if setting.rules.is_empty() {
        return None;
    }
    let name = &setting.name;
    let calls = setting.rules.iter().map(|rule| match rule {
        Rule::Range(range) => {
            let text = written(range);
            let (rule, remedy) = (format!("is not in {text}"), format!("set it within {text}"));
            let span = generated_at(range.span());
            let holds = at(quote!(#private::in_range(__value, &__rule)), span);
            quote! {
                let __rule = #range;
                __scope.rule(#name, #holds, #rule, #remedy);
            }
        }
        Rule::Len(range) => {
            let text = written(range);
            let rule = format!("has a length that is not in {text}");
            let remedy = format!("give it {text} characters or elements");
            let span = generated_at(range.span());
            let holds = at(quote!(#private::has_len(__value, &__rule)), span);
            quote! {
                let __rule = #range;
                __scope.rule(#name, #holds, #rule, #remedy);
            }
        }
        Rule::OneOf(choices) => {
            let text = written(choices);
            let text = text.trim_matches(['[', ']']);
            let (rule, remedy) = (
                format!("is none of {text}"),
                format!("set it to one of {text}"),
            );
            let span = generated_at(choices.span());
            let holds = at(quote!(#private::is_one_of(__value, &__rule)), span);
            quote! {
                let __rule = #choices;
                __scope.rule(#name, #holds, #rule, #remedy);
            }
        }
        Rule::NonEmpty(key) => {
            let span = generated_at(*key);
            let holds = at(quote!(#private::is_not_empty(__value)), span);
            quote!(__scope.rule(#name, #holds, "is blank", "set it to something");)
        }
        Rule::Validate(path) => quote!(__scope.verdict(#name, #path(__value));),
    });
    let found = match setting.inner {
        None => quote!(::core::option::Option::Some(__value)),
        Some(_) => quote! {
            ::core::option::Option::Some(::core::option::Option::Some(__value))
        },
    };
    Some(quote! {
        if let #found = &#local {
            #(#calls)*
        }
    })
}

/// `required_if`, once every field was read.
pub(crate) fn conditions(fields: &[Field<'_>], locals: &[Ident]) -> TokenStream {
    let all = || fields.iter().zip(locals);
    let conditions = all().filter_map(|(field, local)| {
        let Kind::Setting(setting) = &field.kind else {
            return None;
        };
        let condition = setting.required_if.as_ref()?;
        let (other, other_local) = all().find(|(other, _)| *other.ident == condition.field)?;
        let Kind::Setting(other) = &other.kind else {
            return None;
        };
        let (met, when) = match &condition.value {
            None => (quote!(*__other), "true".to_owned()),
            Some(value) => (quote!(*__other == (#value)), written(value)),
        };
        let (name, other) = (&setting.name, &other.name);
        let rule = format!("is not set, and has to be when {other} is {when}");
        Some(quote! {
            if let (::core::option::Option::Some(__other), ::core::option::Option::Some(
                ::core::option::Option::None,
            )) = (&#other_local, &#local) {
                __scope.rule(#name, !(#met), #rule, "set it");
            }
        })
    });
    quote!(#(#conditions)*)
}

/// Rules about one field that only its type can tell. The type of a generic section is not known
/// here; what is loaded is checked at run time as well.
pub(crate) fn type_rules(field: &Field<'_>, input: &Input<'_>) -> TokenStream {
    let Kind::Setting(setting) = &field.kind else {
        return TokenStream::new();
    };
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let krate = &input.krate;
    let of_type = of_type(field.ty, setting, krate, &quote!(#krate::__private));
    let is_jwt_secret = setting.name.ends_with("JWT_SECRET");
    let plain_jwt_secret = is_jwt_secret.then(|| {
        let refuse = refuse(field.ty.span(), PLAIN_JWT_SECRET);
        quote!(const _: () = if !#of_type::SECRET { #refuse };)
    });
    let default_span = match &setting.default {
        Default::None => None,
        Default::Text(text) => Some(text.span()),
        Default::Expression(expression) => Some(expression.span()),
    };
    let secret_default = default_span.map(|span| {
        let refuse = refuse(span, SECRET_DEFAULT);
        quote!(const _: () = if #of_type::SECRET { #refuse };)
    });
    let strength = setting.strength.map(|(key, _)| {
        let refuse = refuse(key, STRENGTH_OF_PLAIN);
        quote!(const _: () = if !#of_type::SECRET { #refuse };)
    });
    let sounds_secret = (setting.sounds_secret && !is_jwt_secret).then(|| {
        let message = format!(
            "`{}` sounds like a secret, and this type shows it to everybody; \
             use `api_utils::SecretString`, or say `#[config(not_secret)]`",
            field.ident
        );
        let refuse = refuse(field.ty.span(), &message);
        quote!(const _: () = if #of_type::TEXT { #refuse };)
    });
    quote!(#plain_jwt_secret #secret_default #strength #sounds_secret)
}

/// Each token at that place, so that an error about a call is told there and nowhere else.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let moved = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let mut moved = Group::new(group.delimiter(), at(group.stream(), span));
            moved.set_span(span);
            TokenTree::Group(moved)
        }
        mut other => {
            other.set_span(span);
            other
        }
    });
    moved.collect()
}

/// An expression as people write it.
fn written(expression: &Expr) -> String {
    quote!(#expression)
        .to_string()
        .replace(" ..= ", "..=")
        .replace(" .. ", "..")
        .replace(" ..", "..")
        .replace(".. ", "..")
        .replace("..= ", "..=")
        .replace("- ", "-")
        .replace(" ,", ",")
        .replace(" :: ", "::")
}
