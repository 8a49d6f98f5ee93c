//! The implementation of `Roles`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::model::Roles;
use crate::krate;

/// `enum Role { Admin, #[role("billing:read")] Billing }` becomes
///
/// ```text
/// #[automatically_derived]
/// impl ::api_utils::Roles for Role {
///     const NAMES: &'static [&'static str] = &["admin", "billing:read"];
///     fn name(&self) -> &'static str {
///         match self {
///             Self::Admin { .. } => "admin",
///             Self::Billing { .. } => "billing:read",
///         }
///     }
/// }
/// ```
///
/// `{ .. }` matches a variant of every form, so that a refused one causes no second error.
pub(super) fn emit(roles: &Roles) -> TokenStream {
    let krate = roles
        .krate
        .as_ref()
        .map_or_else(krate::default_path, ToTokens::to_token_stream);
    let name = &roles.name;
    let variants: Vec<_> = roles.variants.iter().map(|one| &one.name).collect();
    let texts: Vec<_> = roles.variants.iter().map(|one| &one.role).collect();
    let body = if variants.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #(Self::#variants { .. } => #texts),* })
    };
    quote! {
        #[automatically_derived]
        impl #krate::__private::Roles for #name {
            const NAMES: &'static [&'static str] = &[#(#texts),*];
            fn name(&self) -> &'static str {
                #body
            }
        }
    }
}
