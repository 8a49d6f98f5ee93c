//! A checked table to an expression of type `Routes<S>`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Path, Type};

use super::model::{Line, Table};
use crate::krate;

/// ```text
/// {
///     static __TABLE: [::api_utils::__private::RouteEntry; 1] = [
///         ::api_utils::__private::RouteEntry::new(
///             ::api_utils::__private::Method::GET, "/users/{id}", "show",
///             ::api_utils::__private::access_of(show), 7u32,
///         ),
///     ];
///     const _: () = match ::api_utils::__private::first_fault(&__TABLE, None) {
///         ::core::option::Option::None => {}
///         ::core::option::Option::Some(fault) => match fault.line() {
///             0usize => ::core::panic!("{}", fault.text()),   // at the path of line 0
///             _ => ::core::panic!("{}", fault.text()),
///         },
///     };
///     let routes = ::api_utils::__private::mount::<AppState>(&__TABLE, file!());
///     let routes = routes.on(show);
///     routes.finish()
/// }
/// ```
///
/// The rule is read from the handler's value, never from a name beside it: a local function
/// that shadows a guarded one is asked for its own rule, and has none.
pub(super) fn emit(state: &Type, table: &Table) -> TokenStream {
    let private = private(table.krate.as_ref());
    let rows: Vec<(&Line, &proc_macro2::Ident)> = table
        .lines
        .iter()
        .flat_map(|line| line.methods.iter().map(move |method| (line, method)))
        .collect();
    let count = rows.len();
    // Locals that a user's handler of the same name does not meet.
    let [routes, fault] =
        ["routes", "fault"].map(|name| format_ident!("{name}", span = Span::mixed_site()));
    let entries = rows.iter().map(|(line, method)| {
        let (path, handler, name) = (&line.path, &line.handler, line.handler_name());
        // `line!()` would give the line of the whole table.
        let position = line_number(path.span());
        quote! {
            #private::RouteEntry::new(
                #private::Method::#method, #path, #name, #private::access_of(#handler), #position
            )
        }
    });
    let faults = rows.iter().enumerate().map(|(index, (line, _))| {
        let panic = quote_spanned!(line.path.span()=> ::core::panic!("{}", #fault.text()));
        quote!(#index => #panic)
    });
    let steps = table.lines.iter().map(|line| {
        let (handler, count) = (&line.handler, line.methods.len());
        let on = line.methods.iter().map(|_| quote!(.on(#handler)));
        let layers = line
            .layers
            .iter()
            .map(|layer| quote!(.layer(#count, #layer)));
        quote!(let #routes = #routes #(#on)* #(#layers)*;)
    });
    let roles = match &table.roles {
        Some(roles) => quote!(::core::option::Option::Some(#private::role_names::<#roles>())),
        None => quote!(::core::option::Option::None),
    };
    quote! {{
        static __TABLE: [#private::RouteEntry; #count] = [#(#entries),*];
        const _: () = match #private::first_fault(&__TABLE, #roles) {
            ::core::option::Option::None => {}
            ::core::option::Option::Some(#fault) => match #fault.line() {
                #(#faults,)*
                _ => ::core::panic!("{}", #fault.text()),
            },
        };
        let #routes = #private::mount::<#state>(&__TABLE, ::core::file!());
        #(#steps)*
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

/// Where the user wrote it; 0 outside of a compiler.
fn line_number(span: Span) -> u32 {
    if proc_macro::is_available() {
        u32::try_from(span.unwrap().line()).unwrap_or(0)
    } else {
        0
    }
}

fn private(krate: Option<&Path>) -> TokenStream {
    let krate = krate.map_or_else(krate::default_path, ToTokens::to_token_stream);
    quote!(#krate::__private)
}
