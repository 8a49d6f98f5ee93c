//! The road of a token, step by step. Nothing of a claim is looked at before the signature holds.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;

use super::audience::Audience;
use super::cache::CacheLimits;
use super::claims::{Claims, ParseError, RoleSource};
use super::compact::{self, Compact};
use super::provider::TokenKind;
use super::ring::{Candidates, KeyRing};
use super::verified::Verified;
use super::{Algorithm, Clock, Key, Reason, base64url, header, issuer, provider, subject, times};

/// Room for the longest signature of a shared secret, and for the decoder's estimate of it.
const MAC_BUFFER: usize = 96;

/// Room for one by the largest RSA key.
const SIGNATURE_BUFFER: usize = 1056;

/// Room for the longest header.
const HEADER_BUFFER: usize = header::MAX_HEADER_CHARACTERS;

/// Keys, and what a token must say besides being signed with one.
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) ring: ArcSwap<KeyRing>,
    pub(super) issuers: Box<[Box<str>]>,
    pub(super) audiences: Box<[Box<str>]>,
    pub(super) leeway: Duration,
    pub(super) clock: Clock,
    pub(super) max_lifetime: Option<Duration>,
    pub(super) audience: Audience,
    pub(super) roles: RoleSource,
    pub(super) kind: TokenKind,
    /// Whether tokens that are bound to a key of their sender are taken as well.
    pub(super) sender_constrained: bool,
    pub(super) cache: Option<CacheLimits>,
    /// Those of the keys, now and later; none is any.
    pub(super) algorithms: Option<Box<[Algorithm]>>,
}

impl Verifier {
    pub(super) fn verify(&self, token: &[u8]) -> Result<Arc<Verified>, Reason> {
        // One ring for the whole token, whatever replaces it meanwhile.
        let ring = self.ring.load();
        if let Some(known) = ring.cache.as_ref().and_then(|cache| cache.get(token)) {
            self.check_claims(&known.claims)?;
            return Ok(known);
        }
        let compact = compact::split(token)?;
        match check_signature(&ring, &compact) {
            Ok(family) => self.read(&ring, token, &compact, family),
            Err(reason) if compact.is_of_three() => Err(reason),
            Err(_) => Err(Reason::MalformedToken),
        }
    }

    /// What a token says whose signature holds.
    fn read(
        &self,
        ring: &KeyRing,
        token: &[u8],
        compact: &Compact<'_>,
        family: Family,
    ) -> Result<Arc<Verified>, Reason> {
        let payload = base64url::decode(compact.payload).ok_or(Reason::MalformedToken)?;
        // Made and filled where it stays: to move it there takes as long as to read some claims.
        let mut verified = Arc::<Verified>::default();
        let Some(Verified {
            claims,
            tag,
            clock,
            leeway,
        }) = Arc::get_mut(&mut verified)
        else {
            return Err(Reason::ClaimsInvalid);
        };
        claims.read(payload).map_err(|error| match error {
            ParseError::NotAnObject => Reason::ClaimsInvalid,
            ParseError::Duplicate => Reason::DuplicateClaim,
        })?;
        if !self.roles.is_default() {
            claims.collect_roles(&self.roles);
        }
        self.check_claims(claims)?;
        // What a refused token does not need.
        claims.split_words();
        *tag = Some(ring.tag);
        *clock = self.clock.clone();
        *leeway = self.leeway;
        if let (Family::KeyPair, Some(cache)) = (family, &ring.cache) {
            cache.insert(token, &verified);
        }
        Ok(verified)
    }

    /// Everything that may change between two uses of one token, or between two verifiers.
    fn check_claims(&self, claims: &Claims) -> Result<(), Reason> {
        let now = self.clock.since_epoch().ok_or(Reason::ClockUnusable)?;
        times::check(&claims.fields, now, self.leeway)?;
        if let Some(most) = self.max_lifetime {
            times::check_lifetime(&claims.fields, most)?;
        }
        issuer::check(claims, &self.issuers)?;
        self.audience.check(claims, &self.audiences)?;
        subject::check_subject(claims)?;
        provider::check_kind(claims, self.kind)?;
        if !self.sender_constrained {
            subject::check_unbound(claims)?;
        }
        subject::check_types(claims)
    }
}

/// Who can have made a signature: whoever has the secret, or the holder of a private key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Family {
    Secret,
    KeyPair,
}

/// Whether the signature is one of these bytes by a key of this ring.
pub(super) fn check_signature(ring: &KeyRing, compact: &Compact<'_>) -> Result<Family, Reason> {
    let seen = ring.seen.get(compact.header);
    let candidates = match seen {
        Some(candidates) => candidates,
        None => candidates(ring, compact.header)?,
    };
    // Candidates are of one algorithm.
    let family = match ring.get(candidates).next().and_then(Key::secret) {
        Some(_) => Family::Secret,
        None => Family::KeyPair,
    };
    let signed = match family {
        Family::Secret => is_signed::<MAC_BUFFER>(ring, candidates, compact)?,
        Family::KeyPair => is_signed::<SIGNATURE_BUFFER>(ring, candidates, compact)?,
    };
    if !signed {
        return Err(Reason::SignatureMismatch);
    }
    if seen.is_none() {
        ring.seen.remember(compact.header, candidates);
    }
    Ok(family)
}

/// The same for keys of a test.
#[cfg(feature = "testing")]
pub(crate) fn check_signature_of(
    keys: Vec<Key>,
    token: &str,
) -> Result<Result<(), Reason>, super::AuthError> {
    let ring = KeyRing::new(keys, None)?;
    let signed = compact::split(token.as_bytes()).and_then(|compact| {
        check_signature(&ring, &compact)?;
        base64url::decode(compact.payload).ok_or(Reason::MalformedToken)
    });
    Ok(signed.map(drop))
}

fn is_signed<const BUFFER: usize>(
    ring: &KeyRing,
    candidates: Candidates,
    compact: &Compact<'_>,
) -> Result<bool, Reason> {
    let mut buffer = [0; BUFFER];
    let signature =
        base64url::decode_into(compact.signature, &mut buffer).ok_or(Reason::MalformedToken)?;
    let message = compact.signed;
    Ok(ring
        .get(candidates)
        .any(|key| key.verify(message, signature)))
}

fn candidates(ring: &KeyRing, encoded: &[u8]) -> Result<Candidates, Reason> {
    if encoded.len() > header::MAX_HEADER_CHARACTERS {
        return Err(Reason::HeaderInvalid);
    }
    let mut buffer = [0; HEADER_BUFFER];
    let json = base64url::decode_into(encoded, &mut buffer).ok_or(Reason::MalformedToken)?;
    ring.candidates(&header::parse(json)?)
}

#[cfg(all(test, feature = "asymmetric"))]
mod tests {
    use std::num::NonZero;
    use std::time::SystemTime;

    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

    use super::super::{Auth, Mismatch};
    use super::*;

    fn encode(bytes: &[u8]) -> String {
        let mut text = String::new();
        base64url::encode(bytes, &mut text);
        text
    }

    /// The token is one that the cache knows: what it must say is asked of it all the same.
    #[test]
    fn what_is_demanded_may_change_between_two_uses() {
        let pair = Ed25519KeyPair::generate().unwrap();
        let key = encode(pair.public_key().as_ref());
        let set = format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","x":"{key}"}}]}}"#);
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let claims = format!(
            r#"{{"iss":"https://id.example","aud":"my-api","sub":"a","iat":{now},"exp":{}}}"#,
            now + 600
        );
        let header = encode(br#"{"alg":"EdDSA"}"#);
        let signed = format!("{header}.{}", encode(claims.as_bytes()));
        let signature = pair.sign(signed.as_bytes());
        let token = format!("{signed}.{}", encode(signature.as_ref()));
        let mut auth = Auth::builder("https://id.example", ["my-api"])
            .jwk_set(set)
            .cache(NonZero::new(8).unwrap(), 1 << 20)
            .build()
            .unwrap();
        let mut after = |change: fn(&mut Verifier)| {
            change(Arc::get_mut(&mut auth.verifier).unwrap());
            let cache = &auth.verifier.ring.load().cache;
            let is_known = cache.as_ref().unwrap().get(token.as_bytes()).is_some();
            let answer = auth.verify(&token).map(drop);
            (is_known, answer.map_err(|error| error.reason()))
        };
        assert_eq!(after(|_| ()), (false, Ok(())));
        assert_eq!(after(|_| ()), (true, Ok(())));
        let audience = after(|verifier| verifier.audiences = ["other".into()].into());
        let mismatch = Reason::AudienceMismatch(Mismatch::Different);
        assert_eq!(audience, (true, Err(mismatch)));
        let issuer = after(|verifier| verifier.issuers = ["other".into()].into());
        let mismatch = Reason::IssuerMismatch(Mismatch::Different);
        assert_eq!(issuer, (true, Err(mismatch)));
        let lifetime = after(|verifier| verifier.max_lifetime = Some(Duration::from_secs(599)));
        assert_eq!(lifetime, (true, Err(Reason::LifetimeTooLong)));
        let clock = after(|verifier| verifier.clock = Clock::from_fn(|| SystemTime::UNIX_EPOCH));
        assert!(matches!(clock, (true, Err(Reason::IssuedInFuture { .. }))));
    }
}
