//! `Option<Token>` is `None` only where no credentials were sent.

use api_utils::Token;
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, StatusCode};
use tower::ServiceExt as _;

use super::support::{auth, claims, claims_with, token};

#[tokio::test]
async fn a_bad_token_is_never_taken_for_none() {
    async fn handler(token: Option<Token>) -> String {
        token.map_or("nobody".to_owned(), |token| token.subject().to_owned())
    }
    let service = Router::new().route("/", get(handler)).with_state(auth());
    let good = token(&claims());
    let expired = token(&claims_with("exp", Some(1.into())));
    let bearer = |token: &str| vec![format!("Bearer {token}")];
    for (fields, status, said) in [
        (vec![], StatusCode::OK, "nobody"),
        (bearer(&good), StatusCode::OK, "user-1"),
        (bearer(&expired), StatusCode::UNAUTHORIZED, ""),
        (bearer("a.b.c"), StatusCode::UNAUTHORIZED, ""),
        (bearer(&format!("{good}A")), StatusCode::UNAUTHORIZED, ""),
        (vec!["Basic YTpi".to_owned()], StatusCode::UNAUTHORIZED, ""),
        (vec!["Bearer".to_owned()], StatusCode::BAD_REQUEST, ""),
        (
            vec![format!("Bearer {good}"); 2],
            StatusCode::BAD_REQUEST,
            "",
        ),
    ] {
        let mut request = Request::get("/");
        for field in &fields {
            request = request.header("authorization", field);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = service.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{fields:?}");
        if status == StatusCode::OK {
            let body = axum::body::to_bytes(response.into_body(), 1024)
                .await
                .unwrap();
            assert_eq!(body, said);
        }
    }
}
