//! After an error: the trait and the functions of a root are there all the same, so that the calls
//! of them are no further errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::attr::StructAttributes;
use super::check::krate_path;

pub(crate) fn emit(
    input: &DeriveInput,
    attributes: &StructAttributes,
    error: &syn::Error,
) -> TokenStream {
    let errors = error.to_compile_error();
    let krate = krate_path(attributes);
    let DeriveInput { ident, vis, .. } = input;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let inherent = attributes.section.is_none().then(|| {
        let loaded = quote!(#krate::config::Loaded<Self>);
        quote! {
            #[automatically_derived]
            impl #impl_generics #ident #type_generics #where_clause {
                /// Not there: the derive reported errors.
                #vis fn load() -> ::core::result::Result<#loaded, #krate::config::Report> {
                    #krate::__private::load(#krate::config::Sources::standard())
                }
                /// Not there: the derive reported errors.
                #vis fn load_from(
                    sources: #krate::config::Sources,
                ) -> ::core::result::Result<#loaded, #krate::config::Report> {
                    #krate::__private::load(sources)
                }
                /// Not there: the derive reported errors.
                #vis fn init(
                ) -> ::core::result::Result<&'static #loaded, #krate::config::InitError> {
                    ::core::result::Result::Err(#krate::config::InitError::AlreadyInitialized)
                }
                /// Not there: the derive reported errors.
                #vis fn get() -> ::core::option::Option<&'static #loaded> {
                    ::core::option::Option::None
                }
            }
        }
    });
    quote! {
        #errors
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #krate::config::Load for #ident #type_generics #where_clause {
                const ENTRIES: &'static [#krate::__private::Entry] =
                    &[#krate::__private::Entry::Unknown];

                fn __build(_: &mut #krate::__private::Loader<'_>) -> ::core::option::Option<Self> {
                    ::core::option::Option::None
                }
            }
            #inherent
        };
    }
}
