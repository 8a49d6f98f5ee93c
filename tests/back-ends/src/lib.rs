//! What the tests of this tree do with our verifier and with the user's own `jsonwebtoken`.

use std::panic::catch_unwind;
use std::time::{SystemTime, UNIX_EPOCH};

use api_utils::Auth;
use api_utils::token::{Algorithm, Issuer, Key, RoleSource};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};
use sha2::Sha256;

mod user;

pub use user::install;

const ISSUER: &str = "https://id.example";
const AUDIENCE: &str = "my-api";
const SECRET: &[u8] = b"only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLM";

const HMACS: [Algorithm; 3] = [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];

fn auth(key: Key) -> Auth {
    let builder = Auth::builder(ISSUER, [AUDIENCE]);
    builder.keys([key]).build().expect("an Auth")
}

fn claims() -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let in_an_hour = now.expect("a clock").as_secs() + 3600;
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "exp": in_an_hour })
}

/// Our whole road, with shared secrets and with key pairs: right tokens pass, wrong ones do not.
pub fn assert_ours_works() {
    for algorithm in HMACS {
        let auth = auth(Key::hmac(algorithm, SECRET).expect("a key"));
        let issuer = Issuer::of(&auth).expect("an issuer");
        assert_verifies(&auth, &issuer.token("alice").mint().expect("a token").token);
    }

    let pair = Ed25519KeyPair::generate().expect("a key pair");
    let der = AsDer::as_der(pair.public_key()).expect("a public key");
    let key = Key::der(Algorithm::EdDsa, der.as_ref()).expect("a key");
    let token = signed("EdDSA", |text| pair.sign(text).as_ref().to_vec());
    assert_verifies(&auth(key), &token);

    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key pair");
    let der = AsDer::as_der(pair.public_key()).expect("a public key");
    let key = Key::der(Algorithm::Es256, der.as_ref()).expect("a key");
    let token = signed("ES256", |text| {
        let signature = pair.sign(&SystemRandom::new(), text);
        signature.expect("a signature").as_ref().to_vec()
    });
    assert_verifies(&auth(key), &token);
}

fn signed(algorithm: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let header = json!({ "alg": algorithm }).to_string();
    let text = format!(
        "{}.{}",
        encode(header.as_bytes()),
        encode(claims().to_string().as_bytes())
    );
    let signature = encode(&sign(text.as_bytes()));
    format!("{text}.{signature}")
}

fn assert_verifies(auth: &Auth, token: &str) {
    assert_eq!(
        auth.verify(token).expect("a right token").subject(),
        "alice"
    );
    let (text, signature) = token.rsplit_once('.').expect("three segments");
    assert!(
        auth.verify(&format!("{text}.{}", "A".repeat(signature.len())))
            .is_err()
    );
}

/// What the user's own `encode` and `decode` do where nobody installed a provider.
pub fn assert_theirs_finds_no_provider() {
    let token = "eyJhbGciOiJIUzI1NiJ9.e30.AAAA";
    for panic in [
        catch_unwind(|| drop(encode(&claims()))),
        catch_unwind(|| drop(decode(token))),
    ] {
        let panic = panic.expect_err("no provider").downcast::<String>();
        let text = *panic.expect("a text");
        assert!(text.contains("Could not automatically determine"), "{text}");
    }
}

/// The user's own `encode` and `decode`, with the provider that they installed, and ours with theirs.
pub fn assert_theirs_works() {
    let token = encode(&claims()).expect("a token");
    assert_eq!(decode(&token).expect("a right token")["sub"], "alice");

    let auth = auth(Key::hmac(Algorithm::Hs256, SECRET).expect("a key"));
    assert_verifies(&auth, &token);
    let issuer = Issuer::of(&auth).expect("an issuer");
    let minted = issuer.token("alice").mint().expect("a token");
    assert_eq!(
        decode(&minted.token).expect("a right token")["sub"],
        "alice"
    );
    assert!(decode(&format!("{}A", minted.token)).is_err());
}

fn encode(claims: &Value) -> jsonwebtoken::errors::Result<String> {
    jsonwebtoken::encode(
        &Header::default(),
        claims,
        &EncodingKey::from_secret(SECRET),
    )
}

fn decode(token: &str) -> jsonwebtoken::errors::Result<Value> {
    let mut validation = Validation::default();
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    let key = DecodingKey::from_secret(SECRET);
    jsonwebtoken::decode(token, &key, &validation).map(|token| token.claims)
}

/// The class of the reason why a token of ours is refused that says this as well, its roles in
/// `realm.roles` or in `roles`; nothing where it is accepted.
#[must_use]
pub fn answer(more: &str) -> &'static str {
    let roles = RoleSource::at(["realm", "roles"]).and(RoleSource::at(["roles"]));
    let builder = Auth::builder(ISSUER, [AUDIENCE]).hmac(Algorithm::Hs256, SECRET);
    let auth = builder.roles(roles).build().expect("an Auth");
    let exp = claims()["exp"].to_string();
    let claims = format!(
        r#"{{"iss":"{ISSUER}","aud":"{AUDIENCE}","sub":"alice",{}}}"#,
        more.replace("EXP", &exp)
    );
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#);
    let text = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims));
    let mac = Hmac::<Sha256>::new_from_slice(SECRET).expect("any length");
    let mac = mac.chain_update(&text).finalize().into_bytes();
    let token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac));
    auth.verify(&token)
        .err()
        .map_or("", |error| error.reason().class())
}
