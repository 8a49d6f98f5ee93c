//! Handlers whose names clash with everything but their own rule, under the strictest lints.

use super::support::{auth, get, with_roles};

mod handlers {
    #![forbid(nonstandard_style, unused, missing_docs)]

    use std::env;

    use api_utils::{Auth, Routes, public, require_token, routes};
    use api_utils_tests::strict;

    mod users {
        pub(super) const PAGE: usize = 20;
    }

    #[require_token(role = "admin")]
    async fn users() -> String {
        users::PAGE.to_string()
    }

    #[public("liveness probe")]
    async fn health() -> &'static str {
        "ok"
    }

    #[require_token]
    async fn env() -> String {
        env::consts::OS.to_owned()
    }

    #[require_token]
    async fn metrics() {}

    #[require_token]
    async fn r#type() {}

    #[require_token]
    async fn routes() {}

    /// Twins of which one is there.
    #[require_token(role = "here")]
    #[cfg(not(windows))]
    async fn twin() {}

    #[require_token(role = "there")]
    #[cfg(windows)]
    async fn twin() {}

    pub(super) fn table() -> Routes<Auth> {
        routes! {
            state Auth;
            GET "/users" => users,
            GET "/health" => health,
            GET "/env" => env,
            GET "/metrics" => metrics,
            GET "/type" => r#type,
            GET "/routes" => routes,
            GET "/show" => strict::show,
            GET "/twin" => twin,
        }
    }
}

#[tokio::test]
async fn each_name_has_its_own_rule() {
    let auth = auth();
    let app = handlers::table().into_router(auth.clone()).unwrap();
    let nobody = with_roles(&auth, &[]);
    for (path, anonymous, without_role) in [
        ("/users", 401, 403),
        ("/health", 200, 200),
        ("/env", 401, 200),
        ("/metrics", 401, 200),
        ("/type", 401, 200),
        ("/routes", 401, 200),
        ("/show", 401, 403),
        ("/twin", 401, 403),
    ] {
        assert_eq!(get(&app, path, "").await.status, anonymous, "{path}");
        assert_eq!(
            get(&app, path, &nobody).await.status,
            without_role,
            "{path}"
        );
    }
}
