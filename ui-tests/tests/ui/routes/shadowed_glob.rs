use api_utils::{Auth, routes};

mod handlers {
    #[api_utils::require_token(role = "admin")]
    pub async fn report() {}
}

use handlers::*;

// Shadows the guarded one.
async fn report() -> &'static str {
    "open to the world"
}

fn main() {
    let _ = routes! {
        state Auth;
        GET "/report" => report,
    };
}
