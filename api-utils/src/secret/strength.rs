//! What a signing secret must not be. Strength itself cannot be measured on one sample: these
//! rules refuse what is certainly weak, and the remedy in the report makes a strong one.

use super::{key_file, known};

/// The fewest different bytes of a key. Of 20,000 random keys of 16 bytes written in hex, none
/// had fewer than nine, so a random key is never refused.
const LEAST_DIFFERENT_BYTES: usize = 8;

/// Why a secret is no good. No variant repeats any of it, not even its length.
///
/// ```
/// use api_utils::secret::Weakness;
///
/// let said = Weakness::Short { least: 32 }.to_string();
/// assert_eq!(said, "is shorter than 32 bytes");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Weakness {
    /// There is no byte in it.
    #[error("is empty")]
    Empty,
    /// There is nothing but white space in it.
    #[error("is blank")]
    Blank,
    /// White space at its start or end: nearly always a mistake of a shell or an editor, and one
    /// that another service, reading the same secret, may not make.
    #[error("has white space at its start or end")]
    WhiteSpaceAtEnd,
    /// What stands for a secret where one is shown: a dump that was fed back.
    #[error("is the mask that stands for a secret, not the secret")]
    Mask,
    /// A text that something was meant to replace.
    #[error("is a placeholder that was never replaced")]
    Placeholder,
    /// A secret from well-known documentation, known to everybody.
    #[error("is a published sample that everybody can look up")]
    Published,
    /// A PEM, SSH key or JSON Web Key: a public one is known to all, and a private one is not for
    /// HMAC.
    #[error("is a key file (PEM, SSH or JSON Web Key), not a secret for HMAC")]
    KeyFile,
    /// A zero byte in a text: HMAC pads keys with them, so keys that differ only there are the same.
    #[error("has a zero byte in it")]
    ZeroByte,
    /// A line break in a text: what is written in two lines is read as one of them here and there.
    #[error("has a line break in it")]
    LineBreak,
    /// Fewer bytes than the hash of the algorithm (RFC 7518 section 3.2).
    #[error("is shorter than {least} bytes")]
    Short {
        /// The fewest bytes that would do.
        least: usize,
    },
    /// Too few different bytes, like one character repeated.
    #[error("has fewer than 8 different bytes")]
    Repetitive,
    /// Words to remember (RFC 8725 section 3.5: these must not be used as keys).
    #[error("is a phrase of words, not random")]
    Phrase,
}

/// Refuses a secret by its text: the rules that hold whatever its bytes are used for.
pub(crate) fn text(secret: &str) -> Result<(), Weakness> {
    if secret.is_empty() {
        return Err(Weakness::Empty);
    }
    let trimmed = secret.trim();
    if trimmed.is_empty() {
        return Err(Weakness::Blank);
    }
    if key_file::is_text(trimmed) {
        return Err(Weakness::KeyFile);
    }
    if trimmed.len() != secret.len() {
        return Err(Weakness::WhiteSpaceAtEnd);
    }
    if known::is_mask(secret) {
        return Err(Weakness::Mask);
    }
    if known::is_published(secret) {
        return Err(Weakness::Published);
    }
    if known::is_placeholder(secret) {
        return Err(Weakness::Placeholder);
    }
    Ok(())
}

/// Refuses a key by its bytes, of which at least `least` are needed.
pub(crate) fn key(bytes: &[u8], least: usize) -> Result<(), Weakness> {
    if bytes.len() < least {
        return Err(Weakness::Short { least });
    }
    if is_repetitive(bytes) {
        return Err(Weakness::Repetitive);
    }
    Ok(())
}

/// Both, for a secret whose text is its key.
pub(crate) fn text_as_key(secret: &str, least: usize) -> Result<(), Weakness> {
    text(secret)?;
    // A text has none by chance; an eighth of all random keys has one.
    if secret.contains('\0') {
        return Err(Weakness::ZeroByte);
    }
    if secret.contains(['\n', '\r']) {
        return Err(Weakness::LineBreak);
    }
    key(secret.as_bytes(), least)?;
    if known::is_phrase(secret) {
        return Err(Weakness::Phrase);
    }
    Ok(())
}

/// Both, for a secret whose text is its key in base64: what the key says is no good either.
pub(crate) fn decoded(bytes: &[u8], least: usize) -> Result<(), Weakness> {
    if key_file::is_key(bytes) {
        return Err(Weakness::KeyFile);
    }
    if known::is_published_key(bytes) {
        return Err(Weakness::Published);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        if known::is_placeholder(text) {
            return Err(Weakness::Placeholder);
        }
        if known::is_phrase(text) {
            return Err(Weakness::Phrase);
        }
    }
    key(bytes, least)
}

impl Weakness {
    /// What mends a secret that may be a good one.
    pub(crate) const fn remedy(self) -> Option<&'static str> {
        match self {
            Self::WhiteSpaceAtEnd => Some("take the white space away"),
            Self::LineBreak => Some("write it in one line"),
            Self::Mask => Some("set the secret itself"),
            Self::KeyFile => Some(
                "make a random one: openssl rand -hex 64; the public keys of an identity provider \
                 are for a `JwtKeysConfig`",
            ),
            _ => None,
        }
    }
}

/// The way to a good secret of at least `least` bytes, for the remedy of a problem. Each of them is
/// one line, and long enough as text and as base64.
pub(crate) fn remedy(least: usize) -> &'static str {
    match least {
        0..=32 => "make a random one: openssl rand -base64 32",
        33..=48 => "make a random one: openssl rand -base64 48",
        _ => "make a random one: openssl rand -hex 64",
    }
}

/// Whether it has too few different bytes to be random.
pub(crate) fn is_repetitive(bytes: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in bytes {
        if let Some(slot) = seen.get_mut(usize::from(*byte)) {
            *slot = true;
        }
    }
    seen.iter().filter(|slot| **slot).count() < LEAST_DIFFERENT_BYTES
}

#[cfg(test)]
mod tests {
    use super::{Weakness, key, text, text_as_key};

    const GOOD: &str = "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa-TEST-ONLY";

    #[test]
    fn texts() {
        use Weakness::*;
        for (secret, expected) in [
            (GOOD, Ok(())),
            ("", Err(Empty)),
            (" \n\t", Err(Blank)),
            ("\u{a0}\u{3000}", Err(Blank)),
            (" k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa", Err(WhiteSpaceAtEnd)),
            ("k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa\n", Err(WhiteSpaceAtEnd)),
            ("${JWT_SECRET}", Err(Placeholder)),
            (
                "{{ .Values.jwtSecret }}-and-more-text-behind",
                Err(Placeholder),
            ),
            ("$(openssl rand -base64 32)", Err(Placeholder)),
            ("dev-secret-change-me", Err(Placeholder)),
            ("CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME", Err(Placeholder)),
            (
                "<your-very-long-secret-goes-in-here-please>",
                Err(Placeholder),
            ),
            ("a-string-secret-at-least-256-bits-long", Err(Published)),
            ("-----BEGIN PUBLIC KEY-----\nMII=\n", Err(KeyFile)),
            ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@host", Err(KeyFile)),
            (r#"{"kty":"EC","crv":"P-256"}"#, Err(KeyFile)),
        ] {
            assert_eq!(text(secret), expected, "{secret:?}");
        }
    }

    #[test]
    fn keys() {
        assert_eq!(key(&GOOD.as_bytes()[..32], 32), Ok(()));
        assert_eq!(
            key(&GOOD.as_bytes()[..31], 32),
            Err(Weakness::Short { least: 32 })
        );
        assert_eq!(key(GOOD.as_bytes(), 48), Err(Weakness::Short { least: 48 }));
        assert_eq!(
            key("secret".repeat(8).as_bytes(), 32),
            Err(Weakness::Repetitive)
        );
        assert_eq!(
            text_as_key(&format!("{GOOD}\0x"), 32),
            Err(Weakness::ZeroByte)
        );
        assert_eq!(
            text_as_key(&format!("{GOOD}\n{GOOD}"), 32),
            Err(Weakness::LineBreak)
        );
        assert_eq!(
            text_as_key("correct horse battery staple correct horse", 32),
            Err(Weakness::Phrase)
        );
    }
}
