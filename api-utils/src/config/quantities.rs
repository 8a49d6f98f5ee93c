//! Durations and sizes, always with their unit: a bare `30` is seconds to one reader and minutes to
//! the next.

use std::fmt;
use std::time::Duration;

use super::items::ItemValue;
use super::value::{FromValue, Refusal, Value};

impl FromValue for Duration {
    const EXPECTED: &'static str = "a duration with its unit, like 90s, 5m or 1h 30m";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .and_then(|text| humantime::parse_duration(text).ok())
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        humantime::format_duration(*self).to_string().into()
    }
}

/// A number of bytes, written with its unit: `512B`, `64KiB` (1024), `10MB` (1000 × 1000).
///
/// ```
/// use api_utils::config::ByteSize;
///
/// let size: ByteSize = "64 KiB".parse()?;
/// assert_eq!(size.bytes(), 65_536);
/// assert_eq!(size.to_string(), "64KiB");
/// assert_eq!("10MB".parse::<ByteSize>()?.bytes(), 10_000_000);
/// assert!("64".parse::<ByteSize>().is_err());
/// # Ok::<(), api_utils::config::NotAByteSize>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ByteSize(u64);

/// The largest first, and of equal ones the binary first: how a size is shown.
const UNITS: [(&str, u64); 9] = [
    ("TiB", 1 << 40),
    ("TB", 1_000_000_000_000),
    ("GiB", 1 << 30),
    ("GB", 1_000_000_000),
    ("MiB", 1 << 20),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("KB", 1000),
    ("B", 1),
];

impl ByteSize {
    /// So many bytes.
    ///
    /// ```
    /// use api_utils::config::ByteSize;
    /// assert_eq!(ByteSize::of(512).to_string(), "512B");
    /// ```
    #[must_use]
    pub const fn of(bytes: u64) -> Self {
        Self(bytes)
    }

    /// How many bytes.
    ///
    /// ```
    /// use api_utils::config::ByteSize;
    /// assert_eq!(ByteSize::of(512).bytes(), 512);
    /// ```
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

/// Exactly, in the largest unit that leaves no fraction.
impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |(unit, bytes): &(&'static str, u64)| {
            let count = self.0.checked_div(*bytes)?;
            (count > 0 && count.checked_mul(*bytes) == Some(self.0)).then_some((count, *unit))
        };
        let (count, unit) = UNITS.iter().find_map(whole).unwrap_or((self.0, "B"));
        write!(f, "{count}{unit}")
    }
}

impl std::str::FromStr for ByteSize {
    type Err = NotAByteSize;

    fn from_str(text: &str) -> Result<Self, NotAByteSize> {
        let end = text.find(|letter: char| !letter.is_ascii_digit());
        let (digits, unit) = end
            .and_then(|end| text.split_at_checked(end))
            .ok_or(NotAByteSize)?;
        let unit = unit.strip_prefix(' ').unwrap_or(unit);
        // `k` is the only unit with two spellings in use.
        let unit = if unit == "kB" { "KB" } else { unit };
        let (_, bytes) = UNITS
            .iter()
            .find(|(name, _)| *name == unit)
            .ok_or(NotAByteSize)?;
        let count: u64 = digits.parse().map_err(|_| NotAByteSize)?;
        count.checked_mul(*bytes).map(Self).ok_or(NotAByteSize)
    }
}

impl FromValue for ByteSize {
    const EXPECTED: &'static str = "a size with its unit, like 512B, 64KiB or 10MB";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .and_then(|text| text.parse().ok())
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        self.to_string().into()
    }
}

/// The text is no size in bytes, or one of more than 64 bits.
///
/// ```
/// use api_utils::config::ByteSize;
/// assert!("lots".parse::<ByteSize>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("is not a size with its unit, like 512B, 64KiB or 10MB")]
pub struct NotAByteSize;
