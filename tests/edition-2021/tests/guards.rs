//! What the crate's table answers.

use api_utils_edition_2021::table;
use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt;
use utils::token::Algorithm;
use utils::Auth;

#[tokio::test]
async fn guards() {
    let auth = Auth::builder("https://id.example", ["my-api"])
        .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
        .build()
        .unwrap();
    let app = table().into_router(auth).unwrap();
    for (path, status) in [("/api/health", 200), ("/api/users/7/bill", 401)] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = app.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), status);
    }
    let text = table().access_table().to_string();
    assert!(text.contains(r#"role = "billing:read""#), "{text}");
}
