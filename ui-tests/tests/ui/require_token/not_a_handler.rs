use api_utils::require_token;

struct Service;

impl Service {
    #[require_token]
    async fn method(&self) {}
}

#[require_token]
fn not_async() {}

#[require_token]
async unsafe fn not_safe() {}

#[require_token]
async extern "C" fn not_rust() {}

#[require_token]
struct NotAFunction;

#[require_token]
#[rustfmt::skip]
async fn too_many(
    _: (), _: (), _: (), _: (), _: (), _: (), _: (), _: (),
    _: (), _: (), _: (), _: (), _: (), _: (), _: (), _sixteenth: u8,
) {}

fn main() {}
