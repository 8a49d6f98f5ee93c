//! 0 to 15 arguments.
#![expect(clippy::too_many_arguments, reason = "axum takes 16")]

use api_utils::{Routes, require_token, routes};
use axum::body::Bytes;

use super::state::{C, Shared};

#[require_token(role = "admin")]
async fn a0() {}
#[require_token(role = "admin")]
async fn a1(_: C) {}
#[require_token(role = "admin")]
async fn a2(_: C, _: C) {}
#[require_token(role = "admin")]
async fn a3(_: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a4(_: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a5(_: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a6(_: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a7(_: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a8(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a9(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a10(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a11(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a12(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a13(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a14(_: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C, _: C) {}
#[require_token(role = "admin")]
async fn a15(
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    _: C,
    body: Bytes,
) -> String {
    body.len().to_string()
}

pub(super) fn table() -> Routes<Shared> {
    routes! {
        state Shared;
        POST "/a0" => a0,
        POST "/a1" => a1,
        POST "/a2" => a2,
        POST "/a3" => a3,
        POST "/a4" => a4,
        POST "/a5" => a5,
        POST "/a6" => a6,
        POST "/a7" => a7,
        POST "/a8" => a8,
        POST "/a9" => a9,
        POST "/a10" => a10,
        POST "/a11" => a11,
        POST "/a12" => a12,
        POST "/a13" => a13,
        POST "/a14" => a14,
        POST "/a15" => a15,
    }
}
