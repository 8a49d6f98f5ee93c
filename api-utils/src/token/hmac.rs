//! HMAC keys (RFC 2104, RFC 7518 section 3.2) with the key's two blocks hashed once.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Sha256, Sha384, Sha512};

use super::Algorithm;

/// The longest MAC, that of HS512.
const MAX_MAC_BYTES: usize = 64;

/// An HMAC key, ready: a signature clones the state that the key has made, and goes on from there.
#[derive(Clone)]
pub(super) enum HmacKey {
    Hs256(Hmac<Sha256>),
    Hs384(Hmac<Sha384>),
    Hs512(Hmac<Sha512>),
}

/// The authentication code of a message.
pub(super) struct MacBytes {
    bytes: [u8; MAX_MAC_BYTES],
    length: usize,
}

impl MacBytes {
    fn of(mac: &[u8]) -> Self {
        let mut bytes = [0; MAX_MAC_BYTES];
        for (to, from) in bytes.iter_mut().zip(mac) {
            *to = *from;
        }
        Self {
            bytes,
            length: mac.len(),
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}

impl HmacKey {
    /// `None` where the algorithm is not HMAC.
    pub(super) fn new(algorithm: Algorithm, key: &[u8]) -> Option<Self> {
        match algorithm {
            Algorithm::Hs256 => Hmac::new_from_slice(key).ok().map(Self::Hs256),
            Algorithm::Hs384 => Hmac::new_from_slice(key).ok().map(Self::Hs384),
            Algorithm::Hs512 => Hmac::new_from_slice(key).ok().map(Self::Hs512),
            _ => None,
        }
    }

    pub(super) const fn algorithm(&self) -> Algorithm {
        match self {
            Self::Hs256(_) => Algorithm::Hs256,
            Self::Hs384(_) => Algorithm::Hs384,
            Self::Hs512(_) => Algorithm::Hs512,
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> MacBytes {
        match self {
            Self::Hs256(state) => {
                MacBytes::of(&state.clone().chain_update(message).finalize().into_bytes())
            }
            Self::Hs384(state) => {
                MacBytes::of(&state.clone().chain_update(message).finalize().into_bytes())
            }
            Self::Hs512(state) => {
                MacBytes::of(&state.clone().chain_update(message).finalize().into_bytes())
            }
        }
    }

    /// Whether `signature` is the whole MAC of `message`, in a time that does not depend on where
    /// they differ.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Hs256(state) => state.clone().chain_update(message).verify_slice(signature),
            Self::Hs384(state) => state.clone().chain_update(message).verify_slice(signature),
            Self::Hs512(state) => state.clone().chain_update(message).verify_slice(signature),
        }
        .is_ok()
    }
}

impl fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HmacKey({})", self.algorithm())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    /// RFC 4231, test case 2 (keyed "Jefe") and test case 6 (a key longer than a block).
    #[test]
    fn the_vectors_of_rfc_4231() {
        let cases = [
            (
                Algorithm::Hs256,
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                Algorithm::Hs384,
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e\
                 8e2240ca5e69e2c78b3239ecfab21649",
            ),
            (
                Algorithm::Hs512,
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
                 9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
            ),
            (
                Algorithm::Hs256,
                vec![0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (algorithm, key, message, mac) in cases {
            let key = HmacKey::new(algorithm, &key).unwrap();
            let mac = hex(mac);
            assert_eq!(key.sign(message.as_bytes()).as_bytes(), mac);
            assert!(key.verify(message.as_bytes(), &mac));
            // The key's state is as it was: the next message is not appended to the last.
            assert!(key.verify(message.as_bytes(), &mac));
            assert!(!key.verify(message.as_bytes(), mac.get(..mac.len() - 1).unwrap()));
            assert!(!key.verify(message.as_bytes(), &[]));
            for at in 0..mac.len() {
                let mut wrong = mac.clone();
                wrong[at] ^= 1;
                assert!(!key.verify(message.as_bytes(), &wrong));
            }
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let key = HmacKey::new(Algorithm::Hs256, b"canary").unwrap();
        assert_eq!(format!("{key:?}"), "HmacKey(HS256)");
        assert!(HmacKey::new(Algorithm::Rs256, b"key").is_none());
    }
}
