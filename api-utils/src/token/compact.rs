//! The compact serialization: a size cap, then exactly three segments (RFC 7515 section 7.1).

use super::Reason;

/// The longest token that is looked at, in bytes.
pub(super) const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The three segments, and what the signature is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Compact<'t> {
    pub(super) header: &'t str,
    pub(super) payload: &'t str,
    pub(super) signature: &'t str,
    /// `header.payload`, as sent.
    pub(super) signed: &'t str,
}

/// Cuts a token at its two dots; a third one, or one fewer, is no JWS.
pub(super) fn split(token: &str) -> Result<Compact<'_>, Reason> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(Reason::TokenTooLarge);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Reason::MalformedToken)?;
    let (header, payload) = signed.split_once('.').ok_or(Reason::MalformedToken)?;
    if header.is_empty() || payload.contains('.') {
        return Err(Reason::MalformedToken);
    }
    Ok(Compact {
        header,
        payload,
        signature,
        signed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_segments_and_no_other_number() {
        let compact = split("a.b.c").unwrap();
        assert_eq!(
            (
                compact.header,
                compact.payload,
                compact.signature,
                compact.signed
            ),
            ("a", "b", "c", "a.b")
        );
        for bad in [
            "", "a", "a.b", ".b.c", "a.b.c.d", "a.b.c.", ".", "..", "a..b.c",
        ] {
            assert_eq!(split(bad), Err(Reason::MalformedToken), "{bad:?}");
        }
        // An empty payload or signature is refused by what reads it.
        assert!(split("a..").is_ok());
    }

    #[test]
    fn the_cap_is_inclusive() {
        let longest = format!("a.b.{}", "c".repeat(MAX_TOKEN_BYTES - 4));
        assert!(split(&longest).is_ok());
        assert_eq!(split(&format!("{longest}c")), Err(Reason::TokenTooLarge));
    }
}
