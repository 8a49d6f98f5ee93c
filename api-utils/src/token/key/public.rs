//! Public keys, checked and parsed once, through aws-lc-rs.

use std::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents, VerificationAlgorithm,
};

use super::KeyFault;
use crate::token::Algorithm;

/// The numbers of a public key, wherever they came from.
#[derive(Clone, Copy)]
pub(super) enum Numbers<'k> {
    Rsa {
        modulus: &'k [u8],
        exponent: &'k [u8],
    },
    /// Uncompressed, as SEC 1 section 2.3.3 writes it.
    P256 {
        point: &'k [u8],
    },
    P384 {
        point: &'k [u8],
    },
    Ed25519 {
        point: &'k [u8],
    },
}

/// Verifies signatures of one algorithm.
#[derive(Clone)]
pub(in crate::token) struct PublicKey {
    algorithm: Algorithm,
    key: ParsedPublicKey,
}

impl PublicKey {
    /// A key for `algorithm`, or for the usual one of its kind where none is said (RS256 for RSA).
    pub(super) fn new(
        algorithm: Option<Algorithm>,
        numbers: Numbers<'_>,
    ) -> Result<Self, KeyFault> {
        let algorithm = algorithm.unwrap_or(match numbers {
            Numbers::Rsa { .. } => Algorithm::Rs256,
            Numbers::P256 { .. } => Algorithm::Es256,
            Numbers::P384 { .. } => Algorithm::Es384,
            Numbers::Ed25519 { .. } => Algorithm::EdDsa,
        });
        let key = match numbers {
            Numbers::Rsa { modulus, exponent } => {
                rsa(rsa_parameters(algorithm)?, modulus, exponent)?
            }
            Numbers::P256 { point } if algorithm == Algorithm::Es256 => {
                on_curve(&ECDSA_P256_SHA256_FIXED, point, 65)?
            }
            Numbers::P384 { point } if algorithm == Algorithm::Es384 => {
                on_curve(&ECDSA_P384_SHA384_FIXED, point, 97)?
            }
            Numbers::Ed25519 { point } if algorithm == Algorithm::EdDsa => {
                if is_of_small_order(point) {
                    return Err(KeyFault::Point);
                }
                on_curve(&ED25519, point, 32)?
            }
            _ => return Err(KeyFault::OtherAlgorithm),
        };
        Ok(Self { algorithm, key })
    }

    pub(super) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify_sig(message, signature).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.algorithm)
    }
}

fn rsa_parameters(algorithm: Algorithm) -> Result<&'static RsaParameters, KeyFault> {
    Ok(match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &RSA_PSS_2048_8192_SHA512,
        _ => return Err(KeyFault::OtherAlgorithm),
    })
}

fn rsa(
    parameters: &'static RsaParameters,
    modulus: &[u8],
    exponent: &[u8],
) -> Result<ParsedPublicKey, KeyFault> {
    let (n, e) = (without_zeros(modulus), without_zeros(exponent));
    if !(2048..=8192).contains(&bits(n)) || !is_odd(n) {
        return Err(KeyFault::Modulus);
    }
    if !(2..=33).contains(&bits(e)) || !is_odd(e) {
        return Err(KeyFault::Exponent);
    }
    RsaPublicKeyComponents { n, e }
        .to_parsed_public_key(parameters)
        .map_err(|_| KeyFault::Modulus)
}

fn on_curve(
    algorithm: &'static dyn VerificationAlgorithm,
    point: &[u8],
    length: usize,
) -> Result<ParsedPublicKey, KeyFault> {
    if point.len() != length {
        return Err(KeyFault::Point);
    }
    ParsedPublicKey::new(algorithm, point).map_err(|_| KeyFault::Point)
}

/// Some write a number with zeros before it, which change nothing.
fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

fn bits(number: &[u8]) -> usize {
    let leading = number.first().map_or(0, |byte| byte.leading_zeros());
    number
        .len()
        .saturating_mul(8)
        .saturating_sub(usize::try_from(leading).unwrap_or_default())
}

fn is_odd(number: &[u8]) -> bool {
    number.last().is_some_and(|byte| byte & 1 == 1)
}

/// The encodings of the points of order 1, 2, 4 and 8, sign bit aside: everybody can sign for
/// such a key (RFC 8032 section 5.1.7 leaves them to the caller).
fn is_of_small_order(point: &[u8]) -> bool {
    const fn near_the_prime(low: u8) -> [u8; 32] {
        let mut bytes = [0xff; 32];
        bytes[0] = low;
        bytes[31] = 0x7f;
        bytes
    }
    const fn small(low: u8) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[0] = low;
        bytes
    }
    const POINTS: [[u8; 32]; 7] = [
        small(0),
        small(1),
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
        near_the_prime(0xec),
        near_the_prime(0xed),
        near_the_prime(0xee),
    ];
    let Some((last, rest)) = point.split_last() else {
        return true;
    };
    POINTS.iter().any(|small| {
        small
            .split_last()
            .is_some_and(|(end, start)| start == rest && *end == last & 0x7f)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers() {
        assert_eq!(without_zeros(&[0, 0, 1, 0]), [1, 0]);
        assert_eq!(bits(&[1, 0]), 9);
        assert_eq!(bits(&[]), 0);
        assert!(is_odd(&[2, 1]) && !is_odd(&[1, 2]) && !is_odd(&[]));
    }

    #[test]
    fn a_sign_hides_no_small_point() {
        let mut one = [0; 32];
        one[0] = 1;
        assert!(is_of_small_order(&one));
        one[31] = 0x80;
        assert!(is_of_small_order(&one));
        assert!(is_of_small_order(&[]));
        one[7] = 1;
        assert!(!is_of_small_order(&one));
    }
}
