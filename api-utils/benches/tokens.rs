//! What it takes to verify a token, beside the signature check alone; to refuse one; and what many
//! keys and many roles add.
//!
//! `cargo bench -p api-utils --bench tokens --features asymmetric`
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement fails by panicking, and prints a table"
)]

mod harness;

use std::hint::black_box;
use std::num::NonZero;

use api_utils::Auth;
use api_utils::token::{Algorithm, AuthBuilder, Issuer, Key, RoleSource};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair,
    Ed25519KeyPair, KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use harness::{Case, case, compare};
use hmac::{Hmac, KeyInit as _, Mac as _};

const SECRET: &[u8] = b"k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa-BENCH-ONLY";
const ISSUER: &str = "https://login.example.org/";
const AUDIENCE: &str = "https://api.example.org";

fn builder() -> AuthBuilder {
    Auth::builder(ISSUER, [AUDIENCE])
}

fn secret() -> Key {
    Key::hmac(Algorithm::Hs256, SECRET).unwrap()
}

/// A usual token of about 460 bytes, with so many roles.
fn minted(key: &str, roles: usize) -> String {
    let auth = builder().keys([secret().with_kid(key)]).build().unwrap();
    let roles = (0..roles).map(|at| format!("role-{at}"));
    let issuer = Issuer::of(&auth).unwrap();
    let token = roles.fold(
        issuer.token("auth0|5f7c8ec7c33c6c004bbafe82"),
        |token, role| token.role(role),
    );
    token
        .scope("openid")
        .scope("profile")
        .scope("read:items")
        .mint()
        .unwrap()
        .token
}

fn verify<'a>(name: &str, auth: &'a Auth, token: &'a str) -> Case<'a> {
    assert!(auth.verify(token).is_ok(), "{name}");
    case(name, move || {
        black_box(auth.verify(black_box(token)).unwrap());
    })
}

fn refuse<'a>(name: &str, auth: &'a Auth, token: &'a str) -> Case<'a> {
    assert!(auth.verify(token).is_err(), "{name}");
    case(name, move || {
        black_box(auth.verify(black_box(token)).unwrap_err());
    })
}

pub(crate) fn main() {
    shared_secret();
    refusals();
    many_keys();
    many_roles();
    for pair in [rs256(), es256(), eddsa()] {
        key_pair(&pair);
    }
}

fn shared_secret() {
    let token = minted("2026-11", 3);
    let auth = builder()
        .keys([secret().with_kid("2026-11")])
        .build()
        .unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let state = Hmac::<sha2::Sha256>::new_from_slice(SECRET).unwrap();
    compare(
        &format!("HS256, a token of {} bytes", token.len()),
        vec![
            case("the MAC alone, with a kept key", || {
                let mac = state.clone().chain_update(black_box(signed));
                mac.verify_slice(&signature).unwrap();
            }),
            verify("verify", &auth, &token),
        ],
    );
}

/// The same header over other claims.
fn resigned(token: &str, claims: &str) -> String {
    let header = token.split('.').next().unwrap();
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims));
    let mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET).unwrap();
    let mac = mac.chain_update(signed.as_bytes()).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// For the same length, algorithm and candidates a refusal is no dearer than an acceptance.
fn refusals() {
    let token = minted("2026-11", 3);
    let auth = builder()
        .keys([secret().with_kid("2026-11")])
        .build()
        .unwrap();
    let other = |issuer: &str, audience: &str| {
        Auth::builder(issuer, [audience])
            .keys([secret().with_kid("2026-11")])
            .build()
            .unwrap()
    };
    let (issuer, audience) = (other("https://x.example", AUDIENCE), other(ISSUER, "x"));
    let capitals = other(ISSUER, &AUDIENCE.to_uppercase());
    let mut first = token.clone();
    first.replace_range(
        token.rfind('.').unwrap() + 1..token.rfind('.').unwrap() + 3,
        "__",
    );
    let mut last = token.clone();
    last.replace_range(token.len() - 3..token.len() - 1, "__");
    let unknown = minted("2026-12", 3);
    // Its members in another order: no signature has confirmed it, so it is parsed each time.
    let header = URL_SAFE_NO_PAD.encode(r#"{"kid":"2026-11","typ":"JWT","alg":"HS256"}"#);
    let (_, behind) = first.split_once('.').unwrap();
    let unseen = format!("{header}.{behind}");
    let payload = token.split('.').nth(1).unwrap();
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    let twice = resigned(&token, &claims.replace("\"nbf\"", "\"exp\""));
    let (front, behind) = claims.split_once("\"exp\":").unwrap();
    let (_time, behind) = behind.split_at(10);
    let expired = format!("{front}\"exp\":1000000000{behind}");
    let expired = resigned(&token, &expired);
    // The last thing that is looked at.
    let scopes = claims.replace(
        "\"openid profile read:items\"",
        "[\"openid profile read:\",10]",
    );
    assert_eq!(scopes.len(), claims.len());
    let scopes = resigned(&token, &scopes);
    let too_long = ".".repeat(100_000);
    compare(
        "refusals beside an acceptance",
        vec![
            verify("accepted", &auth, &token),
            refuse("signature wrong at its start", &auth, &first),
            refuse("signature wrong at its end", &auth, &last),
            refuse("signature wrong, header not seen before", &auth, &unseen),
            refuse("kid unknown", &auth, &unknown),
            refuse("a claim twice", &auth, &twice),
            refuse("expired", &auth, &expired),
            refuse("another issuer", &issuer, &token),
            refuse("another audience", &audience, &token),
            refuse("an audience in capitals", &capitals, &token),
            refuse("scopes that are no texts", &auth, &scopes),
            refuse("not a token", &auth, "not a token"),
            refuse("over the cap", &auth, &too_long),
        ],
    );
}

fn many_keys() {
    let rings = [1, 10, 1000].map(|count| {
        let keys = (0..count).map(|at| secret().with_kid(format!("key-{at}")));
        builder().keys(keys).build().unwrap()
    });
    let first = minted("key-0", 3);
    let (one, ten, thousand) = (&rings[0], &rings[1], &rings[2]);
    let ids: Vec<String> = (0..1000)
        .map(|at| minted(&format!("key-{at}"), 3))
        .collect();
    let mut at = 0;
    compare(
        "keys in the ring, each with a kid",
        vec![
            verify("1 key", one, &first),
            verify("10 keys", ten, &first),
            verify("1000 keys, tokens of one", thousand, &first),
            case("1000 keys, tokens of each in turn", || {
                at = (at + 1) % ids.len();
                black_box(thousand.verify(&ids[at]).unwrap());
            }),
        ],
    );
}

fn many_roles() {
    let auth = builder().keys([secret()]).build().unwrap();
    let elsewhere = builder()
        .keys([secret()])
        .roles(RoleSource::at(["roles"]).and(RoleSource::at(["groups"])))
        .build()
        .unwrap();
    let tokens: Vec<String> = [3, 25, 50, 100]
        .iter()
        .map(|count| minted("k", *count))
        .collect();
    let mut cases = Vec::new();
    for (token, roles) in tokens.iter().zip([3, 25, 50, 100]) {
        let name = format!("{roles} roles, {} bytes", token.len());
        cases.push(verify(&name, &auth, token));
    }
    cases.push(verify("3 roles, from two places", &elsewhere, &tokens[0]));
    compare("roles in a token", cases);
}

type Sign = dyn Fn(&[u8]) -> Vec<u8>;

struct Pair {
    algorithm: Algorithm,
    der: Vec<u8>,
    parsed: ParsedPublicKey,
    sign: Box<Sign>,
}

fn key_pair(pair: &Pair) {
    let kid = r#"{"alg":"ALG","typ":"JWT","kid":"2026-11"}"#;
    let header = URL_SAFE_NO_PAD.encode(kid.replace("ALG", pair.algorithm.name()));
    let hs256 = minted("k", 3);
    let claims = hs256.split('.').nth(1).unwrap();
    let signed = format!("{header}.{claims}");
    let signature = (pair.sign)(signed.as_bytes());
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&signature));
    let mut wrong = token.clone();
    wrong.replace_range(token.len() - 9..token.len() - 6, "AbC");
    let key = || {
        Key::der(pair.algorithm, &pair.der)
            .unwrap()
            .with_kid("2026-11")
    };
    let auth = builder().keys([key()]).build().unwrap();
    let cached = builder()
        .keys([key()])
        .cache(NonZero::new(1000).unwrap(), 1 << 22)
        .build()
        .unwrap();
    compare(
        &format!("{}, a token of {} bytes", pair.algorithm, token.len()),
        vec![
            case("the signature check alone, with a parsed key", || {
                pair.parsed
                    .verify_sig(signed.as_bytes(), &signature)
                    .unwrap();
            }),
            verify("verify", &auth, &token),
            refuse("refused", &auth, &wrong),
            verify("verify, seen before", &cached, &token),
        ],
    );
}

fn rs256() -> Pair {
    let pair = RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let der = pair.public_key().as_der().unwrap().as_ref().to_vec();
    Pair {
        algorithm: Algorithm::Rs256,
        parsed: ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &der).unwrap(),
        der,
        sign: Box::new(move |message| {
            let mut signature = vec![0; pair.public_modulus_len()];
            let random = SystemRandom::new();
            pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                .unwrap();
            signature
        }),
    }
}

fn es256() -> Pair {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let der = pair.public_key().as_der().unwrap().as_ref().to_vec();
    Pair {
        algorithm: Algorithm::Es256,
        parsed: ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &der).unwrap(),
        der,
        sign: Box::new(move |message| {
            pair.sign(&SystemRandom::new(), message)
                .unwrap()
                .as_ref()
                .to_vec()
        }),
    }
}

fn eddsa() -> Pair {
    let pair = Ed25519KeyPair::generate().unwrap();
    let der = pair.public_key().as_der().unwrap().as_ref().to_vec();
    Pair {
        algorithm: Algorithm::EdDsa,
        parsed: ParsedPublicKey::new(&ED25519, &der).unwrap(),
        der,
        sign: Box::new(move |message| pair.sign(message).as_ref().to_vec()),
    }
}
