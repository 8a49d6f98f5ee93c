fn table() -> Routes<Arc<AppState>> {
    {
        static __TABLE: [::api_utils::__private::RouteEntry; 3usize] = [
            ::api_utils::__private::RouteEntry::new(
                ::api_utils::__private::Method::GET,
                "/users/{user_id}",
                "users::show::<Postgres>",
                ::api_utils::__private::access_of(users::show::<Postgres>),
                0u32,
            ),
            ::api_utils::__private::RouteEntry::new(
                ::api_utils::__private::Method::PUT,
                "/users/{user_id}",
                "update",
                ::api_utils::__private::access_of(update),
                0u32,
            ),
            ::api_utils::__private::RouteEntry::new(
                ::api_utils::__private::Method::PATCH,
                "/users/{user_id}",
                "update",
                ::api_utils::__private::access_of(update),
                0u32,
            ),
        ];
        const _: () = match ::api_utils::__private::first_fault(
            &__TABLE,
            ::core::option::Option::None,
        ) {
            ::core::option::Option::None => {}
            ::core::option::Option::Some(fault) => {
                match fault.line() {
                    0usize => ::core::panic!("{}", fault.text()),
                    1usize => ::core::panic!("{}", fault.text()),
                    2usize => ::core::panic!("{}", fault.text()),
                    _ => ::core::panic!("{}", fault.text()),
                }
            }
        };
        let routes = ::api_utils::__private::mount::<
            Arc<AppState>,
        >(&__TABLE, ::core::file!());
        let routes = routes.on(users::show::<Postgres>);
        let routes = routes.on(update).on(update);
        routes.finish()
    }
}
