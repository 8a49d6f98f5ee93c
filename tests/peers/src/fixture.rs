//! One token an algorithm, signed here, and what every verifier needs to check it.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair};
use aws_lc_rs::{hmac, rsa::KeySize};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The secret of the HS256 token.
pub const SECRET: &str = "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa-BENCH-ONLY";
/// The issuer of every token.
pub const ISSUER: &str = "https://login.example.org/";
/// The audience of every token.
pub const AUDIENCE: &str = "https://api.example.org";

/// The claims as a typed struct, for verifiers that deserialise into one.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: String,
    pub exp: u64,
    pub iat: u64,
    pub nbf: u64,
    pub jti: String,
    pub roles: Vec<String>,
    pub scope: String,
}

/// A signed token and its key in the forms that verifiers take.
pub struct Signed {
    /// The compact serialisation.
    pub token: String,
    /// The algorithm's name.
    pub algorithm: jsonwebtoken::Algorithm,
    /// The key for jsonwebtoken.
    pub decoding: DecodingKey,
    /// The public key as a JWK; for HS256 none.
    pub jwk: Option<String>,
    /// The raw check with a parsed key, over this token's bytes: the floor.
    pub raw: Box<dyn Fn()>,
}

impl Signed {
    /// jsonwebtoken's checks set as ours are: signature, exp, nbf, iss, aud.
    pub fn validation(&self) -> Validation {
        let mut validation = Validation::new(self.algorithm);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.validate_nbf = true;
        validation
    }
}

impl Signed {
    /// The public key as a JWK Set of one.
    pub fn jwk_set(&self) -> Option<String> {
        Some(format!("{{\"keys\":[{}]}}", self.jwk.as_ref()?))
    }
}

fn now() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

fn claims(roles: usize) -> Claims {
    let now = now();
    Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: "5f1c2a7e-81c5-4f0e-9a43-1f3c2b7d6e90".to_owned(),
        exp: now + 86_400,
        iat: now,
        nbf: now,
        jti: "b7d7a5ce01f24".to_owned(),
        roles: ["admin", "editor", "developer"]
            .into_iter()
            .map(str::to_owned)
            .chain((3..roles).map(|number| format!("role-{number:04}")))
            .take(roles)
            .collect(),
        scope: "posts:read posts:write".to_owned(),
    }
}

fn unsigned(algorithm: &str, claims: &Claims) -> String {
    let header = json!({"alg": algorithm, "typ": "JWT", "kid": "key-2026-11"});
    format!(
        "{}.{}",
        base64(header.to_string()),
        base64(serde_json::to_vec(claims).unwrap())
    )
}

/// base64url without padding (RFC 7515 section 2).
pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// HS256 with so many roles; three make a token of about 460 bytes.
pub fn hs256(roles: usize) -> Signed {
    let message = unsigned("HS256", &claims(roles));
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = hmac::sign(&key, message.as_bytes());
    let token = format!("{message}.{}", base64(tag));
    Signed {
        token,
        algorithm: jsonwebtoken::Algorithm::HS256,
        decoding: DecodingKey::from_secret(SECRET.as_bytes()),
        jwk: None,
        raw: Box::new(move || {
            hmac::verify(&key, message.as_bytes(), tag.as_ref()).unwrap();
        }),
    }
}

/// RS256 with a fresh key of 2048 bits.
pub fn rs256() -> Signed {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let message = unsigned("RS256", &claims(3));
    let mut bytes = vec![0; pair.public_modulus_len()];
    pair.sign(
        &signature::RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut bytes,
    )
    .unwrap();
    let public = pair.public_key();
    let (n, e) = (
        base64(public.modulus().big_endian_without_leading_zero()),
        base64(public.exponent().big_endian_without_leading_zero()),
    );
    let jwk =
        json!({"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "key-2026-11", "n": n, "e": e});
    let parsed =
        signature::ParsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA256, public.as_ref())
            .unwrap();
    Signed {
        token: format!("{message}.{}", base64(&bytes)),
        algorithm: jsonwebtoken::Algorithm::RS256,
        decoding: DecodingKey::from_rsa_der(public.as_ref()),
        jwk: Some(jwk.to_string()),
        raw: Box::new(move || parsed.verify_sig(message.as_bytes(), &bytes).unwrap()),
    }
}

/// ES256 with a fresh key.
pub fn es256() -> Signed {
    let pair = EcdsaKeyPair::generate(&signature::ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let message = unsigned("ES256", &claims(3));
    let bytes = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    let bytes = bytes.as_ref().to_vec();
    let point = pair.public_key().as_ref().to_vec();
    let (x, y) = (base64(&point[1..33]), base64(&point[33..]));
    let jwk =
        json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "key-2026-11", "x": x, "y": y});
    let parsed =
        signature::ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, &point).unwrap();
    Signed {
        token: format!("{message}.{}", base64(&bytes)),
        algorithm: jsonwebtoken::Algorithm::ES256,
        decoding: DecodingKey::from_ec_components(&x, &y).unwrap(),
        jwk: Some(jwk.to_string()),
        raw: Box::new(move || parsed.verify_sig(message.as_bytes(), &bytes).unwrap()),
    }
}

/// EdDSA with a fresh Ed25519 key.
pub fn eddsa() -> Signed {
    let pair = Ed25519KeyPair::generate().unwrap();
    let message = unsigned("EdDSA", &claims(3));
    let bytes = pair.sign(message.as_bytes()).as_ref().to_vec();
    let point = pair.public_key().as_ref().to_vec();
    let x = base64(&point);
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "key-2026-11", "x": x});
    let parsed = signature::ParsedPublicKey::new(&signature::ED25519, &point).unwrap();
    Signed {
        token: format!("{message}.{}", base64(&bytes)),
        algorithm: jsonwebtoken::Algorithm::EdDSA,
        decoding: DecodingKey::from_ed_components(&x).unwrap(),
        jwk: Some(jwk.to_string()),
        raw: Box::new(move || parsed.verify_sig(message.as_bytes(), &bytes).unwrap()),
    }
}
