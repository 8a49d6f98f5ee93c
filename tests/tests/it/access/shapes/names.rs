//! Handlers that are elsewhere, have other names, or are written where nothing has a name.

use api_utils::{Routes, require_token, routes};

use super::state::{C, Shared};

mod elsewhere {
    use super::C;

    #[api_utils::require_token(role = "admin")]
    pub(crate) async fn handler(_: C) {}

    pub(crate) mod again {
        pub(crate) use super::handler as renamed;
    }
}

use elsewhere::again::*;

/// Written by a macro of the user's own.
macro_rules! handlers {
    ($($name:ident($argument:ty),)*) => {
        $(
            #[require_token(role = "admin")]
            async fn $name(_: $argument) {}
        )*
    };
}

handlers! {
    by_a_macro(C),
    by_a_macro_again(C),
}

/// This crate under another name, where nothing is in scope.
mod nothing_in_scope {
    #![no_implicit_prelude]

    pub(super) mod reexport {
        pub(in super::super) use ::api_utils as utils;
    }

    #[reexport::utils::require_token(role = "admin", crate = crate::access::shapes::names::nothing_in_scope::reexport::utils)]
    pub(super) async fn no_prelude<T>(_: T) -> &'static str {
        "no prelude"
    }
}

/// A handler in a function, with the name of what is around it.
fn local() -> Routes<Shared> {
    #[require_token(role = "admin")]
    async fn local(_: C) {}

    routes! { state Shared; POST "/local" => local }
}

pub(super) fn table() -> Routes<Shared> {
    routes! {
        state Shared;
        POST "/module_path" => elsewhere::handler,
        POST "/renamed" => renamed,
        POST "/by_a_macro" => by_a_macro,
        POST "/by_a_macro_again" => by_a_macro_again,
        POST "/no_prelude" => nothing_in_scope::no_prelude::<C>,
        POST "/edition_2021" => api_utils_edition_2021::counted::<C>,
    }
    .merge(local())
}
