//! A prefix is joined as it is written.

use api_utils::{Auth, public, routes};

#[public("a")]
async fn open() {}

fn slash_at_the_end() {
    let _ = routes! {
        state Auth;
        prefix "/orgs/";
        GET "/x" => open,
    };
}

fn no_slash() {
    let _ = routes! {
        state Auth;
        prefix "orgs";
        GET "/x" => open,
    };
}

fn the_rest_of_a_path() {
    let _ = routes! {
        state Auth;
        prefix "/orgs/{*rest}";
        GET "/x" => open,
    };
}

fn a_parameter_twice_through_the_prefix() {
    let _ = routes! {
        state Auth;
        prefix "/users/{id}";
        GET "/posts/{id}" => open,
    };
}

fn a_line_without_a_slash() {
    let _ = routes! {
        state Auth;
        prefix "/users";
        GET "posts" => open,
    };
}

fn main() {}
