//! `#[require_token]`, `#[public]`, `routes!`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{assert_snapshot, pretty};
use crate::{public, require_token, routes};

/// A line budget: what a guard adds to a handler is read by nobody and compiled by everybody.
const MAX_LINES: usize = 15;

fn assert_guarded(name: &str, expanded: TokenStream, handler: TokenStream) {
    let lines = |items: TokenStream| pretty(items).lines().count();
    let added = lines(expanded.clone()).saturating_sub(lines(handler));
    assert!(
        added <= MAX_LINES,
        "{name} adds {added} lines: {}",
        pretty(expanded)
    );
    assert_snapshot(name, expanded);
}

#[test]
fn guarded_handlers() {
    let handler = quote! {
        /// Shows a user.
        pub(crate) async fn show_user(Path(user_id): Path<String>) -> Json<User> {
            body
        }
    };
    let rule = quote!(any(sub = path(user_id), role = "admin"));
    let expanded = require_token::expand(rule, handler.clone());
    assert_guarded("require_token", expanded, handler);

    let handler = quote! {
        #[tracing::instrument(skip_all)]
        async fn r#type<T: Store>(State(store): State<T>) -> impl IntoResponse
        where
            T: Clone,
        {
            body
        }
    };
    let expanded = require_token::expand(quote!(), handler.clone());
    assert_guarded("require_token_bare", expanded, handler);

    let handler = quote! {
        #[cfg(unix)]
        pub async fn everything() {}
    };
    let rule = quote! {
        roles = ["admin", "editor"], scope = "posts:write", rules::STAFF,
        not(claim("a"."b c") = -7), claim(tenant) = path("tenant-id"), crate = ::renamed
    };
    let expanded = require_token::expand(rule, handler);
    assert_snapshot("require_token_everything", expanded);
}

#[test]
fn public_handlers() {
    let handler = quote!(
        async fn health() -> &'static str {
            "ok"
        }
    );
    let expanded = public::expand(quote!("liveness probe"), handler.clone());
    assert_guarded("public", expanded, handler);
}

#[test]
fn tables() {
    let table = routes::expand(quote! {
        state Arc<AppState>;
        GET "/users/{user_id}" => users::show::<Postgres>,
        PUT | PATCH "/users/{user_id}" => update,
    });
    assert_snapshot(
        "routes",
        quote!(fn table() -> Routes<Arc<AppState>> { #table }),
    );
}

/// No error path leaves a handler open: each output has a `compile_error!`, and what is left of
/// the handler is behind a guard that nobody passes, or is not guardable at all.
#[test]
fn errors_fail_closed() {
    let handler = quote!(
        async fn handler() {}
    );
    for arguments in [
        quote!(rolse = "admin"),
        quote!(role = ),
        quote!(role = "a" role = "b"),
        quote!(any()),
        quote!(roles = [""]),
        quote!(crate = renamed),
        quote!(role = "a", crate = ::a, crate = ::b),
        quote!(,),
    ] {
        let output = pretty(require_token::expand(arguments.clone(), handler.clone()));
        assert!(output.contains("compile_error!"), "{arguments}: {output}");
        assert!(output.contains("Rule::Any(&[])"), "{arguments}: {output}");
        assert!(output.contains("_: ::"), "{arguments}: {output}");
    }
    for arguments in [
        quote!(),
        quote!(""),
        quote!(reason),
        quote!("a", "b"),
        quote!(crate = ::a),
    ] {
        let output = pretty(public::expand(arguments.clone(), handler.clone()));
        assert!(output.contains("compile_error!"), "{arguments}: {output}");
        assert!(output.contains("Rule::Any(&[])"), "{arguments}: {output}");
    }
    for item in [
        quote!(
            fn handler() {}
        ),
        quote!(
            async unsafe fn handler() {}
        ),
        quote!(
            const fn handler() {}
        ),
        quote!(
            async extern "C" fn handler() {}
        ),
        quote!(
            struct Handler;
        ),
        quote!(
            #[public("open")]
            async fn handler() {}
        ),
        quote!(
            async fn handler(self) {}
        ),
        quote!(),
    ] {
        for output in [
            require_token::expand(quote!(), item.clone()),
            public::expand(quote!("reason"), item.clone()),
        ] {
            assert!(
                output.to_string().contains("compile_error"),
                "{item}: {output}"
            );
        }
    }
    for table in [
        quote!(),
        quote!(GET "/" => a),
        quote!(state S; GET "/" = a),
        quote!(state S; GET "/" => |x| x),
        quote!(state S; get "/" => a),
        quote!(state S; GET "a" => a),
        quote!(state S; GET "/" => a, GET "/" => b),
        quote!(state S, GET "/" => a),
        quote!(state S; state T;),
        quote!(state S; crate renamed;),
        quote!(state S; GET "/a" => a GET "/b" => b),
    ] {
        let output = routes::expand(table.clone()).to_string();
        assert!(output.contains("compile_error"), "{table}: {output}");
        assert!(!output.contains(". on ("), "{table}: {output}");
    }
}

/// A rule too deep is an error, not an exhausted stack.
#[test]
fn depth_is_bounded() {
    let mut rule = quote!(role = "a");
    for _ in 0..2000 {
        rule = quote!(not(#rule));
    }
    let output = require_token::expand(
        rule,
        quote!(
            async fn handler() {}
        ),
    )
    .to_string();
    assert!(output.contains("nested more than 16 deep"));
}
