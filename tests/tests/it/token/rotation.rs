//! Keys change while the service runs, and replicas of it change one after the other.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};

use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthError, Issuer, Key, Reason};
use api_utils::{Auth, JwtConfig, SecretString};
use serde_json::json;

use super::signers::{auth_of, signer};
use super::support::{AUDIENCE, ISSUER, NOW, claims, sign_bytes};

const OLD: &[u8] = b"the-old-key-0123456789-abcdefghijklm";
const NEW: &[u8] = b"the-new-key-9876543210-nopqrstuvwxyz";

fn hmac(secret: &[u8]) -> Key {
    Key::hmac(Algorithm::Hs256, secret).unwrap()
}

fn signed(secret: &[u8], header: &str) -> String {
    let claims = claims().to_string();
    sign_bytes(
        Algorithm::Hs256,
        secret,
        header.as_bytes(),
        claims.as_bytes(),
    )
}

fn minted(auth: &Auth) -> String {
    let issuer = Issuer::of(auth).unwrap();
    issuer.token("alice").mint().unwrap().token
}

fn refused(auth: &Auth, token: &str) -> Option<Reason> {
    auth.verify(token).err().map(|error| error.reason())
}

#[test]
fn the_new_keys_count_at_once_and_the_old_ones_no_more() {
    let auth = auth_of([hmac(OLD)]);
    let clone = auth.clone();
    let old = minted(&auth);
    let verified = auth.verify(&old).unwrap();
    assert!(auth.has_verified(&verified));

    auth.replace_keys([hmac(NEW)]).unwrap();
    for auth in [&auth, &clone] {
        assert_eq!(refused(auth, &old), Some(Reason::SignatureMismatch));
        assert!(auth.verify(&minted(auth)).is_ok());
        assert!(!auth.has_verified(&verified));
    }
    // Keys that no `Auth` could be built with change nothing.
    let before = minted(&auth);
    assert_eq!(auth.replace_keys([]).unwrap_err(), AuthError::NoKey);
    let five = (0..5).map(|at| hmac(format!("{at}-{:?}", OLD).as_bytes()));
    assert_eq!(
        auth.replace_keys(five).unwrap_err(),
        AuthError::TooManyKeys {
            algorithm: Algorithm::Hs256
        }
    );
    assert!(auth.verify(&before).is_ok());
}

fn by_settings(current: &[u8], also: Option<&[u8]>) -> Auth {
    let secret = |bytes| SecretString::from(str::from_utf8(bytes).unwrap());
    let mut config = JwtConfig::builder(secret(current))
        .issuer(ISSUER)
        .audience(AUDIENCE);
    if let Some(also) = also {
        config = config.also_accepted(secret(also));
    }
    Auth::new(&config.build().unwrap()).unwrap()
}

/// Two replicas in every state of the three steps: a token of one is accepted by the other.
#[test]
fn two_replicas_understand_each_other_in_every_mixed_state() {
    // Accept the new, sign with the new, drop the old.
    let steps = || {
        [
            by_settings(OLD, None),
            by_settings(OLD, Some(NEW)),
            by_settings(NEW, Some(OLD)),
            by_settings(NEW, None),
        ]
    };
    let (one, other) = (steps(), steps());
    for (at, one) in one.iter().enumerate() {
        for (beside, other) in other.iter().enumerate() {
            let token = minted(one);
            // Only replicas two steps apart do not: a step is complete before the next begins.
            let accepted = other.verify(&token).is_ok();
            assert!(accepted || at.abs_diff(beside) > 1, "{at} {beside}");
        }
    }
    let old = minted(&one[0]);
    assert_eq!(refused(&one[3], &old), Some(Reason::SignatureMismatch));
}

#[test]
fn a_key_with_a_kid_is_for_tokens_that_name_it() {
    let auth = auth_of([
        hmac(OLD).with_kid("old"),
        hmac(NEW).with_kid("new"),
        Key::hmac(Algorithm::Hs384, NEW.repeat(2)).unwrap(),
    ]);
    let hs256 = |kid: &str| format!(r#"{{"alg":"HS256","kid":{kid}}}"#);
    for (secret, header, expected) in [
        (OLD, hs256("\"old\""), None),
        (NEW, hs256("\"new\""), None),
        (NEW, hs256("\"\\u006eew\""), None),
        (OLD, hs256("\"new\""), Some(Reason::SignatureMismatch)),
        (NEW, hs256("\"old\""), Some(Reason::SignatureMismatch)),
        (NEW, hs256("\"NEW\""), Some(Reason::KeyUnknown)),
        (NEW, hs256("\"\""), Some(Reason::KeyUnknown)),
        (NEW, hs256("\"../../dev/null\""), Some(Reason::KeyUnknown)),
        (NEW, hs256("\"' OR 1=1\""), Some(Reason::KeyUnknown)),
        (NEW, hs256("null"), Some(Reason::HeaderInvalid)),
        (NEW, hs256("[\"new\"]"), Some(Reason::HeaderInvalid)),
        (
            NEW,
            r#"{"alg":"HS256"}"#.to_owned(),
            Some(Reason::KeyUnknown),
        ),
    ] {
        assert_eq!(
            refused(&auth, &signed(secret, &header)),
            expected,
            "{header}"
        );
    }
    // A key without a `kid` is tried for any token, beside the ones that are named.
    let auth = auth_of([hmac(OLD), hmac(NEW).with_kid("new")]);
    for (secret, header, accepted) in [
        (OLD, hs256("\"new\""), true),
        (OLD, hs256("\"any\""), true),
        (OLD, r#"{"alg":"HS256"}"#.to_owned(), true),
        (NEW, hs256("\"new\""), true),
        (NEW, hs256("\"any\""), false),
    ] {
        let token = signed(secret, &header);
        assert_eq!(auth.verify(&token).is_ok(), accepted, "{header}");
    }
}

#[test]
fn at_most_four_keys_are_tried() {
    let several = |count: usize, kid: Option<&str>| -> Vec<Key> {
        (0..count)
            .map(|at| {
                let key = hmac(format!("{at}-{:?}", OLD).as_bytes());
                kid.map_or(hmac(format!("{at}+{:?}", OLD).as_bytes()), |kid| {
                    key.with_kid(kid)
                })
            })
            .collect()
    };
    let build = |keys: Vec<Key>| Auth::builder(ISSUER, [AUDIENCE]).keys(keys).build();
    let too_many = AuthError::TooManyKeys {
        algorithm: Algorithm::Hs256,
    };
    let mixed = |named, nameless| {
        let mut keys = several(named, Some("one"));
        keys.extend(several(nameless, None));
        build(keys).map(drop)
    };
    assert_eq!(mixed(4, 0), Ok(()));
    assert_eq!(mixed(0, 4), Ok(()));
    assert_eq!(mixed(2, 2), Ok(()));
    assert_eq!(mixed(5, 0), Err(too_many));
    assert_eq!(mixed(0, 5), Err(too_many));
    assert_eq!(mixed(2, 3), Err(too_many));
}

#[test]
fn one_of_a_thousand_keys_is_found() {
    let keys = (0..1000).map(|at| {
        let secret = format!("secret of the key number {at}, abcdef");
        hmac(secret.as_bytes()).with_kid(format!("key-{at}"))
    });
    let auth = auth_of(keys);
    for at in [0, 1, 499, 998, 999] {
        let secret = format!("secret of the key number {at}, abcdef");
        let header = format!(r#"{{"alg":"HS256","kid":"key-{at}"}}"#);
        assert!(auth.verify(&signed(secret.as_bytes(), &header)).is_ok());
        let other = format!(r#"{{"alg":"HS256","kid":"key-{}"}}"#, (at + 1) % 1000);
        assert!(auth.verify(&signed(secret.as_bytes(), &other)).is_err());
    }
    let unknown = signed(OLD, r#"{"alg":"HS256","kid":"key-1000"}"#);
    assert_eq!(refused(&auth, &unknown), Some(Reason::KeyUnknown));
}

/// A ring that is replaced all the time, under load: every answer is one of the two that are right,
/// and a key that is in both rings is never refused.
#[test]
fn a_ring_replaced_under_load_gives_no_wrong_answer() {
    let rsa = signer(Algorithm::EdDsa);
    let stays = rsa.token(json!({ "kid": "stays" }), &claims());
    let (message, signature) = stays.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{message}.{other}{}", &signature[1..]);
    let rings = |secret: &[u8]| [rsa.key().with_kid("stays"), hmac(secret)];
    for cached in [false, true] {
        let mut builder = Auth::builder(ISSUER, [AUDIENCE])
            .keys(rings(OLD))
            .clock(clock(NOW));
        if cached {
            builder = builder.cache(NonZero::new(64).unwrap(), 1 << 20);
        }
        let auth = builder.build().unwrap();
        let changing = [OLD, NEW].map(|secret| signed(secret, r#"{"alg":"HS256"}"#));
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let readers: Vec<_> = (0..3)
                .map(|_| {
                    scope.spawn(|| {
                        let mut answers = [0; 2];
                        while !done.load(Ordering::Relaxed) {
                            assert!(auth.verify(&stays).is_ok());
                            assert!(auth.verify(&forged).is_err());
                            for (token, accepted) in changing.iter().zip(&mut answers) {
                                match refused(&auth, token) {
                                    None => *accepted += 1,
                                    Some(reason) => {
                                        assert_eq!(reason, Reason::SignatureMismatch);
                                    }
                                }
                            }
                        }
                        answers
                    })
                })
                .collect();
            for round in 0..2000 {
                let secret = if round % 2 == 0 { NEW } else { OLD };
                auth.replace_keys(rings(secret)).unwrap();
                if round % 50 == 0 {
                    std::thread::yield_now();
                }
            }
            done.store(true, Ordering::Relaxed);
            for reader in readers {
                reader.join().unwrap();
            }
        });
        assert!(auth.verify(&changing[0]).is_ok());
        assert!(auth.verify(&changing[1]).is_err());
    }
}
