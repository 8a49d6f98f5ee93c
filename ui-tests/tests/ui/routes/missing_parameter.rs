use api_utils::{Auth, require_token, routes};

#[require_token(any(sub = path(user_id), role = "admin"))]
async fn show_user() {}

fn main() {
    let _ = routes! {
        state Auth;
        GET "/users/{user_id}" => show_user,
        GET "/members/{id}" => show_user,
    };
}
