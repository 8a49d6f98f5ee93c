use api_utils::{Auth, require_token, routes};

#[require_token]
async fn whoami() {}

fn main() {
    let _ = routes! {
        state Auth;
        get "/lower" => whoami,
        GTE "/misspelt" => whoami,
        GET whoami,
        GET "/closure" => || async { "open" },
        GET "/axum" => axum::routing::get(whoami),
    };
}
