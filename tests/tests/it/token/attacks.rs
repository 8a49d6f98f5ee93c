//! The shared file of hostile tokens: each case as it expects, by `verify` and by a request.

use std::collections::BTreeMap;

use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthenticateError, Key};
use api_utils::{Auth, Token};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Meta {
    pub(super) now: u64,
    pub(super) secret: String,
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) must_never_appear_in_logs_or_responses: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) group: String,
    pub(super) verifier: String,
    pub(super) layer: String,
    pub(super) route: String,
    pub(super) expect: String,
    pub(super) also_ok: Vec<String>,
    pub(super) reason: String,
    pub(super) header: Option<String>,
    pub(super) headers: Option<Vec<(String, String)>>,
    pub(super) sub: Option<String>,
    pub(super) roles: Option<Vec<String>>,
}

/// Where our log names an earlier or a more telling fault than the file does: a claim that is there
/// twice, an unknown algorithm, a header or claims that are no JSON, an encoding that is only looked
/// at once the signature over it holds.
const OTHER_CLASSES: [(&str, &str); 14] = [
    ("aud-duplicate-other-first", "duplicate_claim"),
    ("aud-duplicate-other-last", "duplicate_claim"),
    ("exp-duplicate-escaped", "duplicate_claim"),
    ("exp-duplicate-past-last", "duplicate_claim"),
    ("iss-duplicate-evil-last", "duplicate_claim"),
    ("sub-duplicate-escaped", "duplicate_claim"),
    ("header-empty-object", "algorithm_refused"),
    ("x5t-attacker", "algorithm_refused"),
    ("b64-double-encoded", "header_invalid"),
    ("header-nested-200", "header_invalid"),
    ("header-empty", "malformed_token"),
    ("exp-huge-thousand-digits", "claims_invalid"),
    ("b64-pad-payload", "signature_mismatch"),
    ("b64-standard-alphabet-payload", "signature_mismatch"),
];

pub(super) fn cases() -> Option<(Meta, Vec<Case>)> {
    let Some(folder) = api_utils_tests::shared() else {
        println!("SKIPPED: the shared folder with attacks/tokens.jsonl is not there");
        return None;
    };
    let text = std::fs::read_to_string(folder.join("attacks/tokens.jsonl")).unwrap();
    let mut lines = text.lines();
    #[derive(Deserialize)]
    struct First {
        meta: Meta,
    }
    let first: First = serde_json::from_str(lines.next().unwrap()).unwrap();
    let cases = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    Some((first.meta, cases))
}

/// The verifiers that the cases are aimed at: the public keys as PEM, as JWK and as a set.
pub(super) fn auths(meta: &Meta) -> BTreeMap<&'static str, Vec<Auth>> {
    let folder = api_utils_tests::shared().unwrap().join("attacks/keys");
    let read = |name: String| std::fs::read_to_string(folder.join(name)).unwrap();
    let builder = || Auth::builder(&meta.issuer, [&meta.audience]).clock(clock(meta.now));
    let secret = || builder().hmac(Algorithm::Hs256, &meta.secret);
    let mut auths = BTreeMap::from([("hs256", vec![secret().build().unwrap()])]);
    for (verifier, algorithm) in [
        ("rs256", Algorithm::Rs256),
        ("es256", Algorithm::Es256),
        ("eddsa", Algorithm::EdDsa),
    ] {
        let pem = read(format!("{verifier}.public.pem"));
        let jwk = read(format!("{verifier}.public.jwk.json"));
        let set = format!("{{\"keys\":[{jwk}]}}");
        auths.insert(
            verifier,
            vec![
                builder().pem(algorithm, pem).build().unwrap(),
                builder().keys([Key::jwk(jwk).unwrap()]).build().unwrap(),
                builder().jwk_set(set).build().unwrap(),
            ],
        );
    }
    auths
}

/// Every case with every verifier that it is aimed at.
pub(super) fn aimed<'a>(
    cases: &'a [Case],
    auths: &'a BTreeMap<&'static str, Vec<Auth>>,
) -> impl Iterator<Item = (&'a Case, &'a Auth)> {
    cases
        .iter()
        .flat_map(|case| auths[&*case.verifier].iter().map(move |auth| (case, auth)))
}

/// The file writes a byte of a field as the character of that number.
fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap())
        .collect()
}

/// What a route with the case's rule would answer.
fn outcome(result: Result<&Token, &AuthenticateError>, route: &str) -> &'static str {
    match result {
        Ok(token) if route == "any" || token.has_role("admin") => "accept",
        Ok(_) => "403",
        Err(AuthenticateError::MalformedRequest(_)) => "400",
        Err(_) => "401",
    }
}

fn conforms(case: &Case, outcome: &str) -> bool {
    case.expect == outcome || case.also_ok.iter().any(|other| other == outcome)
}

/// The class of the file that one of our reasons belongs to.
fn class_of(reason: &str) -> &'static [&'static str] {
    match reason {
        "no_credentials" | "other_scheme" | "repeated_authorization" => &["request"],
        "malformed_authorization" => &["request", "malformed"],
        "token_too_large" => &["size"],
        "malformed_token" => &["malformed"],
        "header_invalid" | "header_refused" => &["header"],
        "algorithm_refused" => &["algorithm"],
        "key_unknown" | "signature_mismatch" => &["signature"],
        "claims_invalid" | "duplicate_claim" | "roles_invalid" | "scope_invalid"
        | "token_id_invalid" => &["claims"],
        "expiry_missing" | "time_invalid" | "expired" | "not_yet_valid" | "issued_in_future" => {
            &["time"]
        }
        "issuer_mismatch" => &["issuer"],
        "audience_mismatch" => &["audience"],
        "subject_invalid" => &["subject"],
        _ => &[],
    }
}

#[test]
fn every_token_is_answered_as_the_file_expects() {
    let Some((meta, cases)) = cases() else { return };
    let auths = auths(&meta);
    let mut wrong = Vec::new();
    let mut classes = BTreeMap::new();
    let mut checked = 0;
    for (case, auth) in aimed(&cases, &auths) {
        let Some(token) = case
            .header
            .as_deref()
            .and_then(|header| header.strip_prefix("Bearer "))
            .filter(|_| case.layer == "verify")
        else {
            continue;
        };
        // A `str` cannot hold what is no UTF-8: the request test below covers those cases.
        let Ok(token) = String::from_utf8(latin1(token)) else {
            continue;
        };
        checked += 1;
        let result = auth
            .verify(&token)
            .map_err(|error| AuthenticateError::InvalidToken(error.reason()));
        let outcome = outcome(result.as_ref(), &case.route);
        if !conforms(case, outcome) {
            wrong.push(format!(
                "{} {}: {outcome}, not {}",
                case.group, case.name, case.expect
            ));
        }
        if let Err(error) = &result {
            let ours = error.reason();
            if !class_of(ours.class()).contains(&case.reason.as_str()) {
                classes.insert(case.name.as_str(), ours.class());
            }
            assert!(!error.to_string().contains(&token), "{}", case.name);
        }
        if let (Ok(token), Some(sub)) = (&result, &case.sub) {
            assert_eq!(token.subject(), sub, "{}", case.name);
            if let Some(roles) = &case.roles {
                assert!(token.roles().eq(roles), "{}", case.name);
            }
        }
    }
    println!("{checked} cases");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(checked > 250, "{checked}");
    assert_eq!(classes, BTreeMap::from(OTHER_CLASSES));
}

#[test]
fn every_request_is_answered_as_the_file_expects() {
    let Some((meta, cases)) = cases() else { return };
    let auths = auths(&meta);
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (case, auth) in aimed(&cases, &auths) {
        if case.layer == "http" {
            continue;
        }
        let Some(headers) = headers(case) else {
            continue;
        };
        checked += 1;
        let result = auth.authenticate(&headers);
        let outcome = outcome(result.as_ref(), &case.route);
        if !conforms(case, outcome) {
            wrong.push(format!(
                "{} {}: {outcome}, not {}",
                case.group, case.name, case.expect
            ));
        }
        if let Err(error) = &result {
            for secret in &meta.must_never_appear_in_logs_or_responses {
                assert!(!format!("{error} {error:?}").contains(secret));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(checked > 290, "{checked}");
}

/// Where the standards leave a choice, ours is the file's `expect`, the stricter one, but for these:
/// what is no `b64token` of RFC 6750 is a malformed request (400) rather than an invalid token; a
/// field value has no white space at its end (RFC 9110 section 5.5); a token in the query is not
/// read, so it does not make a second one.
const OTHER_CHOICES: [(&str, &str); 18] = [
    ("authz-query-and-header", "accept"),
    ("b64-bom-at-end", "400"),
    ("b64-bom-in-signature", "400"),
    ("b64-char-bang", "400"),
    ("b64-char-dollar", "400"),
    ("b64-char-lt", "400"),
    ("b64-nbsp-at-end", "400"),
    ("b64-nbsp-in-signature", "400"),
    ("b64-pad-header", "400"),
    ("b64-pad-payload", "400"),
    ("b64-pad-payload-resigned", "400"),
    ("b64-space-at-end", "accept"),
    ("b64-space-in-signature", "400"),
    ("b64-tab-at-end", "400"),
    ("b64-zwsp-at-end", "400"),
    ("segments-comma-for-dots", "400"),
    ("segments-fullwidth-dots", "400"),
    ("segments-json-polyglot", "400"),
];

#[test]
fn every_strict_choice_is_pinned() {
    let Some((meta, cases)) = cases() else { return };
    let auths = auths(&meta);
    let mut others = BTreeMap::new();
    let mut choices = 0;
    for (case, auth) in aimed(&cases, &auths) {
        if let (false, Some(headers)) = (case.also_ok.is_empty(), headers(case)) {
            choices += 1;
            let outcome = outcome(auth.authenticate(&headers).as_ref(), &case.route);
            if outcome != case.expect {
                others.insert(case.name.as_str(), outcome);
            }
        }
    }
    assert!(choices > 80, "{choices}");
    assert_eq!(others, BTreeMap::from(OTHER_CHOICES));
}

/// `None` where the fields hold bytes that the `http` crate, and so any server on it, refuses.
pub(super) fn headers(case: &Case) -> Option<HeaderMap> {
    let fields = match (&case.headers, &case.header) {
        (Some(fields), _) => fields.clone(),
        (None, Some(field)) => vec![("authorization".to_owned(), field.clone())],
        (None, None) => Vec::new(),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(&latin1(&value)).ok()?);
    }
    Some(headers)
}
