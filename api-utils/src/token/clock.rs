//! The time that tokens are judged by.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where an [`Auth`](crate::Auth) reads the time: the system's clock, or a function of a test.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use api_utils::token::Clock;
///
/// let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
/// assert_eq!(Clock::from_fn(move || then).now(), then);
/// ```
#[derive(Clone, Default)]
pub struct Clock {
    read: Option<Arc<dyn Fn() -> SystemTime + Send + Sync>>,
}

impl Clock {
    /// The system's clock.
    ///
    /// ```
    /// let now = api_utils::token::Clock::system().now();
    /// assert!(now > std::time::SystemTime::UNIX_EPOCH);
    /// ```
    #[must_use]
    pub const fn system() -> Self {
        Self { read: None }
    }

    /// A clock that reads what `read` returns.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// let clock = api_utils::token::Clock::from_fn(SystemTime::now);
    /// assert!(clock.now() <= SystemTime::now());
    /// ```
    #[must_use]
    pub fn from_fn(read: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            read: Some(Arc::new(read)),
        }
    }

    /// The time it reads.
    ///
    /// ```
    /// let earlier = api_utils::token::Clock::system().now();
    /// assert!(earlier <= std::time::SystemTime::now());
    /// ```
    #[must_use]
    pub fn now(&self) -> SystemTime {
        match &self.read {
            None => SystemTime::now(),
            Some(read) => read(),
        }
    }

    /// Since 1970; `None` where the clock reads a time before.
    pub(super) fn since_epoch(&self) -> Option<Duration> {
        self.now().duration_since(UNIX_EPOCH).ok()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.read {
            None => "Clock::system",
            Some(_) => "Clock::from_fn",
        })
    }
}
