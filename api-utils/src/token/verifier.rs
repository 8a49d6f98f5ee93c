//! The road of a token, step by step. Nothing of a claim is looked at before the signature holds.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;

use super::claims::{Claims, ParseError};
use super::compact::{self, Compact};
use super::ring::{Candidates, KeyRing};
use super::token::Verified;
use super::{Clock, Reason, audience, base64url, header, issuer, subject, times};

/// Room for the longest signature of a shared secret, and for the decoder's estimate of it.
const MAC_BUFFER: usize = 96;

/// Room for one by the largest RSA key.
const SIGNATURE_BUFFER: usize = 1056;

/// Room for a usual header; a longer one is decoded on the heap.
const HEADER_BUFFER: usize = 256;

/// Keys, and what a token must say besides being signed with one.
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) ring: ArcSwap<KeyRing>,
    pub(super) issuers: Box<[Box<str>]>,
    pub(super) audiences: Box<[Box<str>]>,
    pub(super) leeway: Duration,
    pub(super) clock: Clock,
}

impl Verifier {
    pub(super) fn verify(&self, token: &str) -> Result<Arc<Verified>, Reason> {
        // One ring for the whole token, whatever replaces it meanwhile.
        let ring = self.ring.load();
        let compact = compact::split(token)?;
        check_signature(&ring, &compact)?;
        let payload = base64url::decode(compact.payload).ok_or(Reason::MalformedToken)?;
        let claims = Claims::parse(payload).map_err(|error| match error {
            ParseError::NotAnObject => Reason::ClaimsInvalid,
            ParseError::Duplicate => Reason::DuplicateClaim,
        })?;
        self.check_claims(&claims)?;
        Ok(Arc::new(Verified {
            claims,
            tag: ring.tag,
        }))
    }

    /// Everything that may change between two uses of one token, or between two verifiers.
    fn check_claims(&self, claims: &Claims) -> Result<(), Reason> {
        let now = self.clock.since_epoch().ok_or(Reason::ClockUnusable)?;
        times::check(&claims.fields, now, self.leeway)?;
        issuer::check(claims, &self.issuers)?;
        audience::check(claims, &self.audiences)?;
        subject::check_subject(claims)?;
        subject::check_types(claims)
    }
}

/// What the signature of a token confirms: it is one of these bytes by a key of this ring.
pub(super) fn check_signature(ring: &KeyRing, compact: &Compact<'_>) -> Result<(), Reason> {
    let seen = ring.seen.get(compact.header);
    let candidates = match seen {
        Some(candidates) => candidates,
        None => candidates(ring, compact.header)?,
    };
    let signed = if ring.get(candidates).all(|key| key.secret().is_some()) {
        is_signed::<MAC_BUFFER>(ring, candidates, compact)?
    } else {
        is_signed::<SIGNATURE_BUFFER>(ring, candidates, compact)?
    };
    if !signed {
        return Err(Reason::SignatureMismatch);
    }
    if seen.is_none() {
        ring.seen.remember(compact.header, candidates);
    }
    Ok(())
}

fn is_signed<const BUFFER: usize>(
    ring: &KeyRing,
    candidates: Candidates,
    compact: &Compact<'_>,
) -> Result<bool, Reason> {
    let mut buffer = [0; BUFFER];
    let signature =
        base64url::decode_into(compact.signature, &mut buffer).ok_or(Reason::MalformedToken)?;
    let message = compact.signed.as_bytes();
    Ok(ring
        .get(candidates)
        .any(|key| key.verify(message, signature)))
}

fn candidates(ring: &KeyRing, encoded: &str) -> Result<Candidates, Reason> {
    let mut buffer = [0; HEADER_BUFFER];
    let long;
    let json = if let Some(short) = base64url::decode_into(encoded, &mut buffer) {
        short
    } else {
        long = base64url::decode(encoded).ok_or(Reason::MalformedToken)?;
        &long
    };
    ring.candidates(&header::parse(json)?)
}
