use api_utils::{require_token, routes};

#[require_token]
async fn whoami() {}

fn main() {
    let _ = routes! {
        GET "/whoami" => whoami,
    };
    let _ = routes! {
        stat u8;
        GET "/whoami" => whoami,
    };
}
