//! Keys of another kind than a secret for HMAC: with a public one, whoever reads it could sign
//! (CVE-2022-29217 and its kin), and a private one belongs to its owner only.

use super::either_base64;

/// A PEM block, an SSH key, a JSON Web Key, or a set of them; or the body of the first two alone,
/// as a provider's page shows it.
pub(crate) fn is_text(trimmed: &str) -> bool {
    const SSH: [&str; 4] = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"];
    // The length of one of these names, and its beginning.
    const SSH_BODY: [&str; 5] = [
        "AAAAB3NzaC1",
        "AAAAC3NzaC1",
        "AAAAE2VjZHNh",
        "AAAAGnNrLXNz",
        "AAAAInNrLWVj",
    ];
    let is_json = |open, close| {
        trimmed.starts_with(open) && trimmed.ends_with(close) && trimmed.contains('"')
    };
    trimmed.contains("-----BEGIN ")
        || trimmed.contains("---- BEGIN SSH")
        || SSH
            .iter()
            .any(|kind| trimmed.starts_with(kind) && trimmed.contains(" AAAA"))
        || SSH_BODY.iter().any(|body| trimmed.starts_with(body))
        || is_json('{', '}')
        || is_json('[', ']')
        || is_der_in_base64(trimmed)
}

/// The same of a key's bytes.
pub(crate) fn is_key(bytes: &[u8]) -> bool {
    is_der(bytes)
        || str::from_utf8(bytes)
            .is_ok_and(|text| is_text(text.trim_start_matches('\u{feff}').trim()))
}

pub(crate) fn is_der_in_base64(text: &str) -> bool {
    // What begins like an element of DER, with a length of one byte or more.
    if !text.starts_with('M') {
        return false;
    }
    let body = zeroize::Zeroizing::new(text.split_whitespace().collect::<String>());
    either_base64::decode(&body).is_some_and(|bytes| is_der(&bytes))
}

/// One SEQUENCE and nothing behind it, which begins like a public key (RFC 5280 section 4.1), a
/// private one (RFC 5958, RFC 8017 appendix A.1), or a certificate. A random key is taken for one
/// once in 10^8.
fn is_der(bytes: &[u8]) -> bool {
    let content = match bytes {
        [0x30, length @ 0..=0x7f, rest @ ..] if usize::from(*length) == rest.len() => rest,
        [0x30, 0x81, length, rest @ ..] if usize::from(*length) == rest.len() => rest,
        [0x30, 0x82, high, low, rest @ ..]
            if usize::from(u16::from_be_bytes([*high, *low])) == rest.len() =>
        {
            rest
        }
        _ => return false,
    };
    matches!(
        content,
        // An algorithm; a version; a modulus; what a certificate signs.
        [0x30, _, 0x06, ..]
            | [0x02, 0x01, 0 | 1, ..]
            | [0x02, 0x81 | 0x82, ..]
            | [0x30, 0x81 | 0x82, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::{is_key, is_text};

    const CUT: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A";
    const ED25519: &str = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    const P256: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\n\
        q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==";

    #[test]
    fn keys_of_another_kind() {
        for key in [
            "-----BEGIN PUBLIC KEY-----\nMII=\n",
            "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@host",
            "AAAAC3NzaC1lZDI1NTE5AAAAIJ0000000000000000000000000000000000000000000",
            r#"{"kty":"EC","crv":"P-256"}"#,
            r#"[{"kty":"EC","crv":"P-256"}]"#,
            ED25519,
            P256,
        ] {
            assert!(is_text(key) && is_key(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn secrets() {
        for secret in [
            "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa-TEST-ONLY",
            "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZg==",
            "Mk7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa",
            "[k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa]",
            CUT,
        ] {
            assert!(!is_text(secret) && !is_key(secret.as_bytes()), "{secret}");
        }
    }
}
