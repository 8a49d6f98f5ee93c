//! The system's allocator, which looks into each block before it is freed.
#![allow(unsafe_code, reason = "an allocator is unsafe by its trait")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::CANARY;

struct Spy;

#[global_allocator]
static SPY: Spy = Spy;

static WATCHING: AtomicBool = AtomicBool::new(false);
static FREED: AtomicUsize = AtomicUsize::new(0);
static FOUND: AtomicUsize = AtomicUsize::new(0);

/// Runs it, and counts the blocks that were freed meanwhile and those of them with a secret.
pub(crate) fn watch(run: impl FnOnce()) -> (usize, usize) {
    WATCHING.store(true, Ordering::SeqCst);
    run();
    WATCHING.store(false, Ordering::SeqCst);
    (FREED.load(Ordering::SeqCst), FOUND.load(Ordering::SeqCst))
}

// SAFETY: every call goes to the system's allocator as it came. `realloc` is that of the trait:
// a new block, a copy, and `dealloc` of the old one, which is looked into.
unsafe impl GlobalAlloc for Spy {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, so that there is nothing uninitialised to look into.
        // SAFETY: the caller holds to the contract of `alloc`, which is that of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if WATCHING.load(Ordering::SeqCst) {
            FREED.fetch_add(1, Ordering::SeqCst);
            // SAFETY: the block is still the caller's, and has so many initialised bytes.
            let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            if bytes
                .windows(CANARY.len())
                .any(|window| window == CANARY.as_bytes())
            {
                FOUND.fetch_add(1, Ordering::SeqCst);
            }
        }
        // SAFETY: the caller holds to the contract of `dealloc`.
        unsafe { System.dealloc(block, layout) }
    }
}
