//! What stands at the head of a table, twice or too late.

use api_utils::{Auth, Roles, public, routes};

#[public("a")]
async fn open() {}

#[derive(Roles)]
enum Role {
    Admin,
}

fn twice() {
    let _ = routes! {
        state Auth;
        state Auth;
        prefix "/a";
        prefix "/b";
        roles Role;
        roles Role;
        crate ::api_utils;
        crate ::api_utils;
        GET "/" => open,
    };
}

fn too_late() {
    let _ = routes! {
        state Auth;
        GET "/" => open,
        prefix "/b";
    };
}

fn without_a_semicolon() {
    let _ = routes! {
        state Auth
        GET "/" => open,
    };
}

fn without_a_comma() {
    let _ = routes! {
        state Auth;
        GET "/" => open
        GET "/b" => open
    };
}

fn without_an_arrow() {
    let _ = routes! { state Auth; GET "/" open };
}

fn without_a_handler() {
    let _ = routes! { state Auth; GET "/" => };
}

fn no_text() {
    let _ = routes! { state Auth; GET 7 => open };
}

fn main() {}
