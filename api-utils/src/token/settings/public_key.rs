//! The text of a public key, or of several, as `JWT_PUBLIC_KEY` gives it.

use std::fmt;

use serde_json::Value as Json;

use crate::config::{FromValue, ItemValue, Refusal, Value};
use crate::secret::key_file;
use crate::token::key::is_private;

/// Public keys, told from private ones before anybody keeps them.
pub(super) enum PublicKeyText {
    Pem(String),
    Jwk(String),
    JwkSet(String),
}

impl FromValue for PublicKeyText {
    const EXPECTED: &'static str = "a public key in PEM, a JSON Web Key or a JSON Web Key Set";

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let text = value.as_text().ok_or_else(Refusal::unexpected)?.trim();
        if text.contains("-----BEGIN ") {
            return pem(text).map(Self::Pem);
        }
        if key_file::is_der_in_base64(text) {
            return Err(Refusal::because(
                "is a key without the lines of PEM around it: `-----BEGIN PUBLIC KEY-----` before, \
                 `-----END PUBLIC KEY-----` behind",
            ));
        }
        let json: Json = serde_json::from_str(text).map_err(|_| Refusal::unexpected())?;
        match json.get("keys").and_then(Json::as_array) {
            Some(keys) if keys.iter().any(is_secret) => Err(private()),
            Some(keys) if !keys.is_empty() => Ok(Self::JwkSet(text.to_owned())),
            Some(_) => Err(Refusal::because("is a set without a key")),
            None if is_secret(&json) => Err(private()),
            None => match json.get("kty").and_then(Json::as_str) {
                Some("RSA" | "EC" | "OKP") => Ok(Self::Jwk(text.to_owned())),
                _ => Err(Refusal::unexpected()),
            },
        }
    }

    /// Its form: the numbers of a key say nothing to people.
    fn show(&self) -> ItemValue {
        self.form().into()
    }
}

/// What cannot be read here is not shown either: who knows what it is.
impl fmt::Debug for PublicKeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.form())
    }
}

impl PublicKeyText {
    const fn form(&self) -> &'static str {
        match self {
            Self::Pem(_) => "a key in PEM",
            Self::Jwk(_) => "a JSON Web Key",
            Self::JwkSet(_) => "a JSON Web Key Set",
        }
    }
}

/// One public key. A variable of a container has its line breaks as `\n` more often than not, and
/// no PEM has a backslash of its own.
fn pem(text: &str) -> Result<String, Refusal> {
    if text.contains("PRIVATE KEY-----") {
        return Err(private());
    }
    if text.contains("-----BEGIN CERTIFICATE-----") {
        return Err(Refusal::because(
            "is a certificate; its key is what `openssl x509 -pubkey -noout` prints",
        ));
    }
    if text.contains("-----BEGIN RSA PUBLIC KEY-----") {
        return Err(Refusal::because(
            "is a key as PKCS #1 has it; `openssl rsa -RSAPublicKey_in -pubout` prints it as a \
             `PUBLIC KEY`",
        ));
    }
    if !text.contains("-----BEGIN PUBLIC KEY-----") {
        return Err(Refusal::unexpected());
    }
    Ok(text.replace("\\r", "").replace("\\n", "\n"))
}

/// A private key, or a shared secret (RFC 7518 section 6.4).
fn is_secret(jwk: &Json) -> bool {
    is_private(jwk) || jwk.get("k").is_some_and(|value| !value.is_null())
}

fn private() -> Refusal {
    Refusal::because("is a private key or a shared secret, which only its owner may have")
}
