//! The path of the run-time crate in generated code: `::api_utils`, or what `crate = …` says.

use quote::quote;
use syn::parse::ParseStream;

/// The path that generated code starts from when the user says nothing.
pub(crate) fn default_path() -> proc_macro2::TokenStream {
    quote!(::api_utils)
}

/// Parses what follows `crate =`: an absolute path, `::renamed` or `crate::reexport`, bare or
/// as text (`"::renamed"`).
pub(crate) fn parse_path(input: ParseStream<'_>) -> syn::Result<syn::Path> {
    let path = if input.peek(syn::LitStr) {
        let text: syn::LitStr = input.parse()?;
        text.parse_with(syn::Path::parse_mod_style)?
    } else {
        syn::Path::parse_mod_style(input)?
    };
    let begins_with = |word: &str| path.segments.first().is_some_and(|one| one.ident == word);
    if path.leading_colon.is_some() || begins_with("crate") {
        return Ok(path);
    }
    let hint = if begins_with("self") || begins_with("super") {
        "begin it with `crate::`".to_owned()
    } else {
        let path = quote!(#path).to_string().replace(' ', "");
        format!("write `::{path}` or `crate::{path}`")
    };
    Err(syn::Error::new_spanned(
        &path,
        format!("the path must hold in every module; {hint}"),
    ))
}
