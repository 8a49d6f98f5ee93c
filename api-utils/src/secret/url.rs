//! A URL that is a secret as a whole.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A URL with a password in it, or a token: `postgres://app:…@db/orders`. It is never shown, not in
/// part either: what is a secret in a URL (user, query, path) only its server knows.
///
/// ```
/// use api_utils::{ExposeSecret, SecretUrl};
///
/// let url: SecretUrl = "postgres://app:hunter2@db/orders".parse()?;
/// assert_eq!(format!("{url:?}"), "SecretUrl([REDACTED])");
/// assert_eq!(url.expose_secret(), "postgres://app:hunter2@db/orders");
/// assert!("db/orders".parse::<SecretUrl>().is_err());
/// # Ok::<(), api_utils::secret::NotAUrl>(())
/// ```
#[derive(Clone)]
pub struct SecretUrl(SecretString);

impl ExposeSecret<str> for SecretUrl {
    fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretUrl([REDACTED])")
    }
}

impl std::str::FromStr for SecretUrl {
    type Err = NotAUrl;

    fn from_str(text: &str) -> Result<Self, NotAUrl> {
        if is_url(text) {
            Ok(Self(SecretString::from(text)))
        } else {
            Err(NotAUrl)
        }
    }
}

/// A scheme, `://` and a host (RFC 3986 section 3). Only looked at: a parser would make copies of
/// the secret that nobody wipes.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(of_scheme)
        && !host.is_empty()
        && !host.starts_with(':')
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// The text is no URL. It is not repeated.
///
/// ```
/// use api_utils::SecretUrl;
///
/// let said = "hunter2".parse::<SecretUrl>().err().map(|error| error.to_string());
/// assert_eq!(said.as_deref(), Some("is not a URL with a scheme and a host"));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("is not a URL with a scheme and a host")]
pub struct NotAUrl;

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn urls() {
        for good in [
            "postgres://a:b@c/d",
            "redis://:p@h:1",
            "amqps://h",
            "a+b://[::1]/",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "",
            "x",
            "://h",
            "1://h",
            "http://",
            "http:///x",
            "http://a:b@",
            "http://:1",
            "http://a b",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
