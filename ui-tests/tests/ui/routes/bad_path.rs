use api_utils::{Auth, require_token, routes};

#[require_token]
async fn whoami() {}

fn main() {
    let _ = routes! {
        state Auth;
        GET "users" => whoami,
        GET "/users/:id" => whoami,
        GET "/files/*rest" => whoami,
        GET "/orgs/{id}/members/{id}" => whoami,
        GET "/files/{name}.json" => whoami,
        GET "/files/{*rest}/more" => whoami,
        GET "/files/{}" => whoami,
    };
}
