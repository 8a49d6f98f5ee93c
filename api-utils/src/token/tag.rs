//! Which `Auth`, and which generation of its keys, has verified a token.

use std::sync::atomic::{AtomicU64, Ordering};

/// The identity of one key ring of one `Auth`: no two in a process share it.
///
/// What one `Auth` has verified says nothing to another, nor to itself once its keys changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Tag(u64);

impl Tag {
    pub(super) fn unique() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}
