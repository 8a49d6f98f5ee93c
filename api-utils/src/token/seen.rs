//! Headers that a valid signature has confirmed, so that the next equal one is not parsed again.

use std::sync::OnceLock;

use super::ring::Candidates;

const SLOTS: usize = 8;
const MAX_HEADER_CHARACTERS: usize = 512;

/// The first eight headers of verified tokens, with the keys that each asks for.
///
/// An issuer sends the same header with every token, so equality of the encoded text replaces
/// decoding and parsing. Only a header that a signature has confirmed is kept, so nobody but the
/// issuer can fill the slots; one that repeats none (it holds a nonce, say) costs a few
/// comparisons. Lives and dies with its key ring, so it needs no invalidation.
#[derive(Debug, Default)]
pub(super) struct SeenHeaders {
    slots: [OnceLock<Seen>; SLOTS],
}

#[derive(Debug)]
struct Seen {
    header: Box<[u8]>,
    candidates: Candidates,
}

impl SeenHeaders {
    pub(super) fn get(&self, header: &[u8]) -> Option<Candidates> {
        self.slots
            .iter()
            .map_while(OnceLock::get)
            .find(|seen| *seen.header == *header)
            .map(|seen| seen.candidates)
    }

    pub(super) fn remember(&self, header: &[u8], candidates: Candidates) {
        if header.len() > MAX_HEADER_CHARACTERS {
            return;
        }
        let Some(slot) = self.slots.iter().find(|slot| slot.get().is_none()) else {
            return;
        };
        // Lost to another thread: that one's header is in, this one comes with the next token.
        let _lost = slot.set(Seen {
            header: header.into(),
            candidates,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_first_and_no_more() {
        let seen = SeenHeaders::default();
        assert!(seen.get(b"a").is_none());
        for at in 0..20 {
            seen.remember(format!("header-{at}").as_bytes(), Candidates::default());
        }
        assert!(seen.get(b"header-0").is_some());
        assert!(seen.get(b"header-7").is_some());
        assert!(seen.get(b"header-8").is_none());

        let seen = SeenHeaders::default();
        let long = [b'a'; MAX_HEADER_CHARACTERS + 1];
        seen.remember(&long, Candidates::default());
        assert!(seen.get(&long).is_none());
    }
}
