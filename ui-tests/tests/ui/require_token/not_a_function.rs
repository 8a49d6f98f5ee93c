//! Functions that are no handlers, besides those of `not_a_handler`.

use api_utils::require_token;

#[require_token]
const fn constant() {}

struct Service;

impl Service {
    #[require_token]
    async fn associated() {}
}

trait Handlers {
    #[require_token]
    async fn of_a_trait();
}

fn main() {}
