//! An `Auth` with a known secret and a standing clock, and tokens of any shape signed for it.

use api_utils::Auth;
use api_utils::testing::{TestClock, clock};
use api_utils::token::{Algorithm, Reason};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};

pub(super) const NOW: u64 = 1_767_225_600;
pub(super) const ISSUER: &str = "https://id.example";
pub(super) const AUDIENCE: &str = "my-api";
/// Long enough for all three algorithms.
pub(super) const SECRET: &[u8] =
    b"only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLM";

pub(super) const HMACS: [Algorithm; 3] = [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];

pub(super) fn auth() -> Auth {
    auth_at(&clock(NOW))
}

pub(super) fn auth_at(clock: &TestClock) -> Auth {
    Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .clock(clock)
        .build()
        .unwrap()
}

/// Claims that are accepted at `NOW`.
pub(crate) fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "exp": NOW + 300, "iat": NOW - 10,
        "nbf": NOW - 10, "jti": "id-1", "roles": ["user", "admin"], "scope": "read write",
    })
}

/// The claims with one replaced, or taken away where the value is `None`.
pub(super) fn claims_with(name: &str, value: Option<Value>) -> Value {
    let mut claims = claims();
    let members = claims.as_object_mut().unwrap();
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.remove(name)),
    }
    claims
}

pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Signs any header and payload, bytes as they are, with an implementation that is not ours.
pub(super) fn sign_bytes(
    algorithm: Algorithm,
    secret: &[u8],
    header: &[u8],
    payload: &[u8],
) -> String {
    sign_text(
        algorithm,
        secret,
        &format!("{}.{}", encode(header), encode(payload)),
    )
}

/// Appends the signature of a text.
pub(super) fn sign_text(algorithm: Algorithm, secret: &[u8], text: &str) -> String {
    macro_rules! mac {
        ($hash:ty) => {
            Hmac::<$hash>::new_from_slice(secret)
                .unwrap()
                .chain_update(text.as_bytes())
                .finalize()
                .into_bytes()
                .to_vec()
        };
    }
    let mac = match algorithm {
        Algorithm::Hs256 => mac!(Sha256),
        Algorithm::Hs384 => mac!(Sha384),
        Algorithm::Hs512 => mac!(Sha512),
        other => panic!("no HMAC: {other}"),
    };
    format!("{text}.{}", encode(mac))
}

/// A token that says `claims`, signed for [`auth`].
pub(super) fn token(claims: &Value) -> String {
    token_of_text(&claims.to_string())
}

/// The same for claims that are no JSON, or JSON in an odd spelling.
pub(super) fn token_of_text(claims: &str) -> String {
    sign_bytes(
        Algorithm::Hs256,
        SECRET,
        br#"{"alg":"HS256","typ":"JWT"}"#,
        claims.as_bytes(),
    )
}

/// The reason why [`auth`] refuses a token; `None` where it accepts.
pub(super) fn reason(token: &str) -> Option<Reason> {
    auth().verify(token).err().map(|error| error.reason())
}
