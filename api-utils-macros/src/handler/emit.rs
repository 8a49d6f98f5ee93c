//! A [`Handler`] with its guard.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::model::{Access, GUARD, Handler};
use crate::rule;

/// `#[require_token(role = "admin")] pub async fn show(args…) -> R { body }` becomes
///
/// ```text
/// #[doc(hidden)]
/// pub enum __rule_of_show {}
/// #[automatically_derived]
/// impl ::api_utils::__private::HasRule for __rule_of_show {
///     const RULE: ::api_utils::__private::Rule = ::api_utils::__private::Rule::Role("admin");
/// }
/// pub async fn show(
///     api_utils_guard: ::api_utils::__private::Guard<__rule_of_show>,
///     args…
/// ) -> R {
///     let _: ::api_utils::__private::Guard<__rule_of_show> = api_utils_guard;
///     body
/// }
/// ```
///
/// The body asks for the guard, so that it does not compile where another attribute took the first
/// argument away, or changed its type.
///
/// The enum is not called `show`: it would collide with `mod show`, `use std::show` or a crate
/// of that name. Its span is the handler's name with the hygiene of the call site: style lints
/// stay silent without an `allow`, which would break a user's `forbid`.
pub(super) fn guarded(handler: Handler, access: &Access, krate: &TokenStream) -> TokenStream {
    let Handler {
        attributes,
        visibility,
        mut signature,
        body,
    } = handler;
    let name = &signature.ident;
    let span = Span::call_site().located_at(name.span());
    let rule = format_ident!("__rule_of_{}", name.unraw(), span = span);
    // Twins under opposite `cfg`s each bring their own rule.
    let cfgs: Vec<_> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .collect();
    let constant = constant(access, krate);
    let guard_type = quote!(#krate::__private::Guard<#rule>);
    // Of the macro's own hygiene: no word of the user's means it.
    let guard = Ident::new(GUARD, Span::mixed_site());
    let argument = syn::parse_quote!(#guard: #guard_type);
    signature.inputs.insert(0, argument);
    let body = with_first(quote!(let _: #guard_type = #guard;), body);
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #visibility enum #rule {}
        #(#cfgs)*
        #[automatically_derived]
        impl #krate::__private::HasRule for #rule {
            #constant
        }
        #(#attributes)*
        #visibility #signature #body
    }
}

/// The constant of `HasRule` that is set; the other one follows from it.
fn constant(access: &Access, krate: &TokenStream) -> TokenStream {
    let private = quote!(#krate::__private);
    match access {
        Access::Public(reason) => quote! {
            const ACCESS: #private::Access = #private::Access::Public(#reason);
        },
        Access::Token(rule) => {
            let rule = rule::emit(rule, krate);
            quote!(const RULE: #private::Rule = #rule;)
        }
    }
}

/// The body with a statement before the user's own, after attributes such as `#![allow(…)]`.
fn with_first(statement: TokenStream, body: TokenStream) -> TokenStream {
    let mut trees = body.into_iter();
    let Some(TokenTree::Group(group)) = trees.next() else {
        // `check` has refused it.
        return TokenStream::new();
    };
    let mut rest: Vec<TokenTree> = group.stream().into_iter().collect();
    let mut attributes = 0;
    while let [
        TokenTree::Punct(hash),
        TokenTree::Punct(bang),
        TokenTree::Group(_),
        ..,
    ] = rest.get(attributes..).unwrap_or_default()
        && (hash.as_char(), bang.as_char()) == ('#', '!')
    {
        attributes = attributes.saturating_add(3);
    }
    let own = rest.split_off(attributes);
    let inside = rest.into_iter().chain(statement).chain(own).collect();
    let mut whole = Group::new(group.delimiter(), inside);
    whole.set_span(group.span());
    std::iter::once(TokenTree::Group(whole))
        .chain(trees)
        .collect()
}
