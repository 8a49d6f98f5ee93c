//! A key pair of each algorithm of key pairs, made anew for every run.

use std::sync::LazyLock;

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::{Algorithm, Key};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
    RSA_PSS_SHA384, RSA_PSS_SHA512,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::support::{AUDIENCE, ISSUER, NOW, encode};

pub(crate) struct Signer {
    pub(crate) algorithm: Algorithm,
    pair: Pair,
}

enum Pair {
    Rsa(&'static RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

/// One RSA pair for its six algorithms: it takes long to make.
static RSA: LazyLock<RsaKeyPair> =
    LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());

pub(crate) static SIGNERS: LazyLock<Vec<Signer>> = LazyLock::new(|| {
    use Algorithm::{EdDsa, Es256, Es384, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
    [
        Rs256, Rs384, Rs512, Ps256, Ps384, Ps512, Es256, Es384, EdDsa,
    ]
    .map(Signer::new)
    .into()
});

/// The signer of an algorithm, the same for a whole run.
pub(super) fn signer(algorithm: Algorithm) -> &'static Signer {
    let mut signers = SIGNERS.iter();
    signers.find(|one| one.algorithm == algorithm).unwrap()
}

impl Signer {
    pub(super) fn new(algorithm: Algorithm) -> Self {
        let pair = match algorithm {
            Algorithm::Es256 => {
                Pair::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
            }
            Algorithm::Es384 => {
                Pair::Ec(EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap())
            }
            Algorithm::EdDsa => Pair::Ed(Ed25519KeyPair::generate().unwrap()),
            _ => Pair::Rsa(&RSA),
        };
        Self { algorithm, pair }
    }

    pub(super) fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let padding: &'static dyn aws_lc_rs::signature::RsaEncoding = match self.algorithm {
                    Algorithm::Rs256 => &RSA_PKCS1_SHA256,
                    Algorithm::Rs384 => &RSA_PKCS1_SHA384,
                    Algorithm::Rs512 => &RSA_PKCS1_SHA512,
                    Algorithm::Ps256 => &RSA_PSS_SHA256,
                    Algorithm::Ps384 => &RSA_PSS_SHA384,
                    _ => &RSA_PSS_SHA512,
                };
                pair.sign(padding, &random, message, &mut signature)
                    .unwrap();
                signature
            }
            Pair::Ec(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    /// A token with this header, `alg` set, and these claims.
    pub(crate) fn token(&self, mut header: Value, claims: &Value) -> String {
        header["alg"] = self.algorithm.name().into();
        self.sign(&header.to_string(), &claims.to_string())
    }

    pub(super) fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = encode(self.signature(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    /// SubjectPublicKeyInfo.
    pub(super) fn der(&self) -> Vec<u8> {
        match &self.pair {
            Pair::Rsa(pair) => pair.public_key().as_der().unwrap().as_ref().to_vec(),
            Pair::Ec(pair) => pair.public_key().as_der().unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.public_key().as_der().unwrap().as_ref().to_vec(),
        }
    }

    pub(super) fn pem(&self) -> String {
        pem("PUBLIC KEY", &self.der())
    }

    /// PKCS #8.
    pub(super) fn private_pem(&self) -> String {
        let der = match &self.pair {
            Pair::Rsa(pair) => AsDer::<Pkcs8V1Der<'_>>::as_der(*pair)
                .unwrap()
                .as_ref()
                .to_vec(),
            Pair::Ec(pair) => pair.to_pkcs8v1().unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.to_pkcs8v1().unwrap().as_ref().to_vec(),
        };
        pem("PRIVATE KEY", &der)
    }

    /// The modulus, a point, as raw bytes.
    pub(super) fn raw(&self) -> Vec<u8> {
        match &self.pair {
            // SEQUENCE, the algorithm, BIT STRING, SEQUENCE, INTEGER with a zero before 256 bytes.
            Pair::Rsa(_) => self.der()[33..33 + 256].to_vec(),
            Pair::Ec(pair) => pair.public_key().as_ref().to_vec(),
            Pair::Ed(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    pub(super) fn jwk(&self) -> Value {
        let raw = self.raw();
        let mut jwk = match self.algorithm {
            Algorithm::Es256 | Algorithm::Es384 => {
                let (x, y) = raw[1..].split_at(raw.len() / 2);
                let bits = x.len() * 8;
                json!({ "kty": "EC", "crv": format!("P-{bits}"), "x": encode(x), "y": encode(y) })
            }
            Algorithm::EdDsa => json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(raw) }),
            _ => json!({ "kty": "RSA", "n": encode(raw), "e": "AQAB" }),
        };
        jwk["alg"] = self.algorithm.name().into();
        jwk
    }

    /// The JWK with one member replaced, or taken away where the value is `null`.
    pub(super) fn jwk_with(&self, name: &str, value: Value) -> Value {
        let mut jwk = self.jwk();
        if value.is_null() {
            jwk.as_object_mut().unwrap().remove(name);
        } else {
            jwk[name] = value;
        }
        jwk
    }

    pub(super) fn key(&self) -> Key {
        Key::der(self.algorithm, self.der()).unwrap()
    }

    pub(crate) fn auth(&self) -> Auth {
        auth_of([self.key()])
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let lines = lines.join("\n");
    format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n")
}

pub(super) fn auth_of(keys: impl IntoIterator<Item = Key>) -> Auth {
    Auth::builder(ISSUER, [AUDIENCE])
        .keys(keys)
        .clock(clock(NOW))
        .build()
        .unwrap()
}
