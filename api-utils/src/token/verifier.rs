//! The road of a token, step by step. Nothing of a claim is looked at before the signature holds.

use std::time::Duration;

use super::claims::{Claims, ParseError};
use super::compact::{self, Compact};
use super::keys::{Candidates, KeyRing};
use super::{Clock, Reason, audience, base64url, header, issuer, subject, times};

/// Room for the longest signature of a shared secret, and for the decoder's estimate of it.
const SIGNATURE_BUFFER: usize = 96;

/// Room for a usual header; a longer one is decoded on the heap.
const HEADER_BUFFER: usize = 256;

/// Keys, and what a token must say besides being signed with one.
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) ring: KeyRing,
    pub(super) issuers: Box<[Box<str>]>,
    pub(super) audiences: Box<[Box<str>]>,
    pub(super) leeway: Duration,
    pub(super) clock: Clock,
}

impl Verifier {
    pub(super) fn verify(&self, token: &str) -> Result<Claims, Reason> {
        let compact = compact::split(token)?;
        self.check_signature(&compact)?;
        let payload = base64url::decode(compact.payload).ok_or(Reason::MalformedToken)?;
        let claims = Claims::parse(payload).map_err(|error| match error {
            ParseError::NotAnObject => Reason::ClaimsInvalid,
            ParseError::Duplicate => Reason::DuplicateClaim,
        })?;
        self.check_claims(&claims)?;
        Ok(claims)
    }

    fn check_signature(&self, compact: &Compact<'_>) -> Result<(), Reason> {
        let seen = self.ring.seen.get(compact.header);
        let candidates = match seen {
            Some(candidates) => candidates,
            None => self.candidates(compact.header)?,
        };
        let mut buffer = [0; SIGNATURE_BUFFER];
        let signature =
            base64url::decode_into(compact.signature, &mut buffer).ok_or(Reason::MalformedToken)?;
        let message = compact.signed.as_bytes();
        if !self
            .ring
            .get(candidates)
            .any(|key| key.material.verify(message, signature))
        {
            return Err(Reason::SignatureMismatch);
        }
        if seen.is_none() {
            self.ring.seen.remember(compact.header, candidates);
        }
        Ok(())
    }

    fn candidates(&self, encoded: &str) -> Result<Candidates, Reason> {
        let mut buffer = [0; HEADER_BUFFER];
        let long;
        let json = if let Some(short) = base64url::decode_into(encoded, &mut buffer) {
            short
        } else {
            long = base64url::decode(encoded).ok_or(Reason::MalformedToken)?;
            &long
        };
        self.ring.candidates(&header::parse(json)?)
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
