//! The one structure of DER that is read here: a SubjectPublicKeyInfo (RFC 5280 section 4.1, with
//! RFC 3279 section 2.3 for RSA and EC, RFC 8410 section 4 for Ed25519).

use super::KeyFault;
use super::public::Numbers;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const NULL: u8 = 0x05;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// 1.2.840.113549.1.1.1
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.2.840.10045.2.1
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// 1.2.840.10045.3.1.7
const SECP256R1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// 1.3.132.0.34
const SECP384R1: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
/// 1.3.101.112
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// The numbers of the key in a SubjectPublicKeyInfo, with nothing before or after.
pub(super) fn subject_public_key_info(der: &[u8]) -> Result<Numbers<'_>, KeyFault> {
    let whole = Reader(der).only(SEQUENCE)?;
    let mut parts = Reader(whole);
    let mut algorithm = Reader(parts.next(SEQUENCE)?);
    let key = match parts.only(BIT_STRING)?.split_first() {
        Some((0, key)) => key,
        _ => return Err(KeyFault::NotDer),
    };
    match algorithm.next(OBJECT_IDENTIFIER)? {
        RSA_ENCRYPTION => {
            if !algorithm.only(NULL)?.is_empty() {
                return Err(KeyFault::NotDer);
            }
            let mut numbers = Reader(Reader(key).only(SEQUENCE)?);
            Ok(Numbers::Rsa {
                modulus: positive(numbers.next(INTEGER)?)?,
                exponent: positive(numbers.only(INTEGER)?)?,
            })
        }
        EC_PUBLIC_KEY => match algorithm.only(OBJECT_IDENTIFIER)? {
            SECP256R1 => Ok(Numbers::P256 { point: key }),
            SECP384R1 => Ok(Numbers::P384 { point: key }),
            _ => Err(KeyFault::Unsupported),
        },
        ED25519 if algorithm.0.is_empty() => Ok(Numbers::Ed25519 { point: key }),
        _ => Err(KeyFault::Unsupported),
    }
}

/// An INTEGER above zero in its one spelling: a zero byte stands before it where the number would be
/// negative without, and nowhere else (X.690 section 8.3).
fn positive(integer: &[u8]) -> Result<&[u8], KeyFault> {
    match integer {
        [0, number @ ..] if number.first() >= Some(&0x80) => Ok(number),
        [1..=0x7f, ..] => Ok(integer),
        _ => Err(KeyFault::NotDer),
    }
}

/// What is left to read.
struct Reader<'d>(&'d [u8]);

impl<'d> Reader<'d> {
    /// The content of the next element, which has to have this tag.
    fn next(&mut self, tag: u8) -> Result<&'d [u8], KeyFault> {
        let (content, rest) = element(self.0, tag).ok_or(KeyFault::NotDer)?;
        self.0 = rest;
        Ok(content)
    }

    /// The same, where it has to be the last.
    fn only(&mut self, tag: u8) -> Result<&'d [u8], KeyFault> {
        let content = self.next(tag)?;
        if self.0.is_empty() {
            Ok(content)
        } else {
            Err(KeyFault::NotDer)
        }
    }
}

fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = if *first < 0x80 {
        (usize::from(*first), rest)
    } else {
        // At most two bytes: no key that is accepted takes more.
        let count = usize::from(first & 0x7f);
        let (bytes, rest) = rest.split_at_checked(count)?;
        let length = match bytes {
            [one] if *one >= 0x80 => usize::from(*one),
            [high, low] if *high > 0 => usize::from(u16::from_be_bytes([*high, *low])),
            _ => return None,
        };
        (length, rest)
    };
    (*found == tag).then(|| rest.split_at_checked(length))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_one_spelling() {
        let long = [&[0x02, 0x81, 0x80][..], &[7; 0x80]].concat();
        assert_eq!(element(&long, INTEGER), Some((&[7; 0x80][..], &[][..])));
        assert_eq!(element(&[2, 1, 9, 5], INTEGER), Some((&[9][..], &[5][..])));
        for bad in [
            &[][..],
            &[2],
            &[2, 1],
            &[3, 1, 9],
            &[2, 0x81, 1, 9],
            &[2, 0x82, 0, 1, 9],
            &[2, 0x80, 9, 0, 0],
            &[2, 0xff, 9],
        ] {
            assert_eq!(element(bad, INTEGER), None, "{bad:?}");
        }
    }

    #[test]
    fn numbers_have_one_spelling() {
        for (integer, expected) in [
            (&[0, 0x80][..], Ok(&[0x80][..])),
            (&[1, 0, 1], Ok(&[1, 0, 1])),
            (&[0x7f], Ok(&[0x7f])),
            (&[0x80], Err(KeyFault::NotDer)),
            (&[0x81, 0], Err(KeyFault::NotDer)),
            (&[0, 0x7f], Err(KeyFault::NotDer)),
            (&[0, 0, 0x80], Err(KeyFault::NotDer)),
            (&[0], Err(KeyFault::NotDer)),
            (&[], Err(KeyFault::NotDer)),
        ] {
            assert_eq!(positive(integer), expected, "{integer:?}");
        }
    }

    #[test]
    fn cut_anywhere_it_is_no_key() {
        let mut der = vec![
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ];
        der.extend([9; 32]);
        assert!(subject_public_key_info(&der).is_ok());
        for end in 0..der.len() {
            assert!(subject_public_key_info(&der[..end]).is_err(), "{end}");
        }
        der.push(0);
        assert!(subject_public_key_info(&der).is_err());
    }
}
