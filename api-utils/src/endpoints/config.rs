//! What a service was started with, for a handler of its own.

use std::net::IpAddr;

use serde::Serialize;

use crate::Token;
use crate::config::{Item, Loaded};

/// The body of a configuration endpoint: every setting with its source, secrets masked, and who
/// asked.
///
/// As JSON: `{"config_items": [{"name", "value", "from", …}], "token": {"user_id", "roles",
/// "remote_ip"}}`. [`config_view`] makes it.
///
/// ```
/// use api_utils::endpoints::ConfigView;
/// use axum::Json;
///
/// fn answer(view: ConfigView) -> Json<ConfigView> {
///     Json(view)
/// }
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct ConfigView {
    config_items: Vec<Item>,
    token: Caller,
}

#[derive(Clone, Debug, Serialize)]
struct Caller {
    user_id: String,
    roles: Vec<String>,
    remote_ip: Option<IpAddr>,
}

/// The view of `config` for the caller of `token`. The handler that returns it says who may.
///
/// `remote_ip` is `null` where the service runs without axum's connection info.
///
/// ```
/// use api_utils::{Auth, Config, HasAuth, Token, config::Loaded, endpoints, require_token};
/// use axum::{Json, extract::State};
/// use std::sync::Arc;
///
/// #[derive(Config)]
/// # #[config(no_jwt_secret = "an example")]
/// struct AppConfig {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// struct AppState {
///     config: Loaded<AppConfig>,
///     auth: Auth,
/// }
///
/// impl HasAuth for AppState {
///     fn auth(&self) -> &Auth {
///         &self.auth
///     }
/// }
///
/// #[require_token(role = "admin")]
/// async fn show_config(
///     token: Token,
///     State(state): State<Arc<AppState>>,
/// ) -> Json<endpoints::ConfigView> {
///     Json(endpoints::config_view(&state.config, &token))
/// }
/// ```
#[must_use]
pub fn config_view<T>(config: &Loaded<T>, token: &Token) -> ConfigView {
    ConfigView {
        config_items: config.items().to_vec(),
        token: Caller {
            user_id: token.subject().to_owned(),
            roles: token.roles().map(str::to_owned).collect(),
            remote_ip: token.remote_ip(),
        },
    }
}
