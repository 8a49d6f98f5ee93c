//! For a user's own tests: mint a token, set the clock, call a guarded handler.

mod clock;
mod mint;
mod signature;

pub use clock::{TestClock, clock};
pub use mint::mint;
#[doc(hidden)]
pub use signature::{check_mac, check_signature};

#[cfg(feature = "access")]
#[doc(inline)]
pub use crate::access::granted;
