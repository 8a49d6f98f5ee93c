//! The compact serialization: a size cap, then exactly three segments (RFC 7515 section 7.1).

use super::Reason;

/// The longest token that is looked at, in bytes.
pub(super) const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The three segments, and what the signature is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Compact<'t> {
    pub(super) header: &'t [u8],
    pub(super) payload: &'t [u8],
    pub(super) signature: &'t [u8],
    /// `header.payload`, as sent.
    pub(super) signed: &'t [u8],
}

/// Cuts a token at its first and its last dot. Fewer are no JWS, and more are none either: a
/// dot is left in the payload then, which is [not base64url](Compact::is_of_three).
pub(super) fn split(token: &[u8]) -> Result<Compact<'_>, Reason> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(Reason::TokenTooLarge);
    }
    let (signed, signature) = around(token, last_dot(token)).ok_or(Reason::MalformedToken)?;
    let (header, payload) = around(signed, first_dot(signed)).ok_or(Reason::MalformedToken)?;
    if header.is_empty() {
        return Err(Reason::MalformedToken);
    }
    Ok(Compact {
        header,
        payload,
        signature,
        signed,
    })
}

impl Compact<'_> {
    /// Whether there was no dot but two. Asked of refused tokens only, to say what is wrong with
    /// them.
    pub(super) fn is_of_three(&self) -> bool {
        !self.payload.contains(&b'.')
    }
}

/// What is before and behind one byte.
fn around(text: &[u8], at: Option<usize>) -> Option<(&[u8], &[u8])> {
    let (before, from) = text.split_at_checked(at?)?;
    Some((before, from.get(1..)?))
}

fn first_dot(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    while let Some((eight, behind)) = rest.split_first_chunk() {
        let dots = dots(*eight);
        if dots != 0 {
            let passed = text.len().saturating_sub(rest.len());
            return Some(passed.saturating_add(bytes(dots.trailing_zeros())));
        }
        rest = behind;
    }
    let passed = text.len().saturating_sub(rest.len());
    let at = rest.iter().position(|byte| *byte == b'.')?;
    Some(passed.saturating_add(at))
}

fn last_dot(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    while let Some((before, eight)) = rest.split_last_chunk() {
        let dots = dots(*eight);
        if dots != 0 {
            return rest
                .len()
                .checked_sub(bytes(dots.leading_zeros()).saturating_add(1));
        }
        rest = before;
    }
    rest.iter().rposition(|byte| *byte == b'.')
}

/// The highest bit of each byte that is a dot, the first byte lowest.
fn dots(eight: [u8; 8]) -> u64 {
    const LOWS: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const DOTS: u64 = u64::from_le_bytes([b'.'; 8]);
    let zero_is_dot = u64::from_le_bytes(eight) ^ DOTS;
    !((zero_is_dot & LOWS).wrapping_add(LOWS) | zero_is_dot | LOWS)
}

fn bytes(bits: u32) -> usize {
    usize::try_from(bits >> 3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_segments_and_no_other_number() {
        let compact = split(b"a.b.c").unwrap();
        assert_eq!(
            (
                compact.header,
                compact.payload,
                compact.signature,
                compact.signed
            ),
            (&b"a"[..], &b"b"[..], &b"c"[..], &b"a.b"[..])
        );
        assert!(compact.is_of_three());
        for bad in ["", "a", "a.b", ".b.c", ".", ".."] {
            assert_eq!(
                split(bad.as_bytes()),
                Err(Reason::MalformedToken),
                "{bad:?}"
            );
        }
        for more in ["a.b.c.d", "a.b.c.", "a..b.c", "a..c.d.e", "a..."] {
            assert!(!split(more.as_bytes()).unwrap().is_of_three(), "{more:?}");
        }
        // An empty payload or signature is refused by what reads it.
        assert!(split(b"a..").is_ok());
    }

    #[test]
    fn a_dot_is_found_wherever_it_is() {
        // Beside it stand the bytes that differ from it in one bit, among others.
        let beside = [b'/', b',', b'*', b'n', 0xae, 0xff, 0x00, b'-'];
        for length in 0..40 {
            let text: Vec<u8> = beside.into_iter().cycle().take(length).collect();
            assert_eq!((first_dot(&text), last_dot(&text)), (None, None));
            for first in 0..length {
                for last in first..length {
                    let mut text = text.clone();
                    text[first] = b'.';
                    text[last] = b'.';
                    let found = (first_dot(&text), last_dot(&text));
                    assert_eq!(found, (Some(first), Some(last)), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn the_cap_is_inclusive() {
        let longest = format!("a.b.{}", "c".repeat(MAX_TOKEN_BYTES - 4));
        assert!(split(longest.as_bytes()).is_ok());
        let longer = format!("{longest}c");
        assert_eq!(split(longer.as_bytes()), Err(Reason::TokenTooLarge));
    }
}
