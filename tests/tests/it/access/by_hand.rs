//! Guards and tokens that are written by hand, renamed, or taken away by another attribute.

use api_utils::__private::{Guard, HasRule};
use api_utils::{Auth, Routes, require_token, routes};
use api_utils_dropper::drop_first_argument;
use axum::Router;
use axum::routing::get as get_;

use super::support::{auth, get, with_roles};

const SECRET: &str = "secret page";

#[require_token(role = "admin")]
async fn secret() -> &'static str {
    SECRET
}

/// Whoever writes the hidden types by hand lists what is enforced: the rule of the guard.
mod written {
    use super::*;

    pub(super) enum Nothing {}

    /// It sets neither constant: nobody passes.
    impl HasRule for Nothing {}

    pub(super) async fn nobody(_: Guard<Nothing>) -> &'static str {
        SECRET
    }

    /// The guard of another handler, under the name of this one.
    pub(super) async fn borrowed(_: Guard<super::__rule_of_secret>) -> &'static str {
        SECRET
    }

    pub(super) type Alias = Guard<super::__rule_of_secret>;

    pub(super) async fn aliased(_: Alias) -> &'static str {
        SECRET
    }
}

#[tokio::test]
async fn a_guard_written_by_hand_enforces_what_the_table_says() {
    let auth = auth();
    let routes = || -> Routes<Auth> {
        routes! {
            state Auth;
            GET "/secret" => secret,
            GET "/nobody" => written::nobody,
            GET "/borrowed" => written::borrowed,
            GET "/aliased" => written::aliased,
        }
    };
    let text = routes().access_table().to_string();
    assert!(text.contains("/nobody    any()"), "{text}");
    assert_eq!(text.matches("role = \"admin\"").count(), 3, "{text}");
    let app = routes().into_router(auth.clone()).unwrap();
    let admin = with_roles(&auth, &["admin"]);
    for (path, anonymous, with_role) in [
        ("/secret", 401, 200),
        ("/nobody", 401, 403),
        ("/borrowed", 401, 200),
        ("/aliased", 401, 200),
    ] {
        assert_eq!(get(&app, path, "").await.status, anonymous, "{path}");
        assert_eq!(get(&app, path, &admin).await.status, with_role, "{path}");
    }
}

/// An attribute above gets the function before the guard is in it: it takes an argument of the
/// user's own. (Below, it takes the guard, and nothing compiles: `ui: require_token/dropped_guard`.)
#[drop_first_argument]
#[require_token(role = "admin")]
async fn dropped_above(_own: String) -> &'static str {
    SECRET
}

#[tokio::test]
async fn an_attribute_above_that_drops_an_argument_does_not_drop_the_guard() {
    let auth = auth();
    let table = routes! { state Auth; GET "/" => dropped_above };
    let plain = Router::new().route("/", get_(dropped_above));
    for app in [
        table.into_router(auth.clone()).unwrap(),
        plain.with_state(auth.clone()),
    ] {
        for (token, status) in [
            (String::new(), 401),
            (with_roles(&auth, &["editor"]), 403),
            (with_roles(&auth, &["admin"]), 200),
        ] {
            assert_eq!(get(&app, "/", &token).await.status, status);
        }
    }
}

/// The attribute knows our `Token` by its name. Under another one a public handler may ask for it; what
/// the table says of everybody is then not so, and nobody gets in who should not: the extractor
/// verifies by itself.
mod renamed {
    use api_utils::token::NoClaims;
    use api_utils::{Auth, Routes, Token, public, routes};

    use api_utils::Token as Caller;

    type Alias = Token;

    #[public("greets whom it knows")]
    async fn imported(token: Caller) -> String {
        token.subject().to_owned()
    }

    #[public("greets whom it knows")]
    async fn aliased(token: Alias) -> String {
        token.subject().to_owned()
    }

    #[public("greets whom it knows")]
    async fn generic<T: Subject>(token: T) -> String {
        token.subject()
    }

    #[public("greets whom it knows")]
    async fn in_a_result(token: Result<Token, api_utils::Rejection>) -> String {
        token.map_or_else(|_| "nobody".to_owned(), |token| token.subject().to_owned())
    }

    trait Subject {
        fn subject(&self) -> String;
    }

    impl Subject for Token<NoClaims> {
        fn subject(&self) -> String {
            Token::subject(self).to_owned()
        }
    }

    pub(super) fn table() -> Routes<Auth> {
        routes! {
            state Auth;
            GET "/imported" => imported,
            GET "/aliased" => aliased,
            GET "/generic" => generic::<Token>,
            GET "/in_a_result" => in_a_result,
        }
    }
}

#[tokio::test]
async fn a_renamed_token_under_public_is_verified_all_the_same() {
    let auth = auth();
    let app = renamed::table().into_router(auth.clone()).unwrap();
    let alice = with_roles(&auth, &[]);
    for path in ["/imported", "/aliased", "/generic"] {
        assert_eq!(get(&app, path, "").await.status, 401, "{path}");
        assert_eq!(get(&app, path, "a.b.c").await.status, 401, "{path}");
        assert_eq!(get(&app, path, &alice).await.body, "alice", "{path}");
    }
    // Whoever asks for a `Result` is told what became of it.
    assert_eq!(get(&app, "/in_a_result", "").await.body, "nobody");
    assert_eq!(get(&app, "/in_a_result", "a.b.c").await.body, "nobody");
    assert_eq!(get(&app, "/in_a_result", &alice).await.body, "alice");
}
