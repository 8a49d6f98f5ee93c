//! What follows the name of a handler.

use api_utils::{Auth, public, routes};

#[public("a")]
async fn open() {}

fn another_method() {
    let _ = routes! { state Auth; GET "/" => open.route_layer(()) };
}

fn two_at_once() {
    let _ = routes! { state Auth; GET "/" => open.layer((), ()) };
}

fn a_layered_closure() {
    let _ = routes! { state Auth; GET "/" => (|| async {}).layer(()) };
}

fn an_unknown_head() {
    let _ = routes! { state Auth; prefx "/a"; role Role; GET "/" => open };
}

fn a_head_in_the_wrong_form() {
    let _ = routes! { state Auth; prefix v1; GET "/" => open };
}

fn main() {}
