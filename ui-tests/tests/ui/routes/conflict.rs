use api_utils::{Auth, require_token, routes};

#[require_token]
async fn one() {}

#[require_token(role = "admin")]
async fn two() {}

fn main() {
    let _ = routes! {
        state Auth;
        GET "/same" => one,
        GET "/same" => two,
        GET "/users/{id}" => one,
        POST "/users/{user_id}" => two,
        HEAD "/same" => one,
    };
}
