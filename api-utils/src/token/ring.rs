//! All keys of an `Auth` at one time, and which of them a header asks for.

use std::collections::HashMap;

use super::cache::{CacheLimits, VerifiedCache};
use super::header::Header;
use super::key::Key;
use super::seen::SeenHeaders;
use super::tag::Tag;
use super::{Algorithm, AuthError, Reason};

/// How many keys are tried for one token at most.
pub(super) const MAX_CANDIDATES: usize = 4;

/// Indices of the keys that could have signed a token, at most four.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Candidates {
    indices: [usize; MAX_CANDIDATES],
    count: usize,
}

impl Candidates {
    /// Adds one; `false` where there is no room.
    fn push(&mut self, index: usize) -> bool {
        let Some(slot) = self.indices.get_mut(self.count) else {
            return false;
        };
        *slot = index;
        self.count = self.count.saturating_add(1);
        true
    }

    fn indices(self) -> impl Iterator<Item = usize> {
        self.indices.into_iter().take(self.count)
    }
}

/// The keys, found by algorithm and `kid` at a cost that does not depend on their number.
#[derive(Debug)]
pub(super) struct KeyRing {
    keys: Box<[Key]>,
    /// Keys with a `kid`, with those of their algorithm that have none.
    named: HashMap<Box<str>, Vec<(Algorithm, Candidates)>>,
    /// Keys without.
    nameless: Vec<(Algorithm, Candidates)>,
    algorithms: Vec<Algorithm>,
    pub(super) seen: SeenHeaders,
    pub(super) cache: Option<VerifiedCache>,
    pub(super) tag: Tag,
}

impl KeyRing {
    pub(super) fn new(keys: Vec<Key>, cache: Option<CacheLimits>) -> Result<Self, AuthError> {
        if keys.is_empty() {
            return Err(AuthError::NoKey);
        }
        let mut ring = Self {
            keys: keys.into_boxed_slice(),
            named: HashMap::new(),
            nameless: Vec::new(),
            algorithms: Vec::new(),
            seen: SeenHeaders::default(),
            cache: cache.map(VerifiedCache::new),
            tag: Tag::unique(),
        };
        ring.index()?;
        Ok(ring)
    }

    fn index(&mut self) -> Result<(), AuthError> {
        for (index, key) in self.keys.iter().enumerate() {
            if !key.passes_self_test() {
                return Err(AuthError::SelfTest);
            }
            if !self.algorithms.contains(&key.algorithm()) {
                self.algorithms.push(key.algorithm());
            }
            if key.kid.is_none() {
                add(&mut self.nameless, key.algorithm(), [index])?;
            }
        }
        for (index, key) in self.keys.iter().enumerate() {
            if let Some(kid) = &key.kid {
                let own = self.named.entry(kid.clone()).or_default();
                add(own, key.algorithm(), [index])?;
            }
        }
        for own in self.named.values_mut() {
            for (algorithm, candidates) in &self.nameless {
                if of(own, *algorithm).is_some() {
                    add(own, *algorithm, candidates.indices())?;
                }
            }
        }
        Ok(())
    }

    /// The keys that could have signed a token with this header: those with its `kid`, then those
    /// without any.
    pub(super) fn candidates(&self, header: &Header<'_>) -> Result<Candidates, Reason> {
        let algorithm = header.algorithm;
        let named = header.kid.as_deref().and_then(|kid| self.named.get(kid));
        named
            .and_then(|own| of(own, algorithm))
            .or_else(|| of(&self.nameless, algorithm))
            .ok_or_else(|| {
                if self.algorithms.contains(&algorithm) {
                    Reason::KeyUnknown
                } else {
                    Reason::AlgorithmRefused
                }
            })
    }

    pub(super) fn get(&self, candidates: Candidates) -> impl Iterator<Item = &Key> {
        candidates
            .indices()
            .filter_map(|index| self.keys.get(index))
    }

    /// The first shared secret: what is minted from an `Auth` is signed with it.
    pub(super) fn signing_key(&self) -> Option<&Key> {
        self.keys.iter().find(|key| key.secret().is_some())
    }
}

/// The keys of these algorithms; all of them where none is named.
pub(super) fn of_algorithms(
    mut keys: Vec<Key>,
    algorithms: Option<&[Algorithm]>,
) -> Result<Vec<Key>, AuthError> {
    let Some(algorithms) = algorithms else {
        return Ok(keys);
    };
    let before = keys.len();
    keys.retain(|key| {
        let algorithm = key.algorithm();
        let is_named = algorithms.contains(&algorithm);
        if !is_named {
            tracing::warn!(%algorithm, "a key is left out: its algorithm is not accepted here");
        }
        is_named
    });
    if keys.is_empty() && before > 0 {
        return Err(AuthError::NoKeyOfAlgorithms);
    }
    Ok(keys)
}

fn of(keys: &[(Algorithm, Candidates)], algorithm: Algorithm) -> Option<Candidates> {
    keys.iter()
        .find(|(own, _)| *own == algorithm)
        .map(|(_, candidates)| *candidates)
}

fn add(
    keys: &mut Vec<(Algorithm, Candidates)>,
    algorithm: Algorithm,
    indices: impl IntoIterator<Item = usize>,
) -> Result<(), AuthError> {
    if of(keys, algorithm).is_none() {
        keys.push((algorithm, Candidates::default()));
    }
    for index in indices {
        let full = keys
            .iter_mut()
            .find(|(own, _)| *own == algorithm)
            .is_none_or(|(_, candidates)| !candidates.push(index));
        if full {
            return Err(AuthError::TooManyKeys { algorithm });
        }
    }
    Ok(())
}
