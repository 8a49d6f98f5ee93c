use api_utils::access::{Guard, HasRule};
use api_utils::{Auth, Rejection, routes};

// A guard that cannot refuse is none.
async fn open<R: HasRule>(_: Result<Guard<R>, Rejection>) -> &'static str {
    "open to the world"
}

#[api_utils::require_token(role = "admin")]
async fn _admin() {}

fn main() {
    let _ = routes! {
        state Auth;
        GET "/open" => open::<__rule_of__admin>,
    };
}
