//! base64 in either alphabet of RFC 4648, with padding or without.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT};
use zeroize::Zeroizing;

pub(crate) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let engine = if text.contains(['-', '_']) {
        &URL_SAFE_PAD_INDIFFERENT
    } else {
        &STANDARD_PAD_INDIFFERENT
    };
    // Larger than the result, so that it never grows and leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len().saturating_add(4)));
    engine.decode_vec(text, &mut bytes).ok()?;
    Some(bytes)
}
