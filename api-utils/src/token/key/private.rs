//! What tells a private JSON Web Key from a public one.

use serde_json::Value;

/// Members that only a private key has (RFC 7518 sections 6.2.2 and 6.3.2, RFC 8037 section 2; an
/// AKP key's is `priv`). One that is `null` is not there.
pub(in crate::token) fn is_private(jwk: &Value) -> bool {
    ["d", "p", "q", "dp", "dq", "qi", "oth", "priv"]
        .iter()
        .any(|member| jwk.get(member).is_some_and(|value| !value.is_null()))
}
