//! From the model to tokens. For
//!
//! ```text
//! #[derive(Config)]
//! struct AppConfig {
//!     /// Address to listen on.
//!     #[config(default = "127.0.0.1:8080")]
//!     listen: SocketAddr,
//!     #[config(flatten)]
//!     jwt: JwtConfig,
//! }
//! ```
//!
//! the output is, with paths shortened:
//!
//! ```text
//! const _: () = {
//!     impl Load for AppConfig {
//!         const ENTRIES: &'static [Entry] = &[
//!             Entry::Setting(Setting { name: "LISTEN", description: "Address to listen on.",
//!                 secret: <SocketAddr as FromValue>::SECRET, optional: <SocketAddr as FromValue>::OPTIONAL,
//!                 default: DefaultValue::Text("127.0.0.1:8080") }),
//!             Entry::Section(Section { prefix: "", optional: false, entries: <JwtConfig as Load>::ENTRIES }),
//!         ];
//!         fn __build(loader: &mut Loader<'_>) -> Option<Self> {
//!             let mut scope = loader.scope(<Self as Load>::ENTRIES);
//!             // every field is read before the first is looked at, so that no problem hides another
//!             let field_0 = <SocketAddr as FromValue>::__read(&mut scope);
//!             let field_1 = scope.section(<JwtConfig as Load>::__build);
//!             'whole: {
//!                 let Some(field_0) = field_0 else { break 'whole None };
//!                 let Some(field_1) = field_1 else { break 'whole None };
//!                 Some(Self { listen: field_0, jwt: field_1 })
//!             }
//!         }
//!     }
//!     impl AppConfig { fn load() … fn load_from(sources) … fn init() … fn get() … }
//!     // then a `const _` a rule about the whole tree
//! };
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned as _;

use super::model::{Input, Kind, NO_JWT_SECRET, Role};
use super::{inherent, row};

const OPTIONAL_JWT_SECRET: &str = "the only JWT_SECRET here may be absent; \
    make it required (`SecretString` without `Option`), \
    or say why none is needed by `#[config(no_jwt_secret = \"…\")]`";
pub(crate) const PLAIN_JWT_SECRET: &str =
    "a JWT_SECRET is kept in a secret type; use `api_utils::SecretString`";
pub(crate) fn emit(input: &Input<'_>) -> TokenStream {
    let krate = &input.krate;
    let private = quote!(#krate::__private);
    let load = load_impl(input, &private);
    let inherent = match input.role {
        Role::Section => TokenStream::new(),
        Role::Root | Role::RootWithoutJwtSecret => inherent::emit(input, &private),
    };
    let field_rules = input
        .fields
        .iter()
        .map(|field| row::type_rules(field, input));
    let tree_rules = match input.role {
        Role::Section => TokenStream::new(),
        role => tree_rules(input, role, &private),
    };
    quote! {
        const _: () = {
            #load
            #inherent
            #(#field_rules)*
            #tree_rules
        };
    }
}

fn load_impl(input: &Input<'_>, private: &TokenStream) -> TokenStream {
    let Input { ident, krate, .. } = input;
    let entries = input
        .fields
        .iter()
        .filter_map(|field| row::entry(field, krate, private));
    let locals: Vec<Ident> = (0..input.fields.len())
        .map(|index| format_ident!("__field_{index}", span = Span::mixed_site()))
        .collect();
    let reads = input
        .fields
        .iter()
        .zip(&locals)
        .map(|(field, local)| row::read(field, local, krate, private));
    let conditions = row::conditions(&input.fields, &locals);
    let names = input.fields.iter().map(|field| field.ident);
    let validate = input
        .validate
        .map(|check| quote!(__scope.validate(&__built, #check);));
    // By patterns: each `?` would ask the compiler for two traits.
    let built = quote! {
        '__whole: {
            #(let ::core::option::Option::Some(#locals) = #locals else {
                break '__whole ::core::option::Option::None;
            };)*
            let __built = Self { #(#names: #locals),* };
            #validate
            ::core::option::Option::Some(__built)
        }
    };
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::config::Load for #ident #type_generics #where_clause {
            const ENTRIES: &'static [#private::Entry] = &[#(#entries),*];

            fn __build(__walk: &mut #private::Loader<'_>) -> ::core::option::Option<Self> {
                let mut __scope = __walk.scope(<Self as #krate::config::Load>::ENTRIES);
                #(#reads)*
                #conditions
                #built
            }
        }
    }
}

/// `<Type as Trait>`, so that a missing trait is told at the type, and in the same words wherever
/// it is needed: the compiler shows equal errors once.
pub(crate) fn as_trait(ty: &Type, of: &TokenStream) -> TokenStream {
    let span = generated_at(ty.span());
    quote_spanned!(span=> <#ty as #of>)
}

/// At the user's place, yet generated: lints on style stay silent, errors point at the right word.
pub(crate) fn generated_at(place: Span) -> Span {
    Span::call_site().located_at(place)
}

/// Rules about the whole tree, sections of other crates included.
fn tree_rules(input: &Input<'_>, role: Role, private: &TokenStream) -> TokenStream {
    let Input { ident, krate, .. } = input;
    let entries = quote!(<#ident as #krate::config::Load>::ENTRIES);
    let jwt_secret = (role == Role::Root).then(|| {
        let absent = refuse(ident.span(), NO_JWT_SECRET);
        let optional = refuse(ident.span(), OPTIONAL_JWT_SECRET);
        let plain = refuse(ident.span(), PLAIN_JWT_SECRET);
        quote! {
            const _: () = match #private::jwt_secret(#entries) {
                #private::JwtSecret::Required => {}
                #private::JwtSecret::Optional => #optional,
                #private::JwtSecret::Plain => #plain,
                #private::JwtSecret::Absent => #absent,
            };
        }
    });
    let sections = input
        .fields
        .iter()
        .filter(|field| !matches!(field.kind, Kind::Skipped(_)))
        .enumerate()
        .filter_map(|(index, field)| {
            let span = generated_at(field.ident.span());
            matches!(field.kind, Kind::Section { .. })
                .then(|| quote_spanned!(span=> #index => ::core::panic!("{}", __found.text()),))
        });
    // Two names can only clash across sections: within one struct the macro has looked.
    let clash = input
        .fields
        .iter()
        .any(|field| matches!(field.kind, Kind::Section { .. }))
        .then(|| {
            quote! {
                const _: () = {
                    const __ENTRIES: &[#private::Entry] = #entries;
                    const __HASHES: [#private::Hashes; #private::count(__ENTRIES)] = #private::hashes(__ENTRIES);
                    match #private::clash(__ENTRIES, &__HASHES) {
                        ::core::option::Option::None => {}
                        ::core::option::Option::Some(__found) => match __found.entry {
                            #(#sections)*
                            _ => ::core::panic!("{}", __found.text()),
                        }
                    }
                };
            }
        });
    quote!(#jwt_secret #clash)
}

/// A constant's error, at a place in the user's code.
pub(crate) fn refuse(place: Span, message: &str) -> TokenStream {
    let span = generated_at(place);
    quote_spanned!(span=> ::core::panic!("{}", #message))
}
