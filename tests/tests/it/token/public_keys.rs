//! Public keys: every algorithm, from every encoding, and those that are no keys.

use api_utils::token::{Algorithm, AuthError, JwkSet, Key, KeyFault, Reason};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::signers::{SIGNERS, Signer, auth_of, signer};
use super::support::{SECRET, claims, encode, sign_text};

fn refused(keys: impl IntoIterator<Item = Key>, token: &str) -> Option<Reason> {
    auth_of(keys)
        .verify(token)
        .err()
        .map(|error| error.reason())
}

#[test]
fn every_encoding_of_a_key_verifies_its_tokens() {
    for signer in SIGNERS.iter() {
        let token = signer.token(json!({ "typ": "at+jwt" }), &claims());
        let algorithm = signer.algorithm;
        let crlf = signer.pem().replace('\n', "\r\n");
        let set = json!({ "keys": [signer.jwk()] }).to_string();
        for key in [
            Key::pem(algorithm, signer.pem()).unwrap(),
            Key::pem(algorithm, crlf).unwrap(),
            Key::der(algorithm, signer.der()).unwrap(),
            Key::jwk(signer.jwk().to_string()).unwrap(),
            JwkSet::parse(set).unwrap().into_iter().next().unwrap(),
        ] {
            assert_eq!(key.algorithm(), algorithm);
            assert_eq!(refused([key], &token), None, "{algorithm}");
        }
        let other = Signer::new(match algorithm {
            Algorithm::Es256 | Algorithm::Es384 | Algorithm::EdDsa => algorithm,
            _ => continue,
        });
        assert_eq!(
            refused([other.key()], &token),
            Some(Reason::SignatureMismatch)
        );
    }
}

/// A key serves exactly one algorithm, whatever else it could check (RFC 8725 section 3.1).
#[test]
fn a_key_serves_one_algorithm() {
    for signer in SIGNERS.iter() {
        let auth = signer.auth();
        for other in SIGNERS.iter() {
            // Both by the other's algorithm, and by its name alone.
            for token in [
                other.token(json!({}), &claims()),
                signer.sign(&format!(r#"{{"alg":"{}"}}"#, other.algorithm), "{}"),
            ] {
                let refused = auth.verify(&token).err().map(|error| error.reason());
                if other.algorithm != signer.algorithm {
                    let expected = Some(Reason::AlgorithmRefused);
                    assert_eq!(
                        refused, expected,
                        "{} {}",
                        signer.algorithm, other.algorithm
                    );
                }
            }
        }
        let wrong = Key::der(
            if signer.algorithm == Algorithm::EdDsa {
                Algorithm::Es256
            } else {
                Algorithm::EdDsa
            },
            signer.der(),
        );
        let expected = AuthError::Key(KeyFault::OtherAlgorithm);
        assert_eq!(wrong.unwrap_err(), expected);
        let hmac = Key::der(Algorithm::Hs256, signer.der());
        assert_eq!(hmac.unwrap_err(), expected);
    }
}

/// CVE-2026-22817, CVE-2016-5431 and their class: what is public is no secret to sign with.
#[test]
fn a_public_key_is_no_shared_secret() {
    for algorithm in [Algorithm::Rs256, Algorithm::Es256, Algorithm::EdDsa] {
        let signer = signer(algorithm);
        let pem = signer.pem();
        let jwk = signer.jwk_with("alg", Value::Null);
        let secrets = [
            pem.clone().into_bytes(),
            pem.replace('\n', "\r\n").into_bytes(),
            pem.trim_end().as_bytes().to_vec(),
            signer.der(),
            signer.raw(),
            jwk.to_string().into_bytes(),
            encode(signer.raw()).into_bytes(),
        ];
        let rings = || {
            let jwk = Key::jwk(jwk.to_string()).unwrap();
            let with_secret = [signer.key(), Key::hmac(Algorithm::Hs256, SECRET).unwrap()];
            [auth_of([jwk]), auth_of(with_secret)]
        };
        for secret in &secrets {
            let header = encode(r#"{"alg":"HS256"}"#);
            let text = format!("{header}.{}", encode(claims().to_string()));
            let token = sign_text(Algorithm::Hs256, secret, &text);
            for auth in rings() {
                assert!(auth.verify(&token).is_err(), "{algorithm}");
            }
        }
        for der in [signer.der(), STANDARD.encode(signer.der()).into_bytes()] {
            let refused = Key::hmac(Algorithm::Hs256, der).unwrap_err();
            assert_eq!(refused, AuthError::KeyFileAsSecret);
        }
        for text in [&secrets[0], &secrets[1], &secrets[2], &secrets[5]] {
            for before in ["", " ", "\n\t", "\u{feff}"] {
                let secret = [before.as_bytes(), text].concat();
                assert_eq!(
                    Key::hmac(Algorithm::Hs256, secret).unwrap_err(),
                    AuthError::KeyFileAsSecret
                );
            }
        }
    }
    let ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGioJJydzC4fo5CZg1GA4qLYv4Awxpl somebody@host";
    let refused = Key::hmac(Algorithm::Hs256, ssh).unwrap_err();
    assert_eq!(refused, AuthError::KeyFileAsSecret);
}

fn fault_of(jwk: &Value) -> Option<KeyFault> {
    match Key::jwk(jwk.to_string()) {
        Ok(_) => None,
        Err(AuthError::Key(fault)) => Some(fault),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn unsound_rsa_keys_are_none() {
    let rsa = signer(Algorithm::Rs256);
    let modulus = rsa.raw();
    let n = |bytes: &[u8]| fault_of(&rsa.jwk_with("n", encode(bytes).into()));
    let of_bits = |bits: usize| {
        let mut bytes = vec![0xff; bits.div_ceil(8)];
        if !bits.is_multiple_of(8) {
            bytes[0] = (1 << (bits % 8)) - 1;
        }
        n(&bytes)
    };
    for bits in [512, 1024, 2047, 8193, 16384] {
        assert_eq!(of_bits(bits), Some(KeyFault::Modulus), "{bits}");
    }
    for bits in [2048, 3072, 4096, 8192] {
        assert_eq!(of_bits(bits), None, "{bits}");
    }
    let mut even = modulus.clone();
    even[255] &= 0xfe;
    assert_eq!(n(&even), Some(KeyFault::Modulus));
    assert_eq!(n(&[]), Some(KeyFault::Modulus));
    assert_eq!(n(&[0; 256]), Some(KeyFault::Modulus));
    // A zero before the number changes nothing.
    assert_eq!(n(&[&[0][..], &modulus].concat()), None);
    assert_eq!(
        n(&[&[0; 200][..], &modulus[..56]].concat()),
        Some(KeyFault::Modulus)
    );

    for (exponent, fault) in [
        (&[1, 0, 1][..], None),
        (&[3], None),
        (&[0, 1, 0, 1], None),
        (&[], Some(KeyFault::Exponent)),
        (&[0], Some(KeyFault::Exponent)),
        (&[1], Some(KeyFault::Exponent)),
        (&[2], Some(KeyFault::Exponent)),
        (&[1, 0, 0], Some(KeyFault::Exponent)),
        (&[0xff; 64], Some(KeyFault::Exponent)),
    ] {
        let jwk = rsa.jwk_with("e", encode(exponent).into());
        assert_eq!(fault_of(&jwk), fault, "{exponent:?}");
    }
}

#[test]
fn unsound_points_are_none() {
    for algorithm in [Algorithm::Es256, Algorithm::Es384] {
        let ec = signer(algorithm);
        let jwk = ec.jwk();
        let y = encode(vec![7; algorithm.hash_bytes()]);
        assert_eq!(fault_of(&ec.jwk_with("y", y.into())), Some(KeyFault::Point));
        let zero = encode(vec![0; algorithm.hash_bytes()]);
        let mut origin = ec.jwk_with("x", zero.clone().into());
        origin["y"] = zero.into();
        assert_eq!(fault_of(&origin), Some(KeyFault::Point));
        let short = encode(&ec.raw()[2..algorithm.hash_bytes() + 1]);
        assert_eq!(
            fault_of(&ec.jwk_with("x", short.into())),
            Some(KeyFault::Point)
        );
        let swapped = ec.jwk_with("x", jwk["y"].clone());
        assert_eq!(fault_of(&swapped), Some(KeyFault::Point));
        for (curve, fault) in [
            ("P-521", KeyFault::Unsupported),
            ("secp256k1", KeyFault::Unsupported),
            ("Ed25519", KeyFault::Unsupported),
            ("p-256", KeyFault::Unsupported),
            (
                if algorithm == Algorithm::Es256 {
                    "P-384"
                } else {
                    "P-256"
                },
                KeyFault::Point,
            ),
        ] {
            assert_eq!(
                fault_of(&ec.jwk_with("crv", curve.into())),
                Some(fault),
                "{curve}"
            );
        }
        assert_eq!(
            fault_of(&ec.jwk_with("crv", Value::Null)),
            Some(KeyFault::NotJwk)
        );
    }
    let ed = signer(Algorithm::EdDsa);
    for point in [vec![], vec![0; 32], vec![9; 31], vec![9; 33]] {
        let jwk = ed.jwk_with("x", encode(&point).into());
        assert_eq!(fault_of(&jwk), Some(KeyFault::Point), "{point:?}");
    }
    // Neutral element, order 2, order 8: everybody can sign for them.
    for hex in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ] {
        let bytes: Vec<u8> = (0..32)
            .map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap())
            .collect();
        let jwk = ed.jwk_with("x", encode(bytes).into());
        assert_eq!(fault_of(&jwk), Some(KeyFault::Point), "{hex}");
    }
    assert_eq!(
        fault_of(&ed.jwk_with("crv", "X25519".into())),
        Some(KeyFault::Unsupported)
    );
}

#[test]
fn a_key_says_what_it_is_for() {
    for signer in SIGNERS.iter() {
        for (name, value, fault) in [
            ("use", json!("sig"), None),
            ("key_ops", json!(["verify"]), None),
            ("key_ops", json!(["verify", "other"]), None),
            ("x5u", json!("http://127.0.0.1:1/"), None),
            ("use", json!("enc"), Some(KeyFault::OtherUse)),
            ("key_ops", json!(["encrypt"]), Some(KeyFault::OtherUse)),
            ("key_ops", json!([]), Some(KeyFault::OtherUse)),
            ("key_ops", json!("verify"), Some(KeyFault::NotJwk)),
            ("alg", json!("RSA-OAEP"), Some(KeyFault::Unsupported)),
            ("alg", json!("none"), Some(KeyFault::Unsupported)),
            ("alg", json!("HS256"), Some(KeyFault::OtherAlgorithm)),
            ("alg", json!(7), Some(KeyFault::NotJwk)),
            ("kid", json!(7), Some(KeyFault::NotJwk)),
            ("kty", json!("oct"), Some(KeyFault::SharedSecret)),
            ("kty", json!("AKP"), Some(KeyFault::Unsupported)),
            ("kty", Value::Null, Some(KeyFault::NotJwk)),
            ("d", json!("AQAB"), Some(KeyFault::PrivateKey)),
            ("qi", json!(""), Some(KeyFault::PrivateKey)),
        ] {
            let jwk = signer.jwk_with(name, value.clone());
            assert_eq!(fault_of(&jwk), fault, "{} {name} {value}", signer.algorithm);
        }
    }
    // Without an `alg`, an Ed25519 key among them, it serves the usual one of its kind.
    for algorithm in [
        Algorithm::Rs256,
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::EdDsa,
    ] {
        let signer = signer(algorithm);
        let key = Key::jwk(signer.jwk_with("alg", Value::Null).to_string()).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        assert_eq!(refused([key], &signer.token(json!({}), &claims())), None);
    }
    let fully_named = signer(Algorithm::EdDsa).jwk_with("alg", "Ed25519".into());
    assert_eq!(fault_of(&fully_named), None);
}

#[test]
fn what_is_no_public_key_in_pem_is_none() {
    let pem = signer(Algorithm::Rs256).pem();
    let relabelled = |label: &str| pem.replace("PUBLIC KEY", label);
    for (text, fault) in [
        (String::new(), KeyFault::NotPem),
        ("no PEM".to_owned(), KeyFault::NotPem),
        (format!("{pem}{pem}"), KeyFault::NotPem),
        (relabelled("CERTIFICATE"), KeyFault::NotPem),
        (relabelled("RSA PUBLIC KEY"), KeyFault::NotPem),
        (relabelled("PRIVATE KEY"), KeyFault::PrivateKey),
        (relabelled("RSA PRIVATE KEY"), KeyFault::PrivateKey),
        (pem.replacen("MII", "MIJ", 1), KeyFault::NotDer),
    ] {
        let error = Key::pem(Algorithm::Rs256, &text).unwrap_err();
        assert_eq!(error, AuthError::Key(fault), "{text}");
        assert!(!format!("{error} {error:?}").contains("MII"));
    }
    for signer in SIGNERS.iter() {
        let der = signer.der();
        for end in 0..der.len() {
            assert!(Key::der(signer.algorithm, &der[..end]).is_err());
        }
        assert!(Key::der(signer.algorithm, [&der[..], &[0]].concat()).is_err());
    }
}
