//! How a secret is recognised in a text.

use std::collections::HashSet;

use base64::Engine as _;

/// None of their eight bytes in a row stands in a text of ours.
pub(super) const SHAPES: [&str; 18] = [
    "hunter2canary0815",
    "9182736455463728",
    "0012345678901",
    "1e57351914",
    "q\"u\\o'te-canary-7351",
    "line1-canary-4711\nline2-canary-1174",
    "pässwörd-cänary-🔑-0815",
    "p@ss:w/rd?canary#42=%40%2F",
    "postgres://app:hunter2canary@db:5432/x?y=z",
    "comma,canary-5566,comma",
    "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3SaKANARI",
    "{\"k\":\"canary-8844\"}",
    "x = \"canary-9911\"",
    "  spaced canary 0815  ",
    "-----BEGIN PRIVATE KEY-----\nMC4CANARYBQYDK2VwBCIEI\n-----END PRIVATE KEY-----\n",
    "c2VjcmV0LWNhbmFyeS0xMTc0LXdpdGgtcGFkZGluZw==",
    "f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f\
     f0e1d2c3b4a5968778695a4b3c2d1e0f",
    "${CANARY_OF_THE_VAULT_4242}",
];

/// Every eight bytes of the secret, of its base64, of its hex, of its percent-decoded form.
pub(super) struct Canary {
    windows: HashSet<Vec<u8>>,
}

impl Canary {
    pub(super) fn of(secret: &str) -> Self {
        let bytes = secret.as_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
        let forms = [
            bytes.to_vec(),
            percent_decoded(bytes),
            base64.trim_end_matches('=').as_bytes().to_vec(),
            base64
                .replace('+', "-")
                .replace('/', "_")
                .trim_end_matches('=')
                .as_bytes()
                .to_vec(),
            percent_encoded(bytes),
            hex.to_uppercase().into_bytes(),
            hex.into_bytes(),
            secret.escape_debug().to_string().into_bytes(),
            serde_json::to_string(secret).unwrap().into_bytes(),
            secret.trim().to_uppercase().into_bytes(),
        ];
        let windows = forms.iter().flat_map(|form| form.windows(8));
        Self {
            windows: windows.map(<[u8]>::to_vec).collect(),
        }
    }

    pub(super) fn leak(&self, output: &str) -> Option<String> {
        let mut windows = output.as_bytes().windows(8);
        let found = windows.find(|window| self.windows.contains(*window))?;
        Some(String::from_utf8_lossy(found).into_owned())
    }
}

fn percent_encoded(bytes: &[u8]) -> Vec<u8> {
    let encoded: String = bytes
        .iter()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    encoded.into_bytes()
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = bytes;
    while let [first, others @ ..] = rest {
        let hex = std::str::from_utf8(others.get(..2).unwrap_or_default()).unwrap_or_default();
        match u8::from_str_radix(hex, 16) {
            Ok(byte) if *first == b'%' => {
                decoded.push(byte);
                rest = &others[2..];
            }
            _ => {
                decoded.push(*first);
                rest = others;
            }
        }
    }
    decoded
}
