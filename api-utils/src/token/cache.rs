//! Tokens whose signature held a moment ago, so that the same bytes need not be checked again.
//!
//! What is remembered says no more than: these bytes are signed by a key of this ring, and parse
//! to these claims. Times, issuer, audience and rules are judged at every use. A cache lives and
//! dies with its ring, so no key that is taken away outlives in it.

use std::hash::{BuildHasher as _, RandomState};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arc_swap::ArcSwapOption;

use super::verified::Verified;

/// In how many places a token may be; the oldest loses its place only to another valid token.
const WAYS: usize = 4;
/// How many characters of a token choose its place: the end of the signature, which differs between
/// any two tokens. It is the whole token that is compared.
const HASHED: usize = 16;
/// How many other places are emptied at most to make room for one token.
const EVICTIONS: usize = 8;

/// More than there are tokens in use at one time; a larger table would be an error of its own.
const MOST_ENTRIES: usize = 1 << 20;

/// How much a cache of verified tokens may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct CacheLimits {
    pub(super) entries: NonZero<usize>,
    pub(super) bytes: usize,
}

#[derive(Debug)]
pub(super) struct VerifiedCache {
    places: Box<[ArcSwapOption<Entry>]>,
    hasher: RandomState,
    bytes: AtomicUsize,
    most_bytes: usize,
    turn: AtomicUsize,
}

struct Entry {
    token: Box<[u8]>,
    verified: Arc<Verified>,
    bytes: usize,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry(..)")
    }
}

impl VerifiedCache {
    pub(super) fn new(limits: CacheLimits) -> Self {
        Self {
            places: (0..limits.entries.get().min(MOST_ENTRIES))
                .map(|_| ArcSwapOption::empty())
                .collect(),
            hasher: RandomState::new(),
            bytes: AtomicUsize::new(0),
            most_bytes: limits.bytes,
            turn: AtomicUsize::new(0),
        }
    }

    pub(super) fn get(&self, token: &[u8]) -> Option<Arc<Verified>> {
        self.places_of(token).find_map(|place| {
            let entry = place.load();
            let entry = entry.as_ref()?;
            (*entry.token == *token).then(|| Arc::clone(&entry.verified))
        })
    }

    /// Remembers a token. Its place may be another's, which is then forgotten; where the bytes do
    /// not suffice it is not remembered.
    pub(super) fn insert(&self, token: &[u8], verified: &Arc<Verified>) {
        let bytes = token
            .len()
            .saturating_add(verified.claims.bytes())
            .saturating_add(size_of::<Entry>())
            .saturating_add(size_of::<Verified>());
        if !self.make_room(bytes) {
            return;
        }
        let mut places = self.places_of(token);
        let free = places.find(|place| place.load().is_none());
        let place = free.or_else(|| {
            let turn = self.turn.fetch_add(1, Ordering::Relaxed);
            self.places_of(token).nth(turn.checked_rem(WAYS)?)
        });
        match place.or_else(|| self.places_of(token).next()) {
            Some(place) => self.free(place.swap(Some(Arc::new(Entry {
                token: token.into(),
                verified: Arc::clone(verified),
                bytes,
            })))),
            None => drop(self.bytes.fetch_sub(bytes, Ordering::Relaxed)),
        }
    }

    /// Takes so many bytes, emptying a few places where they are not left.
    fn make_room(&self, bytes: usize) -> bool {
        let take = |used: usize| {
            let used = used.checked_add(bytes)?;
            (used <= self.most_bytes).then_some(used)
        };
        for _ in 0..EVICTIONS {
            let order = Ordering::Relaxed;
            if self.bytes.fetch_update(order, order, take).is_ok() {
                return true;
            }
            let turn = self.turn.fetch_add(1, Ordering::Relaxed);
            let next = turn.checked_rem(self.places.len()).unwrap_or_default();
            if let Some(place) = self.places.get(next) {
                self.free(place.swap(None));
            }
        }
        false
    }

    fn free(&self, entry: Option<Arc<Entry>>) {
        if let Some(entry) = entry {
            self.bytes.fetch_sub(entry.bytes, Ordering::Relaxed);
        }
    }

    fn places_of(&self, token: &[u8]) -> impl Iterator<Item = &ArcSwapOption<Entry>> {
        let end = token.last_chunk::<HASHED>();
        let end = end.map_or(0, |end| u128::from_le_bytes(*end));
        // A hash is as good on 32 bits as on 64, whichever the machine has.
        let hash = usize::try_from(self.hasher.hash_one(end) >> 32).unwrap_or_default();
        let first = hash.checked_rem(self.places.len()).unwrap_or_default();
        let (before, from) = self.places.split_at_checked(first).unwrap_or_default();
        from.iter().chain(before).take(WAYS)
    }

    #[cfg(test)]
    fn held(&self) -> (usize, usize) {
        let entries: Vec<_> = self
            .places
            .iter()
            .filter_map(ArcSwapOption::load_full)
            .collect();
        let bytes = entries.iter().map(|entry| entry.bytes).sum();
        assert_eq!(self.bytes.load(Ordering::Relaxed), bytes);
        (entries.len(), bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Clock;
    use super::super::claims::Claims;
    use super::super::tag::Tag;
    use super::*;

    fn verified(subject: &str) -> Arc<Verified> {
        let json = format!(r#"{{"sub":"{subject}"}}"#);
        let mut claims = Claims::unread();
        claims.read(json.into_bytes()).unwrap();
        Arc::new(Verified {
            claims,
            tag: Some(Tag::unique()),
            clock: Clock::system(),
            leeway: std::time::Duration::ZERO,
        })
    }

    fn cache(entries: usize, bytes: usize) -> VerifiedCache {
        VerifiedCache::new(CacheLimits {
            entries: NonZero::new(entries).unwrap(),
            bytes,
        })
    }

    /// CVE-2026-35039: two tokens never share an entry, not even those that share the place.
    #[test]
    fn the_whole_token_is_compared() {
        let cache = cache(1, 1 << 20);
        let end = "s".repeat(HASHED);
        let (one, other) = (format!("one{end}"), format!("other{end}"));
        cache.insert(one.as_bytes(), &verified("one"));
        assert!(cache.get(one.as_bytes()).is_some());
        for near in [&other, &end, &format!("{one}s"), "", "on"].map(str::as_bytes) {
            assert!(cache.get(near).is_none());
        }
        cache.insert(other.as_bytes(), &verified("other"));
        assert!(cache.get(one.as_bytes()).is_none() && cache.get(other.as_bytes()).is_some());
    }

    #[test]
    fn entries_and_bytes_are_bounded() {
        let claims = verified("somebody");
        let by_entries = cache(8, usize::MAX);
        for at in 0..1000 {
            by_entries.insert(format!("token-{at}").as_bytes(), &claims);
            assert!(by_entries.get(format!("token-{at}").as_bytes()).is_some());
            assert!(by_entries.held().0 <= 8);
        }
        let by_bytes = cache(1000, 4000);
        for at in 0..1000 {
            by_bytes.insert(format!("token-{at}").as_bytes(), &claims);
            assert!(by_bytes.held().1 <= 4000);
        }
        assert!(by_bytes.held().0 > 3);
        let none = cache(8, 10);
        none.insert(b"token", &claims);
        assert_eq!(none.held(), (0, 0));
    }

    #[test]
    fn many_threads_keep_the_count() {
        let cache = cache(16, 10_000);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let cache = &cache;
                scope.spawn(move || {
                    for at in 0..1000 {
                        let subject = format!("{}", (at * (thread + 1)) % 50);
                        cache.insert(subject.as_bytes(), &verified(&subject));
                        if let Some(found) = cache.get(subject.as_bytes()) {
                            let fields = found.claims.fields;
                            let text = found.claims.text(fields.subject.value().unwrap());
                            assert_eq!(text, subject);
                        }
                    }
                });
            }
        });
        assert!(cache.held().1 <= 10_000);
    }
}
