//! Two `Auth`s in one app: a token of one is never accepted on the other's route.

use api_utils::{Auth, Token, require_token};
use axum::Router;
use axum::middleware::from_extractor_with_state;
use axum::routing::get as get_;

use super::support::{auth, auth_of, get, with_roles};

#[require_token]
async fn guarded(token: Token) -> String {
    token.issuer().to_owned()
}

/// No guard: the extractor alone.
async fn extracted(token: Token) -> String {
    token.issuer().to_owned()
}

const A: &str = "https://id.example";
const B: &str = "https://b.example";

fn b() -> Auth {
    auth_of(B, b"fedcba9876543210fedcba9876543210")
}

fn handlers(auth: &Auth) -> Router {
    Router::new()
        .route("/guarded", get_(guarded))
        .route("/extracted", get_(extracted))
        .with_state(auth.clone())
}

#[tokio::test]
async fn nested_both_ways() {
    let (a, b) = (auth(), b());
    for (outer, inner, outer_issuer, inner_issuer) in [(&a, &b, A, B), (&b, &a, B, A)] {
        let app = handlers(outer).nest("/inner", handlers(inner));
        let outer_token = with_roles(outer, &[]);
        let inner_token = with_roles(inner, &[]);
        for path in ["/guarded", "/extracted"] {
            let answer = get(&app, path, &outer_token).await;
            assert_eq!(answer.body, outer_issuer);
            assert_eq!(get(&app, path, &inner_token).await.status, 401);
            let path = format!("/inner{path}");
            let answer = get(&app, &path, &inner_token).await;
            assert_eq!(answer.body, inner_issuer);
            assert_eq!(get(&app, &path, &outer_token).await.status, 401);
        }
    }
}

/// The outer `Auth` has verified the token and left it; the inner route still asks its own.
#[tokio::test]
async fn a_token_left_by_another_auth_is_not_taken() {
    let (a, b) = (auth(), b());
    for (outer, inner) in [(&a, &b), (&b, &a)] {
        let app = handlers(inner).layer(from_extractor_with_state::<Token, Auth>(outer.clone()));
        let token = with_roles(outer, &[]);
        for path in ["/guarded", "/extracted"] {
            assert_eq!(get(&app, path, &token).await.status, 401, "{path}");
        }
    }
}

/// Same issuer, same audience, same key: still another `Auth`, which verifies anew.
#[tokio::test]
async fn an_equal_auth_verifies_for_itself() {
    let app = handlers(&auth()).layer(from_extractor_with_state::<Token, Auth>(auth()));
    let answer = get(&app, "/extracted", &with_roles(&auth(), &[])).await;
    assert_eq!(answer.body, A);
}
