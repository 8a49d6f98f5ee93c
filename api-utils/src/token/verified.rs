//! What is known of a token whose signature and claims were found good.

use std::time::Duration;

use super::Clock;
use super::claims::Claims;
use super::tag::Tag;

/// What a verifier found, shared by the clones of a token.
pub(super) struct Verified {
    pub(super) claims: Claims,
    pub(super) tag: Option<Tag>,
    pub(super) clock: Clock,
    pub(super) leeway: Duration,
}

/// To be filled.
impl Default for Verified {
    fn default() -> Self {
        Self {
            claims: Claims::unread(),
            tag: None,
            clock: Clock::system(),
            leeway: Duration::ZERO,
        }
    }
}
