//! Which keys verify which tokens, and which keys are none.

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::{Algorithm, AuthError, IssueError, Issuer, Reason};

use super::support::{AUDIENCE, HMACS, ISSUER, NOW, SECRET, claims, sign_bytes};

const OTHER: &[u8] = b"another-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ";

fn builder() -> api_utils::token::AuthBuilder {
    Auth::builder(ISSUER, [AUDIENCE]).clock(clock(NOW))
}

fn signed(algorithm: Algorithm, secret: &[u8], header: &str) -> String {
    sign_bytes(
        algorithm,
        secret,
        header.as_bytes(),
        claims().to_string().as_bytes(),
    )
}

#[test]
fn a_key_verifies_only_its_own_algorithm() {
    for own in HMACS {
        let auth = builder().hmac(own, SECRET).build().unwrap();
        for named in [
            "HS256", "HS384", "HS512", "none", "RS256", "ES256", "EdDSA", "HS1",
        ] {
            for used in HMACS {
                let token = signed(used, SECRET, &format!(r#"{{"alg":"{named}"}}"#));
                let refused = auth.verify(&token).err().map(|error| error.reason());
                let expected = if named != own.name() {
                    Some(Reason::AlgorithmRefused)
                } else if used != own {
                    Some(Reason::SignatureMismatch)
                } else {
                    None
                };
                assert_eq!(refused, expected, "{own} {named} {used}");
            }
        }
    }
}

#[test]
fn any_of_several_secrets_verifies_and_no_other() {
    let auth = builder()
        .hmac(Algorithm::Hs256, SECRET)
        .hmac(Algorithm::Hs256, OTHER)
        .hmac(Algorithm::Hs512, OTHER)
        .build()
        .unwrap();
    let header = r#"{"alg":"HS256"}"#;
    // Twice: once before and once after the header is known.
    for _ in 0..2 {
        assert!(
            auth.verify(&signed(Algorithm::Hs256, SECRET, header))
                .is_ok()
        );
        assert!(
            auth.verify(&signed(Algorithm::Hs256, OTHER, header))
                .is_ok()
        );
        assert!(
            auth.verify(&signed(Algorithm::Hs512, OTHER, r#"{"alg":"HS512"}"#))
                .is_ok()
        );
        assert!(
            auth.verify(&signed(Algorithm::Hs512, SECRET, r#"{"alg":"HS512"}"#))
                .is_err()
        );
        assert!(
            auth.verify(&signed(Algorithm::Hs256, b"a third secret", header))
                .is_err()
        );
    }
}

/// Tokens of many header spellings, valid and not, in turn: what has been seen never decides.
#[test]
fn a_header_seen_before_opens_nothing() {
    let auth = builder().hmac(Algorithm::Hs256, SECRET).build().unwrap();
    for round in 0..3 {
        for at in 0..20 {
            let header = format!(r#"{{"alg":"HS256","kid":"key-{at}"}}"#);
            assert!(
                auth.verify(&signed(Algorithm::Hs256, SECRET, &header))
                    .is_ok(),
                "{round} {at}"
            );
            assert!(
                auth.verify(&signed(Algorithm::Hs256, OTHER, &header))
                    .is_err()
            );
            let crit = format!(r#"{{"alg":"HS256","kid":"key-{at}","crit":["x"]}}"#);
            assert!(
                auth.verify(&signed(Algorithm::Hs256, SECRET, &crit))
                    .is_err()
            );
        }
    }
}

#[test]
fn a_token_of_one_verifier_is_none_of_another() {
    let here = builder().hmac(Algorithm::Hs256, SECRET).build().unwrap();
    let key = builder().hmac(Algorithm::Hs256, OTHER).build().unwrap();
    let audience = Auth::builder(ISSUER, ["other-api"])
        .hmac(Algorithm::Hs256, SECRET)
        .clock(clock(NOW))
        .build()
        .unwrap();
    let issuer = Auth::builder("https://other.example", [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .clock(clock(NOW))
        .build()
        .unwrap();
    for (other, class) in [
        (&key, "signature_mismatch"),
        (&audience, "audience_mismatch"),
        (&issuer, "issuer_mismatch"),
    ] {
        let token = Issuer::of(other)
            .unwrap()
            .token("alice")
            .mint()
            .unwrap()
            .token;
        assert!(other.verify(&token).is_ok());
        assert_eq!(here.verify(&token).unwrap_err().reason().class(), class);
    }
}

#[test]
fn a_second_issuer_is_accepted_only_where_asked_for() {
    let auth = builder()
        .accept_issuer("dev-idp")
        .hmac(Algorithm::Hs256, SECRET)
        .build()
        .unwrap();
    let minted = Issuer::of(&auth)
        .unwrap()
        .named("dev-idp")
        .token("alice")
        .mint()
        .unwrap();
    assert_eq!(auth.verify(&minted.token).unwrap().issuer(), "dev-idp");
    let without = builder().hmac(Algorithm::Hs256, SECRET).build().unwrap();
    let refused = without.verify(&minted.token).unwrap_err().reason();
    assert_eq!(refused.class(), "issuer_mismatch");
}

#[test]
fn settings_that_protect_nothing_build_nothing() {
    let hs256 = Algorithm::Hs256;
    for algorithm in HMACS {
        let short = &SECRET[..algorithm.hash_bytes() - 1];
        let built = builder().hmac(algorithm, short).build();
        assert_eq!(built.unwrap_err(), AuthError::KeyTooShort { algorithm });
        assert!(
            builder()
                .hmac(algorithm, &SECRET[..algorithm.hash_bytes()])
                .build()
                .is_ok()
        );
    }
    let uniform = builder()
        .hmac(hs256, b"abababababababababababababababababab")
        .build();
    assert_eq!(
        uniform.unwrap_err(),
        AuthError::KeyTooUniform { algorithm: hs256 }
    );
    let rs256 = Algorithm::Rs256;
    let other_family = builder().hmac(rs256, SECRET).build();
    assert_eq!(
        other_family.unwrap_err(),
        AuthError::NotHmac { algorithm: rs256 }
    );
    assert_eq!(builder().build().unwrap_err(), AuthError::NoKey);
    for issuer in ["", " "] {
        let built = Auth::builder(issuer, [AUDIENCE])
            .hmac(hs256, SECRET)
            .build();
        assert_eq!(built.unwrap_err(), AuthError::IssuerBlank);
    }
    for audiences in [vec![], vec![""], vec!["my-api", " "]] {
        let built = Auth::builder(ISSUER, audiences).hmac(hs256, SECRET).build();
        assert_eq!(built.unwrap_err(), AuthError::AudienceBlank);
    }
    let several = |count: u8| {
        (0..count).fold(builder(), |builder, at| {
            let mut secret = SECRET.to_vec();
            secret.push(at);
            builder.hmac(hs256, secret)
        })
    };
    assert!(several(4).build().is_ok());
    assert_eq!(
        several(5).build().unwrap_err(),
        AuthError::TooManyKeys { algorithm: hs256 }
    );
}

#[test]
fn nothing_is_minted_that_could_not_be_accepted() {
    let auth = builder().hmac(Algorithm::Hs256, SECRET).build().unwrap();
    let issuer = Issuer::of(&auth).unwrap();
    assert_eq!(
        issuer.token(" ").mint().unwrap_err(),
        IssueError::SubjectBlank
    );
    let late = issuer.clone().lifetime(std::time::Duration::MAX);
    assert_eq!(
        late.token("alice").mint().unwrap_err(),
        IssueError::TimeOutOfRange
    );
    let early = issuer.clone().clock(api_utils::token::Clock::from_fn(|| {
        std::time::UNIX_EPOCH - std::time::Duration::from_secs(1)
    }));
    assert_eq!(
        early.token("alice").mint().unwrap_err(),
        IssueError::TimeOutOfRange
    );
    let no_json = issuer
        .token("alice")
        .claim("x", std::collections::BTreeMap::from([([1], 1)]));
    assert_eq!(no_json.mint().unwrap_err(), IssueError::ClaimNotJson);

    let ids: std::collections::BTreeSet<String> = (0..1000)
        .map(|_| {
            let minted = issuer.token("alice").mint().unwrap();
            auth.verify(&minted.token).unwrap().id().unwrap().to_owned()
        })
        .collect();
    assert_eq!(ids.len(), 1000);
}
