//! A small service, guarded: who may call what stands at each handler, what it needs to run in
//! one struct.
//!
//! In development: `ENABLE_LOGIN=true JWT_SECRET=$(openssl rand -base64 32) cargo run --example
//! guarded_api --features dev-login`
#![allow(clippy::print_stdout, reason = "its output is for a terminal")]

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use api_utils::config::Loaded;
use api_utils::{
    Auth, Config, HasAuth, JwtConfig, Token, endpoints, public, require_token, routes,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

#[derive(Config)]
struct AppConfig {
    /// Address to listen on; port 0 takes a free one.
    #[config(default = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE, JWT_ALGORITHM, JWT_TTL_MINUTES, ENABLE_LOGIN.
    #[config(flatten)]
    jwt: JwtConfig,
}

struct AppState {
    config: Loaded<AppConfig>,
    auth: Auth,
}

impl HasAuth for AppState {
    fn auth(&self) -> &Auth {
        &self.auth
    }
}

#[derive(Serialize)]
struct Caller {
    sub: String,
    roles: Vec<String>,
}

impl Caller {
    fn of(token: &Token) -> Json<Self> {
        Json(Self {
            sub: token.subject().to_owned(),
            roles: token.roles().map(str::to_owned).collect(),
        })
    }
}

#[derive(Serialize)]
struct User {
    user_id: String,
}

#[derive(Deserialize, Serialize)]
struct Report {
    title: String,
}

#[public("liveness probe: says nothing but that the process runs")]
async fn health() -> &'static str {
    "ok"
}

#[require_token]
async fn whoami(token: Token) -> Json<Caller> {
    Caller::of(&token)
}

#[require_token(role = "admin")]
async fn admin(token: Token) -> Json<Caller> {
    Caller::of(&token)
}

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user(Path(user_id): Path<String>) -> Json<User> {
    Json(User { user_id })
}

#[require_token(role = "editor")]
async fn create_report(Json(report): Json<Report>) -> (StatusCode, Json<Report>) {
    (StatusCode::CREATED, Json(report))
}

#[require_token(roles = ["admin", "developer"])]
async fn show_config(
    token: Token,
    State(state): State<Arc<AppState>>,
) -> Json<endpoints::ConfigView> {
    Json(endpoints::config_view(&state.config, &token))
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match AppConfig::load() {
        Ok(config) => match serve(config).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        Err(report) => {
            eprintln!("{}", report.for_terminal());
            ExitCode::from(report.exit_code())
        }
    }
}

async fn serve(config: Loaded<AppConfig>) -> Result<(), Box<dyn std::error::Error>> {
    for warning in config.warnings() {
        eprintln!("{warning}");
    }
    let auth = Auth::new(&config.jwt)?;
    let routes = routes! {
        state Arc<AppState>;
        GET  "/health"              => health,
        GET  "/api/whoami"          => whoami,
        GET  "/api/admin"           => admin,
        GET  "/api/users/{user_id}" => show_user,
        POST "/api/reports"         => create_report,
        GET  "/api/config"          => show_config,
    }
    .merge(endpoints::dev_login(&auth, &config.jwt));
    let table = routes.access_table().to_string();

    let listener = tokio::net::TcpListener::bind(config.listen).await?;
    let address = listener.local_addr()?;
    let app = routes.into_router(Arc::new(AppState { config, auth }))?;
    let stop = stop_signal()?;
    println!("listening on http://{address}\n\n{table}");
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop)
        .await?;
    Ok(())
}

/// Listens for SIGINT and SIGTERM from now on, and ends with the first of them.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends with the first Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
