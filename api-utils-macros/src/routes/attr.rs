//! Tokens to a [`Table`].

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, ExprPath, LitStr, Token};

use super::check;
use super::model::{Line, Table};
use crate::diag::{self, Errors, duplicate_key};
use crate::krate;
use crate::rule::attr::separated;

const HEADS: &[&str] = &["state", "prefix", "roles", "crate"];
const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT",
];

const NO_HANDLER: &str = "expected the name of a handler, such as `show_user` or `users::show`";

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
            let line = line(input, table.prefix.as_ref())?;
            table.lines.push(line);
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

/// `state AppState;`, `prefix "/api";`: a lower-case word that is no method of a line.
fn is_head(input: ParseStream<'_>) -> bool {
    let Ok(word) = input.fork().call(Ident::parse_any) else {
        return false;
    };
    let word = word.to_string();
    let line = input.peek2(Token![|]) || (input.peek2(LitStr) && !input.peek3(Token![;]));
    HEADS.contains(&word.as_str()) || (word.chars().all(|c| !c.is_uppercase()) && !line)
}

fn head(input: ParseStream<'_>, table: &mut Table, errors: &mut Errors) -> syn::Result<()> {
    let key = input.call(Ident::parse_any)?;
    let twice = match key.to_string().as_str() {
        "state" => table.state.replace(input.parse()?).is_some(),
        "roles" => table.roles.replace(input.parse()?).is_some(),
        "prefix" => {
            let text: LitStr = input.parse().map_err(|error: syn::Error| {
                syn::Error::new(error.span(), "expected a path; write `prefix \"/api\";`")
            })?;
            // A bad one is left out, or each line would repeat what is wrong with it.
            check::prefix(&text, errors) && table.prefix.replace(text).is_some()
        }
        "crate" => {
            let _: Option<Token![=]> = input.parse()?;
            table.krate.replace(krate::parse_path(input)?).is_some()
        }
        _ => return Err(diag::unknown_key(&key, "key", HEADS)),
    };
    if twice {
        errors.push(duplicate_key(&key));
    }
    let _: Token![;] = input.parse().map_err(|error: syn::Error| {
        syn::Error::new(error.span(), format!("expected `;` behind `{key} …`"))
    })?;
    Ok(())
}

fn skip_past_semicolon(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![;]) {
        let _ = input.parse::<TokenTree>();
    }
    let _ = input.parse::<Option<Token![;]>>();
}

fn line(input: ParseStream<'_>, prefix: Option<&LitStr>) -> syn::Result<Line> {
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
    let arrow: Token![=>] = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new_spanned(arrow, NO_HANDLER));
    }
    let (handler, layers) = handler(input.parse()?)?;
    Ok(Line {
        methods,
        path: joined(prefix, path),
        handler,
        layers,
    })
}

fn joined(prefix: Option<&LitStr>, path: LitStr) -> LitStr {
    let Some(prefix) = prefix else {
        return path;
    };
    let text = path.value();
    if !text.is_empty() && !text.starts_with('/') {
        // Its error is the one of a path without a prefix.
        return path;
    }
    LitStr::new(&format!("{}{text}", prefix.value()), path.span())
}

/// `show_user`, or `show_user.layer(one).layer(two)`.
fn handler(expression: Expr) -> syn::Result<(ExprPath, Vec<Expr>)> {
    match expression {
        Expr::Path(path) => Ok((path, Vec::new())),
        Expr::Paren(inside) => handler(*inside.expr),
        Expr::MethodCall(call) if call.method == "layer" && call.args.len() == 1 => {
            let (handler, mut layers) = handler(*call.receiver)?;
            layers.extend(call.args);
            Ok((handler, layers))
        }
        Expr::MethodCall(call) => Err(syn::Error::new(
            call.method.span(),
            "a line takes one layer at a time; write `show_user.layer(one).layer(two)`",
        )),
        Expr::Closure(closure) => Err(syn::Error::new_spanned(
            closure,
            "a closure cannot say who may call it; write an `async fn` under \
             `#[require_token(…)]` or `#[public(\"reason\")]` and name it here",
        )),
        other => Err(syn::Error::new_spanned(other, NO_HANDLER)),
    }
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
    if HEADS.iter().any(|head| word == head) {
        let message = format!("`{word} …;` stands at the head of the table, before its lines");
        return Err(syn::Error::new(word.span(), message));
    }
    Err(diag::unknown_key(&word, "method", METHODS))
}
