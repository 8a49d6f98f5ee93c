//! The macros in edition 2021, with nothing in scope, under another name of the crate.
#![no_implicit_prelude]
#![forbid(nonstandard_style, unused, missing_docs)]

/// The roles of this service.
#[derive(::std::clone::Clone, ::std::marker::Copy, ::std::fmt::Debug, ::utils::Roles)]
#[roles(crate = ::utils)]
pub enum Role {
    /// May do everything.
    Admin,
    /// May read bills.
    #[role("billing:read")]
    Billing,
}

/// Who works here.
pub const STAFF: ::utils::Rule =
    ::utils::rule! { crate = ::utils, roles = [Role::Admin, Role::Billing, "clerk"] };

/// Shows a bill.
#[::utils::require_token(crate = ::utils, STAFF, sub = path(user_id))]
pub async fn bill() -> &'static str {
    "bill"
}

/// Takes whatever a test gives it.
#[::utils::require_token(crate = ::utils, role = "admin")]
pub async fn counted<T>(_: T) -> &'static str {
    "edition 2021"
}

/// Says that the process runs.
#[::utils::public("liveness probe", crate = ::utils)]
pub async fn health() {}

/// The routes of this service.
pub fn table() -> ::utils::Routes<::utils::Auth> {
    ::utils::routes! {
        crate ::utils;
        state ::utils::Auth;
        prefix "/api";
        GET "/users/{user_id}/bill" => bill,
        GET "/health" => health,
    }
}
