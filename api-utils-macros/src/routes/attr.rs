//! Tokens to a [`Table`].

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, LitStr, Token};

use super::model::{Line, Table};
use crate::diag::{self, Errors, duplicate_key};
use crate::krate;
use crate::rule::attr::separated;

const HEADS: &[&str] = &["state", "crate"];
const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT",
];

/// The table, with every error kept.
pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Table {
    let mut table = Table::default();
    let mut state_failed = false;
    let parser = |input: ParseStream<'_>| {
        while is_head(input) {
            if let Err(error) = head(input, &mut table, errors) {
                state_failed = true;
                errors.push(error);
                skip_past_semicolon(input);
            }
        }
        separated(input, errors, &mut |input, _| {
            table.lines.push(line(input)?);
            Ok(())
        });
        Ok(())
    };
    let parsed = parser.parse2(tokens);
    errors.keep(parsed);
    if table.state.is_none() && !state_failed {
        errors.at(
            Span::call_site(),
            "say which state the handlers take; begin the table with `state AppState;`",
        );
    }
    table
}

/// A lower-case word that no path literal follows: `state AppState;`.
fn is_head(input: ParseStream<'_>) -> bool {
    let word = input.fork().call(Ident::parse_any);
    word.is_ok_and(|word| word.to_string().chars().all(|c| !c.is_uppercase()))
        && !input.peek2(LitStr)
        && !input.peek2(Token![|])
}

fn head(input: ParseStream<'_>, table: &mut Table, errors: &mut Errors) -> syn::Result<()> {
    let key = input.call(Ident::parse_any)?;
    let twice = match key.to_string().as_str() {
        "state" => table.state.replace(input.parse()?).is_some(),
        "crate" => {
            let _: Option<Token![=]> = input.parse()?;
            table.krate.replace(krate::parse_path(input)?).is_some()
        }
        _ => return Err(diag::unknown_key(&key, "key", HEADS)),
    };
    if twice {
        errors.push(duplicate_key(&key));
    }
    let _: Token![;] = input.parse()?;
    Ok(())
}

fn skip_past_semicolon(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![;]) {
        let _ = input.parse::<TokenTree>();
    }
    let _ = input.parse::<Option<Token![;]>>();
}

fn line(input: ParseStream<'_>) -> syn::Result<Line> {
    let mut methods = vec![method(input)?];
    while input.parse::<Option<Token![|]>>()?.is_some() {
        methods.push(method(input)?);
    }
    let path: LitStr = input.parse().map_err(|error: syn::Error| {
        syn::Error::new(
            error.span(),
            "expected the path of the route; write `GET \"/users/{user_id}\" => show_user`",
        )
    })?;
    let _: Token![=>] = input.parse()?;
    let handler = match input.parse::<Expr>()? {
        Expr::Path(path) => path,
        Expr::Closure(closure) => {
            return Err(syn::Error::new_spanned(
                closure,
                "a closure cannot say who may call it; write an `async fn` under \
                 `#[require_token(…)]` or `#[public(\"reason\")]` and name it here",
            ));
        }
        other => {
            return Err(syn::Error::new_spanned(
                other,
                "expected the name of a handler, such as `show_user` or `users::show`",
            ));
        }
    };
    Ok(Line {
        methods,
        path,
        handler,
    })
}

fn method(input: ParseStream<'_>) -> syn::Result<Ident> {
    let word = input.call(Ident::parse_any).map_err(|error| {
        syn::Error::new(
            error.span(),
            "expected a line such as `GET \"/users/{user_id}\" => show_user`",
        )
    })?;
    if METHODS.iter().any(|method| word == method) {
        return Ok(word);
    }
    let upper = word.to_string().to_uppercase();
    if METHODS.contains(&upper.as_str()) {
        let message = format!("methods are written as in a request; write `{upper}`");
        return Err(syn::Error::new(word.span(), message));
    }
    Err(diag::unknown_key(&word, "method", METHODS))
}
