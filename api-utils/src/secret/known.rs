//! Secrets that are no secrets: placeholders, samples from documentation, phrases.

use sha2::{Digest as _, Sha256};

use super::either_base64;

/// Secrets of well-known documentation and tutorials that are long enough to pass for good ones,
/// and the ones that most code bases were started with.
const PUBLISHED: [&str; 15] = [
    // jwt.io
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "a-string-secret-at-least-256-bits-long",
    "a-valid-string-secret-that-is-at-least-384-bits-long",
    "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
    // RFC 7515 appendix A.1
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    // RFC 7520 section 3.5
    "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
    // FastAPI's tutorial
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
    // tutorials on Spring Security
    "404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970",
    "413F4428472B4B6250655368566D5970337336763979244226452948404D6351",
    "======================BezKoder=Spring===========================",
    // Flask's documentation
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    // the attack cases of many a scanner
    "secretkey",
    "supersecret",
];

/// What a placeholder has in it, written without its punctuation and in lower case.
const PLACEHOLDERS: [&str; 17] = [
    "changeme",
    "changethis",
    "changeit",
    "pleasechange",
    "replaceme",
    "replacethis",
    "replacewith",
    "insertsecret",
    "insertyour",
    "enteryour",
    "setyour",
    "yoursecret",
    "yourjwtsecret",
    "yoursupersecret",
    "yourkeyhere",
    "secrethere",
    "placeholder",
];

/// The first 8 bytes of the SHA-256 of the secrets of 32 bytes and more that stand in a public
/// list (wallarm/jwt-secrets, MIT), sorted. A random secret is taken for one of these once in
/// 10^16.
const PUBLISHED_HASHES: &[u8] = include_bytes!("published.bin");

pub(crate) fn is_published(secret: &str) -> bool {
    if PUBLISHED.contains(&secret) {
        return true;
    }
    let digest = Sha256::digest(secret.as_bytes());
    let (hashes, _) = PUBLISHED_HASHES.as_chunks::<8>();
    digest
        .first_chunk::<8>()
        .is_some_and(|start| hashes.binary_search(start).is_ok())
}

/// The same of a key's bytes, however base64 spells them.
pub(crate) fn is_published_key(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(is_published)
        || PUBLISHED
            .iter()
            .any(|text| either_base64::decode(text).is_some_and(|key| *key == bytes))
}

/// What we, or the types of secrets, show in the place of a secret: a dump that was fed back.
pub(crate) fn is_mask(secret: &str) -> bool {
    let text = secret.trim();
    text == super::MASK || text.contains("[REDACTED]")
}

/// Template syntax that nothing filled in, a text in angle brackets, or "change me" in any of its
/// spellings.
pub(crate) fn is_placeholder(secret: &str) -> bool {
    if ["${", "{{", "$(", "<%"]
        .iter()
        .any(|open| secret.contains(open))
    {
        return true;
    }
    if secret.starts_with('<') && secret.ends_with('>') {
        return true;
    }
    // A plain `String` for a secret's text: wiped below, like every copy of ours.
    let plain = zeroize::Zeroizing::new(normalized(secret));
    PLACEHOLDERS.iter().any(|word| plain.contains(word))
}

/// Three words and more of nothing but letters.
pub(crate) fn is_phrase(secret: &str) -> bool {
    let words = secret.split_whitespace();
    words.clone().count() >= 3
        && words
            .into_iter()
            .all(|word| word.chars().all(char::is_alphabetic))
}

/// Letters and digits only, in lower case, in one allocation of the final size.
fn normalized(secret: &str) -> String {
    let mut plain = String::with_capacity(secret.len());
    plain.extend(
        secret
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase()),
    );
    plain
}
