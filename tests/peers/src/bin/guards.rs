//! A whole request through axum's router, in process: what a guard costs over the bare handler.

#![expect(clippy::disallowed_methods, reason = "the peer that is measured")]

use std::convert::Infallible;
use std::hint::black_box;
use std::num::NonZero;
use std::sync::Arc;

use api_utils::token::Algorithm;
use api_utils::{Auth, Token, require_token};
use api_utils_peers::fixture::{self, AUDIENCE, Claims, ISSUER, SECRET, Signed};
use api_utils_peers::{case, compare, overhead};
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, FromRequestParts};
use axum::routing::get;
use http::request::Parts;
use http::{Request, StatusCode};
use tower::{Service, ServiceExt};
use tower_oauth2_resource_server::{server::OAuth2ResourceServer, tenant::TenantConfiguration};

async fn bare() -> &'static str {
    "ok"
}

#[require_token(role = "admin")]
async fn guarded(token: Token) -> &'static str {
    black_box(token.subject());
    "ok"
}

/// What a careful developer writes by hand over jsonwebtoken.
struct Hand(Claims);

#[derive(Clone)]
struct HandState(Arc<(jsonwebtoken::DecodingKey, jsonwebtoken::Validation)>);

impl FromRequestParts<HandState> for Hand {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &HandState) -> Result<Self, StatusCode> {
        let token = parts
            .headers
            .get("authorization")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(StatusCode::UNAUTHORIZED)?;
        let decoded = jsonwebtoken::decode::<Claims>(token, &state.0.0, &state.0.1)
            .map_err(|_| StatusCode::UNAUTHORIZED)?;
        if !decoded.claims.roles.iter().any(|role| role == "admin") {
            return Err(StatusCode::FORBIDDEN);
        }
        Ok(Self(decoded.claims))
    }
}

async fn by_hand(Hand(claims): Hand) -> &'static str {
    black_box(&claims.sub);
    "ok"
}

#[derive(Clone, FromRef)]
struct JwtAuthState {
    decoder: axum_jwt_auth::Decoder<Claims>,
}

async fn with_axum_jwt_auth(user: axum_jwt_auth::Claims<Claims>) -> &'static str {
    black_box(&user.claims.sub);
    "ok"
}

pub(crate) fn main() {
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let _ = jsonwebtoken10::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    println!(
        "api-utils beside a hand-written extractor over jsonwebtoken 11.1.0 (aws_lc_rs), \
         axum-jwt-auth 0.7.0, tower-oauth2-resource-server 0.12.5; axum 0.8"
    );
    hs256(&runtime);
    rs256(&runtime);
}

fn hs256(runtime: &tokio::runtime::Runtime) {
    let signed = fixture::hs256(3);
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .build()
        .unwrap();
    let secret = serde_json::json!({"keys": [{
        "kty": "oct", "alg": "HS256", "kid": "key-2026-11", "k": fixture::base64(SECRET)
    }]});
    let routers = vec![
        ("bare handler", Router::new().route("/", get(bare))),
        ("hand-written extractor, jsonwebtoken 11.1", hand(&signed)),
        ("api-utils", ours(auth)),
        ("axum-jwt-auth 0.7", jwt_auth(&signed)),
        (
            "tower-oauth2-resource-server 0.12",
            oauth2(runtime, &signed, &secret.to_string()),
        ),
    ];
    print(runtime, &signed, routers);
}

fn rs256(runtime: &tokio::runtime::Runtime) {
    let signed = fixture::rs256();
    let set = signed.jwk_set().unwrap();
    let auth = Auth::builder(ISSUER, [AUDIENCE])
        .jwk_set(&set)
        .build()
        .unwrap();
    let remembering = Auth::builder(ISSUER, [AUDIENCE])
        .jwk_set(&set)
        .cache(NonZero::new(1_000).unwrap(), 4 << 20)
        .build()
        .unwrap();
    let routers = vec![
        ("bare handler", Router::new().route("/", get(bare))),
        ("hand-written extractor, jsonwebtoken 11.1", hand(&signed)),
        ("api-utils", ours(auth)),
        ("api-utils, token seen before", ours(remembering)),
        ("axum-jwt-auth 0.7", jwt_auth(&signed)),
        (
            "tower-oauth2-resource-server 0.12",
            oauth2(runtime, &signed, &set),
        ),
    ];
    print(runtime, &signed, routers);
}

fn ours(auth: Auth) -> Router {
    Router::new().route("/", get(guarded)).with_state(auth)
}

fn hand(signed: &Signed) -> Router {
    let state = HandState(Arc::new((signed.decoding.clone(), signed.validation())));
    Router::new().route("/", get(by_hand)).with_state(state)
}

fn jwt_auth(signed: &Signed) -> Router {
    use jsonwebtoken10::{Algorithm, DecodingKey, Validation};

    let (algorithm, key) = match &signed.jwk {
        Some(jwk) => (
            Algorithm::RS256,
            DecodingKey::from_jwk(&serde_json::from_str(jwk).unwrap()).unwrap(),
        ),
        None => (
            Algorithm::HS256,
            DecodingKey::from_secret(SECRET.as_bytes()),
        ),
    };
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.validate_nbf = true;
    let decoder = axum_jwt_auth::LocalDecoder::builder()
        .keys(vec![key])
        .validation(validation)
        .build()
        .unwrap();
    let state = JwtAuthState {
        decoder: Arc::new(decoder),
    };
    Router::new()
        .route("/", get(with_axum_jwt_auth))
        .with_state(state)
}

fn oauth2(runtime: &tokio::runtime::Runtime, signed: &Signed, jwks: &str) -> Router {
    let tenant = TenantConfiguration::static_builder(jwks)
        .audiences(&[AUDIENCE])
        .allowed_algorithms(&[signed.algorithm])
        .build()
        .unwrap();
    let server = runtime
        .block_on(
            OAuth2ResourceServer::<Claims>::builder()
                .add_tenant(tenant)
                .build(),
        )
        .unwrap();
    Router::new()
        .route("/", get(bare))
        .layer(server.into_layer())
}

fn print(runtime: &tokio::runtime::Runtime, signed: &Signed, routers: Vec<(&str, Router)>) {
    let names: Vec<String> = routers.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bearer = format!("Bearer {}", signed.token);
    let cases = routers
        .into_iter()
        .map(|(name, router)| {
            let mut service = router.into_service::<Body>();
            let bearer = bearer.clone();
            case(name, move || {
                let request = Request::get("/")
                    .header("authorization", &bearer)
                    .body(Body::empty())
                    .unwrap();
                let answer: Result<_, Infallible> =
                    runtime.block_on(async { service.ready().await?.call(request).await });
                assert_eq!(answer.unwrap().status(), StatusCode::OK);
            })
        })
        .collect();
    let title = format!(
        "{:?}, a token of {} bytes",
        signed.algorithm,
        signed.token.len()
    );
    let lines = compare(&title, cases);
    println!("\nOver the bare handler, beside the hand-written extractor:\n");
    for (index, name) in names.iter().enumerate().skip(1) {
        println!("- {name}: {:.3}", overhead(&lines, index, 1, 0));
    }
}
