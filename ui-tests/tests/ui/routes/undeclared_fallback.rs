//! A fallback says who may call it, as every handler does.

use api_utils::{Auth, routes};

async fn forgotten() {}

fn table() {
    let _ = routes! { state Auth; }.fallback(forgotten);
}

fn main() {}
