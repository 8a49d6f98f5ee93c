//! The types that a setting can have. Text is parsed by the field's type, never guessed: the
//! password `0012345` stays as it is written.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;

use super::content::Content;
use super::items::ItemValue;
use super::value::{FromValue, Refusal, Value};

impl FromValue for String {
    const EXPECTED: &'static str = "text";
    const TEXT: bool = true;
    const __PLAIN: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .map(str::to_owned)
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        self.as_str().into()
    }

    fn __from_text(text: &mut String) -> Option<Self> {
        Some(std::mem::take(text))
    }

    fn __text(&self) -> Option<&str> {
        Some(self)
    }

    fn __show_from(&self, content: Content) -> ItemValue {
        match content {
            Content::Text(mut text) => std::mem::take(&mut *text).into(),
            _ => self.show(),
        }
    }
}

/// Made in one piece of the exact size, so that no copy stays in freed memory.
impl FromValue for SecretString {
    const EXPECTED: &'static str = "text";
    const SECRET: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .map(Self::from)
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        ItemValue::secret()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const SECRET: bool = T::SECRET;
    const OPTIONAL: bool = true;
    const TEXT: bool = T::TEXT;
    const STRENGTH_BY_SECTION: bool = T::STRENGTH_BY_SECTION;
    const __PLAIN: bool = T::__PLAIN;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        T::from_value(value).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn show(&self) -> ItemValue {
        self.as_ref().map_or(ItemValue::Null, T::show)
    }

    fn __from_text(text: &mut String) -> Option<Self> {
        T::__from_text(text).map(Some)
    }

    fn __text(&self) -> Option<&str> {
        self.as_ref().and_then(T::__text)
    }

    fn __show_from(&self, content: Content) -> ItemValue {
        self.as_ref()
            .map_or(ItemValue::Null, |value| value.__show_from(content))
    }
}

/// Exactly `true` or `false`: what else might mean "on" is not for a program to guess.
impl FromValue for bool {
    const EXPECTED: &'static str = "`true` or `false`";
    const __PLAIN: bool = true;

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        match value.content() {
            Content::Bool(value) => Ok(*value),
            Content::Text(text) => truth(text).ok_or_else(Refusal::unexpected),
            _ => Err(Refusal::unexpected()),
        }
    }

    fn __from_text(text: &mut String) -> Option<Self> {
        truth(text)
    }

    fn show(&self) -> ItemValue {
        ItemValue::Bool(*self)
    }
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

impl FromValue for char {
    const EXPECTED: &'static str = "a single character";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        parse(value)
    }

    fn show(&self) -> ItemValue {
        self.to_string().into()
    }
}

impl FromValue for PathBuf {
    const EXPECTED: &'static str = "a path";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        value
            .as_text()
            .map(Self::from)
            .ok_or_else(Refusal::unexpected)
    }

    fn show(&self) -> ItemValue {
        self.display().to_string().into()
    }
}

macro_rules! integers {
    ($($type:ty: $expected:literal;)*) => {$(
        impl FromValue for $type {
            const EXPECTED: &'static str = $expected;
            const __PLAIN: bool = true;

            fn from_value(value: &Value) -> Result<Self, Refusal> {
                match value.content() {
                    Content::Integer(number) => {
                        Self::try_from(*number).map_err(|_| Refusal::unexpected())
                    }
                    Content::Text(text) => whole_number(text).ok_or_else(Refusal::unexpected),
                    _ => Err(Refusal::unexpected()),
                }
            }

            fn __from_text(text: &mut String) -> Option<Self> {
                whole_number(text)
            }

            fn show(&self) -> ItemValue {
                ItemValue::integer(*self)
            }
        }
    )*};
}

integers! {
    u8: "a whole number from 0 to 255";
    u16: "a whole number from 0 to 65535";
    u32: "a whole number from 0 to 4294967295";
    u64: "a whole number from 0 on, of 64 bits";
    usize: "a whole number from 0 on";
    i8: "a whole number from -128 to 127";
    i16: "a whole number from -32768 to 32767";
    i32: "a whole number from -2147483648 to 2147483647";
    i64: "a whole number of 64 bits";
    isize: "a whole number";
}

fn whole_number<T: FromStr>(text: &str) -> Option<T> {
    if is_whole_number(text) {
        text.parse().ok()
    } else {
        None
    }
}

/// `0`, `17`, `-4`: no plus, no leading zero (is `010` ten or eight?), no space, no separator.
fn is_whole_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && text != "-0"
}

macro_rules! floats {
    ($($type:ty)*) => {$(
        impl FromValue for $type {
            const EXPECTED: &'static str = "a number, like 0.5";
            const __PLAIN: bool = true;

            fn from_value(value: &Value) -> Result<Self, Refusal> {
                let number: Option<Self> = match value.content() {
                    // By way of the shortest text: `as` would round without a word.
                    Content::Float(number) => number.to_string().parse().ok(),
                    Content::Integer(number) => number.to_string().parse().ok(),
                    Content::Text(text) => number(text),
                    _ => None,
                };
                // Neither infinite nor "not a number", nor too large to be written down.
                let number = number.filter(|number| number.is_finite());
                number.ok_or_else(Refusal::unexpected)
            }

            fn __from_text(text: &mut String) -> Option<Self> {
                number(text).filter(|number: &Self| number.is_finite())
            }

            fn show(&self) -> ItemValue {
                ItemValue::Float(f64::from(*self))
            }
        }
    )*};
}

floats! { f32 f64 }

fn number<T: FromStr>(text: &str) -> Option<T> {
    if is_number(text) {
        text.parse().ok()
    } else {
        None
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-+.eE".contains(&byte))
}

macro_rules! addresses {
    ($($type:ty: $expected:literal;)*) => {$(
        impl FromValue for $type {
            const EXPECTED: &'static str = $expected;

            fn from_value(value: &Value) -> Result<Self, Refusal> {
                parse(value)
            }

            fn show(&self) -> ItemValue {
                self.to_string().into()
            }
        }
    )*};
}

addresses! {
    SocketAddr: "an IP address with a port, like 127.0.0.1:8080 or [::1]:8080";
    SocketAddrV4: "an IPv4 address with a port, like 127.0.0.1:8080";
    SocketAddrV6: "an IPv6 address with a port, like [::1]:8080";
    IpAddr: "an IP address, like 127.0.0.1 or ::1";
    Ipv4Addr: "an IPv4 address, like 127.0.0.1";
    Ipv6Addr: "an IPv6 address, like ::1";
}

/// By the type's own `FromStr`, whose error's text is dropped: `EXPECTED` says it better.
fn parse<T: FromStr>(value: &Value) -> Result<T, Refusal> {
    value
        .as_text()
        .and_then(|text| text.parse().ok())
        .ok_or_else(Refusal::unexpected)
}
