//! For a user's own tests: mint a token, set the clock, call a guarded handler.

mod clock;
mod mint;

pub use clock::{TestClock, clock};
pub use mint::mint;

#[cfg(feature = "access")]
#[doc(inline)]
pub use crate::access::granted;
