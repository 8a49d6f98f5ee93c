//! The keys that tokens are verified with, and which of them a header asks for.

use super::header::Header;
use super::hmac::HmacKey;
use super::seen::SeenHeaders;
use super::tag::Tag;
use super::{Algorithm, AuthError, Reason};

/// How many keys are tried for one token at most.
pub(super) const MAX_CANDIDATES: usize = 4;

const SELF_TEST: &[u8] = b"self-test";

/// A key, of one algorithm, with the `kid` it is known by.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) kid: Option<Box<str>>,
    pub(super) material: HmacKey,
}

impl Key {
    /// An HMAC key that is long and varied enough.
    pub(super) fn hmac(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, AuthError> {
        if !algorithm.is_hmac() {
            return Err(AuthError::NotHmac { algorithm });
        }
        if bytes.len() < algorithm.hash_bytes() {
            return Err(AuthError::KeyTooShort { algorithm });
        }
        if different_bytes(bytes) < 8 {
            return Err(AuthError::KeyTooUniform { algorithm });
        }
        let material = HmacKey::new(algorithm, bytes).ok_or(AuthError::NotHmac { algorithm })?;
        Ok(Self {
            kid: None,
            material,
        })
    }

    fn could_have_signed(&self, header: &Header<'_>) -> bool {
        self.material.algorithm() == header.algorithm
            && match (&self.kid, &header.kid) {
                (Some(own), Some(asked)) => **own == **asked,
                (Some(_), None) => false,
                (None, _) => true,
            }
    }

    fn passes_self_test(&self) -> bool {
        let mac = self.material.sign(SELF_TEST);
        self.material.verify(SELF_TEST, mac.as_bytes())
            && !self.material.verify(b"self-tesu", mac.as_bytes())
    }
}

fn different_bytes(bytes: &[u8]) -> usize {
    let mut sorted = bytes.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let count = sorted.len();
    zeroize::Zeroize::zeroize(&mut sorted);
    count
}

/// Indices of the keys that could have signed a token, at most four.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Candidates {
    indices: [usize; MAX_CANDIDATES],
    count: usize,
}

/// All keys of an `Auth` at one time.
#[derive(Debug)]
pub(super) struct KeyRing {
    keys: Box<[Key]>,
    pub(super) seen: SeenHeaders,
    pub(super) tag: Tag,
}

impl KeyRing {
    pub(super) fn new(keys: Vec<Key>) -> Result<Self, AuthError> {
        if keys.is_empty() {
            return Err(AuthError::NoKey);
        }
        for key in &keys {
            let algorithm = key.material.algorithm();
            let rivals = keys.iter().filter(|other| {
                other.material.algorithm() == algorithm
                    && (other.kid.is_none() || other.kid == key.kid)
            });
            if rivals.count() > MAX_CANDIDATES {
                return Err(AuthError::TooManyKeys { algorithm });
            }
            if !key.passes_self_test() {
                return Err(AuthError::SelfTest);
            }
        }
        Ok(Self {
            keys: keys.into_boxed_slice(),
            seen: SeenHeaders::default(),
            tag: Tag::unique(),
        })
    }

    /// The keys that could have signed a token with this header.
    pub(super) fn candidates(&self, header: &Header<'_>) -> Result<Candidates, Reason> {
        let mut found = Candidates::default();
        let indices = self
            .keys
            .iter()
            .enumerate()
            .filter(|(_, key)| key.could_have_signed(header))
            .map(|(index, _)| index);
        for (slot, index) in found.indices.iter_mut().zip(indices) {
            *slot = index;
            found.count = found.count.saturating_add(1);
        }
        if found.count > 0 {
            Ok(found)
        } else if self.accepts(header.algorithm) {
            Err(Reason::KeyUnknown)
        } else {
            Err(Reason::AlgorithmRefused)
        }
    }

    pub(super) fn get(&self, candidates: Candidates) -> impl Iterator<Item = &Key> {
        candidates
            .indices
            .into_iter()
            .take(candidates.count)
            .filter_map(|index| self.keys.get(index))
    }

    /// The first HMAC key: what is minted from an `Auth` is signed with it.
    pub(super) fn signing_key(&self) -> Option<&Key> {
        self.keys.first()
    }

    fn accepts(&self, algorithm: Algorithm) -> bool {
        self.keys
            .iter()
            .any(|key| key.material.algorithm() == algorithm)
    }
}
