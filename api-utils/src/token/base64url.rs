//! base64url without padding, strictly: no other alphabet, no padding, no white space, no bits
//! left over in the last character (RFC 4648 section 3.5, RFC 7515 section 2).

use base64::Engine as _;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod engine {
    use std::sync::LazyLock;

    use base64::engine::Simd;
    use base64::engine::general_purpose::NO_PAD;

    /// Vector instructions where the processor has them: it halves the time of a payload.
    pub(super) static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::url_safe(NO_PAD));
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
mod engine {
    pub(super) use base64::engine::general_purpose::URL_SAFE_NO_PAD as ENGINE;
}

use engine::ENGINE;

pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    // Not `decode`: it asks for zeroed memory, which the allocator of glibc keeps none ready of.
    let mut bytes = Vec::with_capacity(base64::decoded_len_estimate(text.len()));
    ENGINE.decode_vec(text, &mut bytes).ok()?;
    Some(bytes)
}

/// Decodes into the front of `buffer`.
pub(super) fn decode_into<'b>(text: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let length = ENGINE.decode_slice(text, buffer).ok()?;
    buffer.get(..length)
}

pub(super) fn encode(bytes: &[u8], onto: &mut String) {
    ENGINE.encode_string(bytes, onto);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_spelling_decodes() {
        assert_eq!(decode(b"_-8A").unwrap(), [0xff, 0xef, 0x00]);
        assert_eq!(decode(b"_w").unwrap(), [0xff]);
        assert!(decode(b"").unwrap().is_empty());
        for bad in [
            "_", "_x", "_w==", "_w=", "/w", "+w", "_w\n", " _w", "_-8B_", "_w_w_é",
        ] {
            assert_eq!(decode(bad.as_bytes()), None, "{bad:?}");
        }
    }
}
