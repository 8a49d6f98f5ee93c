//! The secrets, and the search for them: as they are, encoded, and any eight bytes of them.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// None of their eight bytes in a row stands in a text of ours.
pub(super) const SHAPES: [&str; 14] = [
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
];

/// Every eight bytes of the secret, of its base64, its hex, and its escaped and unescaped forms.
pub(super) struct Canary {
    windows: HashSet<[u8; 8]>,
}

impl Canary {
    pub(super) fn of(secret: &str) -> Self {
        let bytes = secret.as_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let base64 = STANDARD.encode(bytes);
        let forms = [
            bytes.to_vec(),
            percent_decoded(bytes),
            base64.trim_end_matches('=').as_bytes().to_vec(),
            URL_SAFE_NO_PAD.encode(bytes).into_bytes(),
            percent_encoded(bytes),
            hex.to_uppercase().into_bytes(),
            hex.into_bytes(),
            secret.escape_debug().to_string().into_bytes(),
            serde_json::to_string(secret).unwrap().into_bytes(),
            secret.trim().to_uppercase().into_bytes(),
        ];
        let windows = forms.iter().flat_map(|form| form.windows(8));
        Self {
            windows: windows.filter_map(|one| one.try_into().ok()).collect(),
        }
    }

    pub(super) fn leak(&self, output: &str) -> Option<String> {
        let mut windows = output.as_bytes().windows(8);
        let found = windows.find(|window| self.windows.contains(*window))?;
        Some(String::from_utf8_lossy(found).into_owned())
    }
}

fn percent_encoded(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|byte| match byte {
            plain if plain.is_ascii_alphanumeric() => vec![*plain],
            other => format!("%{other:02X}").into_bytes(),
        })
        .collect()
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

#[test]
fn every_form_and_every_eight_bytes_of_a_secret_are_found() {
    for secret in SHAPES {
        let canary = Canary::of(secret);
        let bytes = secret.as_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        for form in [
            secret.to_owned(),
            STANDARD.encode(secret),
            URL_SAFE_NO_PAD.encode(secret),
            hex.to_uppercase(),
            hex,
            String::from_utf8(percent_encoded(bytes)).unwrap(),
            String::from_utf8_lossy(&percent_decoded(bytes)).into_owned(),
            format!("{secret:?}"),
            serde_json::to_string(secret).unwrap(),
        ] {
            assert!(canary.leak(&format!("it was <{form}>")).is_some(), "{form}");
        }
        for window in bytes.windows(8) {
            // Half a letter cannot be in a text.
            if let Ok(window) = std::str::from_utf8(window) {
                assert!(canary.leak(&format!("<{window}>")).is_some(), "{window}");
            }
        }
        assert_eq!(
            canary.leak("PASSWORD is not set, and `secret` stands for it"),
            None
        );
    }
}
