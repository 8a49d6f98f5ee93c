//! `POST /dev-login`: a token for whoever asks, on a developer's machine.

mod answer;
mod body;
mod hosts;

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};

use self::answer::{Cors, Granted, problem};
use self::body::Identity;
use self::hosts::{Foreign, Hosts};
use crate::access::{HasAuth, Routes};
use crate::token::settings::rules::DEVELOPMENT_ISSUER;
use crate::token::{Auth, IssueError, Issuer, JwtConfig};
use crate::{public, routes};

/// A table with `POST /dev-login` while `ENABLE_LOGIN` is true, and an empty one while it is not:
/// then the path is like any other that does not exist.
///
/// The body is `{"subject": "dev-user-1", "roles": ["developer"], "scopes": []}`, each member optional
/// with these defaults, or none at all. The answer is 200 `{"access_token", "token_type": "bearer",
/// "expires_at", "subject", "roles"}`, `expires_at` in RFC 3339. The token's issuer is always
/// `dev-idp`, its life that of `JWT_TTL_MINUTES`; `auth` accepts it only while `ENABLE_LOGIN` is
/// true.
///
/// It answers requests to a loopback host or one of `DEV_LOGIN_HOSTS`, and of a browser only from
/// a page of such a host; that origin alone is named in its CORS fields. Everything else gets 403.
///
/// ```
/// use api_utils::{Auth, JwtConfig, SecretString, endpoints};
///
/// let secret = SecretString::from("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa");
/// let config = JwtConfig::builder(secret).enable_login(true).build()?;
/// let auth = Auth::new(&config)?;
/// let table = endpoints::dev_login::<Auth>(&auth, &config).access_table().to_string();
/// assert!(table.contains("/dev-login"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn dev_login<S>(auth: &Auth, config: &JwtConfig) -> Routes<S>
where
    S: HasAuth + Clone + Send + Sync + 'static,
{
    if !config.login_enabled() {
        return Routes::default();
    }
    let issuer = match Issuer::of(auth) {
        Ok(issuer) => issuer.named(DEVELOPMENT_ISSUER).lifetime(config.ttl()),
        Err(error) => {
            tracing::error!(%error, "/dev-login is not mounted");
            return Routes::default();
        }
    };
    tracing::warn!("/dev-login is on: whoever reaches this service gets a token with any role");
    let login = DevLogin {
        issuer,
        hosts: Hosts::new(config.dev_login_hosts()),
    };
    routes! {
        crate crate;
        state S;
        POST    "/dev-login" => log_in,
        OPTIONS "/dev-login" => preflight,
    }
    .layer(Extension(Arc::new(login)))
}

#[derive(Debug)]
struct DevLogin {
    issuer: Issuer,
    hosts: Hosts,
}

impl DevLogin {
    fn grant(&self, identity: Identity) -> Result<Granted, IssueError> {
        let request = self.issuer.token(&identity.subject);
        let roles = identity.roles.iter();
        let request = roles.fold(request, |request, role| request.role(role));
        let scopes = identity.scopes.iter();
        let minted = scopes
            .fold(request, |request, scope| request.scope(scope))
            .mint()?;
        Ok(Granted::new(&minted, identity))
    }
}

#[public("development login: mounted only while ENABLE_LOGIN is true", crate = crate)]
async fn log_in(
    Extension(login): Extension<Arc<DevLogin>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let cors = match login.hosts.admit(&uri, &headers) {
        Ok(origin) => Cors::for_origin(origin),
        Err(foreign) => return refuse(foreign),
    };
    let answer = match Identity::parse(&headers, &body) {
        Ok(identity) => match login.grant(identity) {
            Ok(granted) => granted.answer(),
            Err(error) => problem(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
        },
        Err((status, error)) => problem(status, &error),
    };
    cors.on(answer)
}

#[public("preflight of the development login", crate = crate)]
async fn preflight(
    Extension(login): Extension<Arc<DevLogin>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match login.hosts.admit(&uri, &headers) {
        Ok(origin) => Cors::for_origin(origin).preflight(),
        Err(foreign) => refuse(foreign),
    }
}

fn refuse(foreign: Foreign) -> Response {
    let error = match foreign {
        Foreign::Host => {
            "The development login answers loopback hosts and those of DEV_LOGIN_HOSTS"
        }
        Foreign::Origin => {
            "The development login answers pages of loopback hosts and of DEV_LOGIN_HOSTS"
        }
    };
    problem(StatusCode::FORBIDDEN, error)
}
