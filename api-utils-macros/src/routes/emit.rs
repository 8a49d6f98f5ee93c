//! A checked table to an expression of type `Routes<S>`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Path, Type};

use super::check::name;
use super::model::{Line, Table};
use crate::krate;

/// ```text
/// {
///     static TABLE: [::api_utils::__private::RouteEntry; 1] = [
///         ::api_utils::__private::RouteEntry::new(
///             ::api_utils::__private::Method::GET, "/users/{id}", "show",
///             ::api_utils::__private::access_of(show),
///         ),
///     ];
///     const _: () = match ::api_utils::__private::first_fault(&TABLE) {
///         ::core::option::Option::None => {}
///         ::core::option::Option::Some(fault) => match fault.line() {
///             0usize => ::core::panic!("{}", fault.text()),   // at the path of line 0
///             _ => ::core::panic!("{}", fault.text()),
///         },
///     };
///     let routes = ::api_utils::__private::mount::<AppState>(&TABLE);
///     let routes = routes.on(show);
///     routes.finish()
/// }
/// ```
///
/// The rule is read from the handler's value, never from a name beside it: a local function
/// that shadows a guarded one is asked for its own rule, and has none.
pub(super) fn emit(state: &Type, lines: &[Line], krate: Option<&Path>) -> TokenStream {
    let private = private(krate);
    let rows: Vec<(&Line, &proc_macro2::Ident)> = lines
        .iter()
        .flat_map(|line| line.methods.iter().map(move |method| (line, method)))
        .collect();
    let count = rows.len();
    // Locals that a user's handler of the same name does not meet.
    let [routes, fault] =
        ["routes", "fault"].map(|name| format_ident!("{name}", span = Span::mixed_site()));
    let entries = rows.iter().map(|(line, method)| {
        let (path, handler, name) = (&line.path, &line.handler, name(line));
        quote! {
            #private::RouteEntry::new(
                #private::Method::#method, #path, #name, #private::access_of(#handler)
            )
        }
    });
    let faults = rows.iter().enumerate().map(|(index, (line, _))| {
        let panic = quote_spanned!(line.path.span()=> ::core::panic!("{}", #fault.text()));
        quote!(#index => #panic)
    });
    let handlers = rows.iter().map(|(line, _)| &line.handler);
    quote! {{
        static TABLE: [#private::RouteEntry; #count] = [#(#entries),*];
        const _: () = match #private::first_fault(&TABLE) {
            ::core::option::Option::None => {}
            ::core::option::Option::Some(#fault) => match #fault.line() {
                #(#faults,)*
                _ => ::core::panic!("{}", #fault.text()),
            },
        };
        let #routes = #private::mount::<#state>(&TABLE);
        #(let #routes = #routes.on(#handlers);)*
        #routes.finish()
    }}
}

/// Beside errors: an expression of the right type, so that no other error follows.
pub(super) fn fallback(table: &Table, errors: TokenStream) -> TokenStream {
    let private = private(table.krate.as_ref());
    let state = table
        .state
        .as_ref()
        .map_or_else(|| quote!(_), ToTokens::to_token_stream);
    quote! {{
        #errors
        #private::never::<#private::Routes<#state>>()
    }}
}

fn private(krate: Option<&Path>) -> TokenStream {
    let krate = krate.map_or_else(krate::default_path, ToTokens::to_token_stream);
    quote!(#krate::__private)
}
