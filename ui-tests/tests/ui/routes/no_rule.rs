use api_utils::{Auth, require_token, routes};

#[require_token]
async fn guarded() {}

async fn forgotten() -> &'static str {
    "open to the world"
}

fn main() {
    let _ = routes! {
        state Auth;
        GET "/guarded" => guarded,
        GET "/forgotten" => forgotten,
    };
}
