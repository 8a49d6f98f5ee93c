//! A clock that stands until a test moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::token::Clock;

/// A clock that stands until a test moves it; clones show the same time.
///
/// ```
/// use std::time::Duration;
/// use api_utils::{Auth, testing};
/// use api_utils::token::Algorithm;
///
/// let clock = testing::clock(1_767_225_600);
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .clock(&clock)
///     .build()?;
/// let token = testing::mint(&auth, "alice", &["admin"]);
/// assert!(auth.verify(&token).is_ok());
///
/// clock.advance(Duration::from_secs(2 * 60 * 60));
/// assert_eq!(auth.verify(&token).unwrap_err().reason().class(), "expired");
/// # Ok::<(), api_utils::token::AuthError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TestClock {
    milliseconds: Arc<AtomicU64>,
}

/// A [`TestClock`] that stands at a number of seconds since 1970.
///
/// ```
/// let clock = api_utils::testing::clock(60);
/// assert_eq!(clock.now(), std::time::UNIX_EPOCH + std::time::Duration::from_secs(60));
/// ```
#[must_use]
pub fn clock(seconds_since_epoch: u64) -> TestClock {
    TestClock {
        milliseconds: Arc::new(AtomicU64::new(seconds_since_epoch.saturating_mul(1000))),
    }
}

impl TestClock {
    /// The time it shows.
    ///
    /// ```
    /// assert_eq!(api_utils::testing::clock(0).now(), std::time::UNIX_EPOCH);
    /// ```
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let milliseconds = self.milliseconds.load(Ordering::SeqCst);
        UNIX_EPOCH
            .checked_add(Duration::from_millis(milliseconds))
            .unwrap_or(UNIX_EPOCH)
    }

    /// Sets it to a number of seconds since 1970.
    ///
    /// ```
    /// let clock = api_utils::testing::clock(0);
    /// clock.set(60);
    /// assert_eq!(clock.now(), std::time::UNIX_EPOCH + std::time::Duration::from_secs(60));
    /// ```
    pub fn set(&self, seconds_since_epoch: u64) {
        let milliseconds = seconds_since_epoch.saturating_mul(1000);
        self.milliseconds.store(milliseconds, Ordering::SeqCst);
    }

    /// Moves it forward, in steps of a millisecond.
    ///
    /// ```
    /// let clock = api_utils::testing::clock(0);
    /// clock.advance(std::time::Duration::from_secs(60));
    /// assert_eq!(clock.now(), std::time::UNIX_EPOCH + std::time::Duration::from_secs(60));
    /// ```
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let _before = self
            .milliseconds
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| {
                Some(now.saturating_add(by))
            });
    }
}

impl From<&TestClock> for Clock {
    fn from(clock: &TestClock) -> Self {
        let clock = clock.clone();
        Self::from_fn(move || clock.now())
    }
}

impl From<TestClock> for Clock {
    fn from(clock: TestClock) -> Self {
        Self::from(&clock)
    }
}
