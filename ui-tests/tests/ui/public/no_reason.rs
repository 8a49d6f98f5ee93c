use api_utils::public;

#[public]
async fn none() {}

#[public("  ")]
async fn blank() {}

#[public(liveness)]
async fn no_text() {}

#[public("one", "two")]
async fn two() {}

#[public("one\ntwo")]
async fn two_lines() {}

fn main() {}
