//! The functions of a root.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::Input;

/// What a root is loaded by.
pub(crate) fn emit(input: &Input<'_>, private: &TokenStream) -> TokenStream {
    let Input {
        ident,
        visibility,
        krate,
        ..
    } = input;
    quote! {
        static __GLOBAL: #private::Global<#ident> = #private::Global::new();

        #[automatically_derived]
        impl #ident {
            /// Loads the configuration from the standard sources.
            ///
            /// # Errors
            ///
            /// A report of every problem.
            #visibility fn load() -> ::core::result::Result<
                #krate::config::Loaded<Self>,
                #krate::config::Report,
            > {
                #private::load(#krate::config::Sources::standard())
            }

            /// Loads the configuration from these sources.
            ///
            /// # Errors
            ///
            /// A report of every problem.
            #visibility fn load_from(sources: #krate::config::Sources) -> ::core::result::Result<
                #krate::config::Loaded<Self>,
                #krate::config::Report,
            > {
                #private::load(sources)
            }

            /// Loads the configuration of this process, for `get` to find.
            ///
            /// # Errors
            ///
            /// A report of every problem, which leaves nothing behind; or it was loaded before.
            #visibility fn init() -> ::core::result::Result<
                &'static #krate::config::Loaded<Self>,
                #krate::config::InitError,
            > {
                __GLOBAL.init(#krate::config::Sources::standard())
            }

            /// The configuration of this process, once `init` has loaded it.
            #[must_use]
            #visibility fn get() -> ::core::option::Option<&'static #krate::config::Loaded<Self>> {
                __GLOBAL.get()
            }
        }
    }
}
