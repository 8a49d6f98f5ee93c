//! 503: whoever has to ask somebody else, behind the guard, and gets no answer. The guard itself asks
//! nobody: an `Auth` always has keys, so every token gets its verdict.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use api_utils::access::AccessSettings;
use api_utils::token::AuthError;
use api_utils::{Auth, HasAuth, Rejection, Token, require_token, routes};
use axum::extract::FromRequestParts;
use http::request::Parts;

use super::support::{auth, get, token, with_roles};

struct AppState {
    auth: Auth,
    access: AccessSettings,
    list_is_up: AtomicBool,
}

type Shared = Arc<AppState>;

impl HasAuth for AppState {
    fn auth(&self) -> &Auth {
        &self.auth
    }
    fn access_settings(&self) -> &AccessSettings {
        &self.access
    }
}

/// A token that is not on the list of revoked ones, which another service keeps.
struct NotRevoked;

impl FromRequestParts<Shared> for NotRevoked {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Rejection> {
        let token: Token = Token::from_request_parts(parts, state).await?;
        let refuse = |rejection: Rejection| rejection.with_settings(&state.access);
        if !state.list_is_up.load(Ordering::SeqCst) {
            return Err(refuse(Rejection::unavailable(Duration::from_secs(7))));
        }
        if token.subject() == "mallory" {
            return Err(refuse(Rejection::forbidden()));
        }
        Ok(Self)
    }
}

#[require_token(role = "admin")]
async fn admin(_: NotRevoked) -> &'static str {
    "secret page"
}

#[tokio::test]
async fn an_extractor_that_cannot_ask_answers_503_and_only_behind_the_guard() {
    let state = Arc::new(AppState {
        auth: auth(),
        access: AccessSettings::new(),
        list_is_up: AtomicBool::new(true),
    });
    let app = routes! { state Shared; GET "/admin" => admin }
        .into_router(Arc::clone(&state))
        .unwrap();
    let tokens = [
        String::new(),
        "a.b.c".to_owned(),
        with_roles(&state.auth, &["editor"]),
        with_roles(&state.auth, &["admin"]),
    ];
    for (is_up, statuses) in [(true, [401, 401, 403, 200]), (false, [401, 401, 403, 503])] {
        state.list_is_up.store(is_up, Ordering::SeqCst);
        for (token, status) in tokens.iter().zip(statuses) {
            let answer = get(&app, "/admin", token).await;
            assert_eq!(answer.status, status, "{is_up}");
            assert_eq!(answer.headers.contains_key("retry-after"), status == 503);
            if status == 503 {
                assert_eq!(answer.headers["retry-after"], "7");
                assert_eq!(answer.headers["content-type"], "application/problem+json");
                assert!(!answer.headers.contains_key("www-authenticate"));
                assert_eq!(answer.json()["status"], 503);
            }
        }
    }
}

/// There is no state in which a guard would have to say "ask me later": a ring without a key is
/// refused, when it is built and when it is replaced.
#[tokio::test]
async fn a_guard_always_has_keys_and_so_a_verdict() {
    let none = Auth::builder("https://id.example", ["my-api"]).build();
    assert_eq!(none.unwrap_err(), AuthError::NoKey);
    // Every key of the set is one that cannot be used.
    let unusable = r#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"oct","k":"AAAA"}]}"#;
    let set = Auth::builder("https://id.example", ["my-api"]).jwk_set(unusable);
    assert!(set.build().is_err());

    let auth = auth();
    let before = token(&auth, |request| request.role("admin"));
    assert_eq!(auth.replace_keys([]).unwrap_err(), AuthError::NoKey);
    #[require_token(role = "admin")]
    async fn page() {}
    let app = routes! { state Auth; GET "/" => page }
        .into_router(auth.clone())
        .unwrap();
    assert_eq!(get(&app, "/", &before).await.status, 200);
    assert_eq!(get(&app, "/", "a.b.c").await.status, 401);
}
