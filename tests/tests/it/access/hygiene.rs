//! Generated code where nothing is in scope, and names it could mistake are.

use super::support::{auth, get};

/// A crate that passes `api_utils` on under another name.
mod reexport {
    pub(super) use api_utils as utils;
}

mod nothing_in_scope {
    #![no_implicit_prelude]
    #![forbid(nonstandard_style, unused, unused_qualifications)]

    pub(super) struct Option;

    pub(super) mod core {}

    #[::api_utils::require_token(any(role = "admin", sub = path(id)))]
    async fn guarded() {}

    #[super::reexport::utils::public("open", crate = crate::access::hygiene::reexport::utils)]
    async fn open() {}

    pub(super) fn table() -> ::api_utils::Routes<::api_utils::Auth> {
        ::api_utils::routes! {
            crate crate::access::hygiene::reexport::utils;
            state ::api_utils::Auth;
            GET "/guarded/{id}" => guarded,
            GET "/open" => open,
        }
    }
}

#[tokio::test]
async fn needs_no_name_of_the_users() {
    let _ = nothing_in_scope::Option;
    let app = nothing_in_scope::table().into_router(auth()).unwrap();
    assert_eq!(get(&app, "/guarded/1", "").await.status, 401);
    assert_eq!(get(&app, "/open", "").await.status, 200);
}
