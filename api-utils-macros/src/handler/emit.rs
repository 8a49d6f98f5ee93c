//! A [`Handler`] with its guard.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::model::{Access, Handler};
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
///     _: ::api_utils::__private::Guard<__rule_of_show>,
///     args…
/// ) -> R { body }
/// ```
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
    let guard = syn::parse_quote!(_: #krate::__private::Guard<#rule>);
    signature.inputs.insert(0, guard);
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
