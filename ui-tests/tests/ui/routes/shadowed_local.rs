use api_utils::{Auth, require_token, routes};

#[require_token(role = "admin")]
async fn report() {}

fn main() {
    let report = || async { "open to the world" };
    let _ = routes! {
        state Auth;
        GET "/report" => report,
    };
}
