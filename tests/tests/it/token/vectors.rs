//! The test vectors of others: Wycheproof's JSON Web Signatures, RFC 7520, RFC 7515, RFC 8037.
//! The signature is checked alone, since their payloads are no claims; as tokens all are refused.

use std::collections::BTreeSet;

use api_utils::Auth;
use api_utils::testing::{check_mac, check_signature, clock};
use api_utils::token::{Algorithm, AuthError, Key, KeyFault, Reason};
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::support::{AUDIENCE, ISSUER, NOW};

fn read(path: &str) -> Option<Value> {
    let Some(folder) = api_utils_tests::shared() else {
        println!("SKIPPED: the shared folder with corpora/{path} is not there");
        return None;
    };
    let text = std::fs::read_to_string(folder.join("corpora").join(path)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// The bytes of a secret, of which some vectors leave bits over in the last character: it is the
/// application that reads a secret, ours are bytes.
fn secret(jwk: &Value) -> Vec<u8> {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&URL_SAFE, lenient);
    engine.decode(jwk["k"].as_str().unwrap()).unwrap()
}

/// Our key of a vector's: the public one, or the shared secret.
fn key(jwk: &Value) -> Result<Key, AuthError> {
    if jwk["kty"] != "oct" {
        return Key::jwk(jwk.to_string());
    }
    let bytes = secret(jwk);
    let algorithm = jwk["alg"].as_str().unwrap().parse();
    Key::hmac(algorithm.map_err(|_| KeyFault::Unsupported)?, bytes)
}

/// Those of a set, or of the one key, that can be used.
fn keys(jwk: &Value) -> Vec<Key> {
    let one = std::slice::from_ref(jwk);
    let all = jwk["keys"].as_array().map_or(one, Vec::as_slice);
    let named = |jwk: &Value| {
        let key = key(jwk).ok()?;
        Some(match jwk["kid"].as_str() {
            Some(kid) => key.with_kid(kid),
            None => key,
        })
    };
    all.iter().filter_map(named).collect()
}

/// Whether the signature holds; a key that is none holds nothing.
fn holds(jwk: &Value, jws: &str) -> bool {
    if jwk["kty"] == "oct" {
        // Some secrets of the vectors are nothing but zeros, which no `Auth` would take.
        let algorithm = jwk["alg"].as_str().unwrap().parse().unwrap();
        return check_mac(algorithm, &secret(jwk), jws).unwrap().is_ok();
    }
    key(jwk).is_ok_and(|key| check_signature([key], jws).unwrap().is_ok())
}

fn groups(vectors: &Value) -> impl Iterator<Item = (&Value, &Vec<Value>)> {
    vectors["testGroups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            let public = group.get("public").unwrap_or(&group["private"]);
            (public, group["tests"].as_array().unwrap())
        })
}

/// Vectors that are wrong in themselves: 367 and 370 are the token of 357 byte for byte, which is
/// valid; 372 and 373 hold a `?` inside of base64url; 347 and 351 need an algorithm by a name that
/// there is none of; the keys of 346 and 350 are for another algorithm than their token's.
const WRONG: [u64; 8] = [346, 347, 350, 351, 367, 370, 372, 373];

#[test]
fn wycheproof_signatures_agree() {
    let Some(vectors) = read("wycheproof/json_web_signature_test.json") else {
        return;
    };
    let mut other = BTreeSet::new();
    let mut agreed = 0;
    for (jwk, tests) in groups(&vectors) {
        for test in tests {
            let expected = test["result"] == "valid";
            if holds(jwk, test["jws"].as_str().unwrap()) == expected {
                agreed += 1;
            } else {
                other.insert(test["tcId"].as_u64().unwrap());
            }
        }
    }
    assert_eq!(other, BTreeSet::from(WRONG));
    assert_eq!(agreed, 393);
}

/// Where a key of a set is no sound one, nothing holds. Two are ours to choose: 1 has a public key
/// beside the secret that signed it, and each serves its own algorithm; 4 has one `kid` twice, and
/// both keys are candidates. 7 is a weak modulus of the length that it should have.
const SETS: [u64; 3] = [1, 4, 7];

#[test]
fn wycheproof_keys_agree() {
    let Some(vectors) = read("wycheproof/json_web_key_test.json") else {
        return;
    };
    let mut other = BTreeSet::new();
    let mut agreed = 0;
    for (set, tests) in groups(&vectors) {
        for test in tests {
            let (keys, jws) = (keys(set), test["jws"].as_str().unwrap());
            let holds = !keys.is_empty() && check_signature(keys, jws).unwrap().is_ok();
            if holds == (test["result"] == "valid") {
                agreed += 1;
            } else {
                other.insert(test["tcId"].as_u64().unwrap());
            }
        }
    }
    assert_eq!(other, BTreeSet::from(SETS));
    assert_eq!(agreed, 23);
}

/// Whatever else is in them, none of them is a token: with each key they came with that a verifier
/// takes, and with another one where there is none.
#[test]
fn no_string_of_wycheproof_is_a_token() {
    let mut refused = 0;
    for (file, member) in [
        ("json_web_signature_test", "jws"),
        ("json_web_encryption_test", "jwe"),
        ("json_web_key_test", "jws"),
        ("json_web_crypto_test", "jws"),
        ("json_web_crypto_test", "jwe"),
    ] {
        let Some(vectors) = read(&format!("wycheproof/{file}.json")) else {
            return;
        };
        let secret = Key::hmac(Algorithm::Hs256, super::support::SECRET).unwrap();
        let builder = || Auth::builder(ISSUER, [AUDIENCE]).clock(clock(NOW));
        let fallback = builder().keys([secret]).build().unwrap();
        for (jwk, tests) in groups(&vectors) {
            let auth = match jwk["alg"].is_string() || jwk["keys"].is_array() {
                true => builder().keys(keys(jwk)).build().ok(),
                false => None,
            };
            let auth = auth.unwrap_or_else(|| fallback.clone());
            for text in tests.iter().filter_map(|test| test[member].as_str()) {
                assert!(auth.verify(text).is_err(), "{file} {text}");
                refused += 1;
            }
        }
    }
    assert!(refused > 600, "{refused}");
}

#[test]
fn the_figures_of_rfc_7520_hold() {
    for (file, algorithm) in [
        ("4_1.rsa_v15_signature", Some(Algorithm::Rs256)),
        ("4_2.rsa-pss_signature", Some(Algorithm::Ps384)),
        ("4_4.hmac-sha2_integrity_protection", Some(Algorithm::Hs256)),
        // ES512 is not among the algorithms.
        ("4_3.ecdsa_signature", None),
    ] {
        let Some(figure) = read(&format!("ietf-jose-cookbook/jws/{file}.json")) else {
            return;
        };
        let mut jwk = figure["input"]["key"].clone();
        for private in ["d", "p", "q", "dp", "dq", "qi"] {
            jwk.as_object_mut().unwrap().remove(private);
        }
        let Some(algorithm) = algorithm else {
            let refused = key(&jwk).unwrap_err();
            assert_eq!(refused, AuthError::Key(KeyFault::Unsupported));
            continue;
        };
        jwk["alg"] = algorithm.name().into();
        let compact = figure["output"]["compact"].as_str().unwrap();
        assert!(holds(&jwk, compact), "{file}");
        assert!(!holds(&jwk, &format!("{compact}A")), "{file}");
        let Ok(key) = key(&jwk) else { panic!("{file}") };
        let auth = Auth::builder(ISSUER, [AUDIENCE])
            .keys([key])
            .build()
            .unwrap();
        let refused = auth.verify(compact).unwrap_err().reason();
        assert_eq!(refused, Reason::ClaimsInvalid, "{file}");
    }
}

/// RFC 7515 appendices A.1 to A.3, whose claims have no audience, and RFC 8037 appendix A.4.
#[test]
fn the_figures_of_rfc_7515_and_rfc_8037_hold() {
    let hs256 = serde_json::json!({ "kty": "oct", "alg": "HS256",
        "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow" });
    let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert!(holds(&hs256, token));
    let rs256 = serde_json::json!({ "kty": "RSA", "e": "AQAB", "n": concat!(
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Q",
        "lL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBY",
        "UsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNm",
        "oudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    ) });
    let claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = concat!(
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG",
        "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K",
        "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6",
        "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
    );
    assert!(holds(
        &rs256,
        &format!("eyJhbGciOiJSUzI1NiJ9.{claims}.{signature}")
    ));
    let es256 = serde_json::json!({ "kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" });
    let signature =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    assert!(holds(
        &es256,
        &format!("eyJhbGciOiJFUzI1NiJ9.{claims}.{signature}")
    ));
    let ed25519 = serde_json::json!({ "kty": "OKP", "crv": "Ed25519",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    let jws = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.\
        hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert!(holds(&ed25519, jws));
}

/// CVE-2022-21449 and its kin: numbers out of range and other encodings are no signatures.
#[test]
fn odd_signatures_of_curves_are_none() {
    use super::signers::signer;
    use super::support::{claims, encode};
    // The orders of P-256, P-384 and, little-endian, of Ed25519's group.
    let order = |hex: &str| -> Vec<u8> {
        (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap())
            .collect()
    };
    for (algorithm, n) in [
        (
            Algorithm::Es256,
            order("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
        ),
        (
            Algorithm::Es384,
            order(concat!(
                "ffffffffffffffffffffffffffffffffffffffffffffffff",
                "c7634d81f4372ddf581a0db248b0a77aecec196accc52973"
            )),
        ),
    ] {
        let signer = signer(algorithm);
        let auth = signer.auth();
        let token = signer.token(serde_json::json!({}), &claims());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let good = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let (r, s) = good.split_at(good.len() / 2);
        let zero = vec![0; r.len()];
        let mut der = vec![0x30, 0x44, 0x02, 0x20];
        der.extend_from_slice(r);
        der.extend_from_slice(&[0x02, 0x20]);
        der.extend_from_slice(s);
        for odd in [
            [&zero[..], &zero[..]].concat(),
            [r, &zero].concat(),
            [&zero, s].concat(),
            [&n[..], s].concat(),
            [r, &n].concat(),
            [&n[..], &n[..]].concat(),
            [s, r].concat(),
            [&[0], &good[..]].concat(),
            good[..good.len() - 1].to_vec(),
            [&good[..], &[0]].concat(),
            r.to_vec(),
            der,
            vec![],
        ] {
            assert!(auth.verify(&format!("{signed}.{}", encode(odd))).is_err());
        }
        assert!(auth.verify(&token).is_ok());
        // There is no rule for the half in which `s` is: n - s is as good.
        let mut borrow = 0;
        let mut other = s.to_vec();
        for (byte, of) in other.iter_mut().zip(&n).rev() {
            let difference = 0x100 + u16::from(*of) - u16::from(*byte) - borrow;
            *byte = (difference & 0xff) as u8;
            borrow = u16::from(difference < 0x100);
        }
        let high_and_low = encode([r, &other].concat());
        assert!(auth.verify(&format!("{signed}.{high_and_low}")).is_ok());
    }
    // Ed25519: S and S + L are the same number, of which one is canonical (RFC 8032 section 5.1.7).
    let signer = signer(Algorithm::EdDsa);
    let token = signer.token(serde_json::json!({}), &claims());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let mut odd = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut l = order("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
    l.reverse();
    let mut carry = 0;
    for (byte, add) in odd[32..].iter_mut().zip(l) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    let refused = signer.auth().verify(&format!("{signed}.{}", encode(odd)));
    assert_eq!(refused.unwrap_err().reason(), Reason::SignatureMismatch);
}
