use api_utils::{require_token, routes};
use std::sync::Arc;

struct AppState;

#[require_token]
async fn whoami() {}

fn main() {
    let _ = routes! {
        state Arc<AppState>;
        GET "/whoami" => whoami,
    };
}
