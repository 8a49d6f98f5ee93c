//! A closure or a local function that has the name of a guarded handler is asked for its own rule.

use api_utils::{Auth, require_token, routes};

#[require_token(role = "admin")]
async fn secret() {}

fn a_closure_of_the_same_name() {
    let _guarded = secret;
    let secret = async || {};
    let _ = routes! { state Auth; GET "/" => secret };
}

type Handler = fn() -> std::future::Ready<()>;

static ALIAS: Handler = || std::future::ready(());

fn a_function_behind_a_type_alias() {
    let _ = routes! { state Auth; GET "/" => ALIAS };
}

fn main() {}
