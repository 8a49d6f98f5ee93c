//! `#[derive(Config)]`: what is loaded from where, what is refused, and what is said.

mod canary;
mod document;
mod dotenv;
mod environment;
mod environments;
mod folder;
mod free_map;
mod global;
mod jwt;
mod jwt_base64;
mod jwt_keys;
mod loading;
mod many;
mod modes;
mod named_file;
mod names;
mod one_source;
mod precedence;
mod published;
mod random_structs;
mod readme;
mod report;
mod scalars;
mod secrets;
mod spelling;
mod strict;
mod structure;
mod support;
mod types;
mod validation;

use api_utils::config::{Loaded, Report, Sources};
use api_utils::{Config, JwtConfig, SecretString};

/// Passes every rule.
pub(crate) const GOOD_SECRET: &str = "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa-TEST-ONLY";

/// A service like any: one address, tokens, one optional secret.
#[derive(Config)]
struct Service {
    /// Address to listen on.
    #[config(default = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,
    #[config(flatten)]
    jwt: JwtConfig,
    /// Absent means: no mail is sent.
    smtp_password: Option<SecretString>,
}

/// The variables of a good service, with `changes` on top; an empty value removes one.
fn service<'a>(changes: &[(&'a str, &'a str)]) -> Result<Loaded<Service>, Report> {
    let good = [
        ("JWT_SECRET", GOOD_SECRET),
        ("JWT_ISSUER", "test-idp"),
        ("JWT_AUDIENCE", "test-api"),
    ];
    let unchanged = good
        .into_iter()
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let variables = unchanged.chain(changes.iter().copied());
    Service::load_from(Sources::of_environment(variables))
}

/// The settings that a report is about, in its order.
fn settings<T>(loaded: Result<Loaded<T>, Report>) -> Vec<String> {
    let report = loaded.expect_err("it should be refused");
    report
        .problems()
        .iter()
        .map(|problem| problem.setting().to_owned())
        .collect()
}
