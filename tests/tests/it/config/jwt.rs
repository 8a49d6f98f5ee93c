//! The settings of tokens: rules over several of them, and every way to make them.

use std::time::Duration;

use api_utils::config::Loaded;
use api_utils::token::Algorithm;
use api_utils::{JwtConfig, SecretString};

use super::{GOOD_SECRET, service, settings};

#[test]
fn the_length_of_the_secret_follows_the_algorithm() {
    for (algorithm, least) in [("HS256", 32), ("HS384", 48), ("HS512", 64)] {
        let random = GOOD_SECRET.repeat(2);
        let enough = service(&[
            ("JWT_ALGORITHM", algorithm),
            ("JWT_SECRET", &random[..least]),
        ]);
        assert_eq!(enough.unwrap().jwt.algorithm().name(), algorithm);
        let short = service(&[
            ("JWT_ALGORITHM", algorithm),
            ("JWT_SECRET", &random[..least - 1]),
        ]);
        let said = short.err().unwrap().to_string();
        let reason = format!("JWT_SECRET is shorter than {least} bytes, the least for {algorithm}");
        assert!(said.contains(&reason), "{said}");
        assert!(
            said.contains("openssl rand -") && said.contains(&format!(" {least}\n")),
            "{said}"
        );
    }
}

#[test]
fn issuer_and_audience_have_to_be_set_while_login_is_off() {
    let unset = settings(service(&[("JWT_ISSUER", ""), ("JWT_AUDIENCE", "")]));
    assert_eq!(unset, ["JWT_ISSUER", "JWT_AUDIENCE"]);
    assert_eq!(
        settings(service(&[("JWT_ISSUER", "dev-idp")])),
        ["JWT_ISSUER"]
    );
    for bad in ["*", " test-idp", "test-idp ", "   "] {
        assert_eq!(
            settings(service(&[("JWT_ISSUER", bad)])),
            ["JWT_ISSUER"],
            "{bad:?}"
        );
    }
    for bad in ["*", "a,", ",", "a,,b", " "] {
        assert_eq!(
            settings(service(&[("JWT_AUDIENCE", bad)])),
            ["JWT_AUDIENCE"],
            "{bad:?}"
        );
    }
    // Set by somebody, so meant.
    assert!(service(&[("JWT_AUDIENCE", "dev-api")]).is_ok());
}

#[test]
fn a_bad_secret_does_not_hide_a_missing_issuer() {
    let bad = service(&[
        ("JWT_SECRET", "changeme"),
        ("JWT_ISSUER", ""),
        ("JWT_AUDIENCE", ""),
    ]);
    assert_eq!(settings(bad), ["JWT_SECRET", "JWT_ISSUER", "JWT_AUDIENCE"]);
}

#[test]
fn with_login_on_the_defaults_of_development_hold() {
    let service = service(&[
        ("ENABLE_LOGIN", "true"),
        ("JWT_ISSUER", ""),
        ("JWT_AUDIENCE", ""),
    ]);
    let service = service.unwrap();
    assert!(service.jwt.login_enabled());
    assert_eq!(service.jwt.issuer(), "dev-idp");
    assert_eq!(service.jwt.audiences(), ["dev-api"]);
    let warnings: Vec<String> = service.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].starts_with("ENABLE_LOGIN is on"),
        "{warnings:?}"
    );
}

#[test]
fn several_audiences_stand_by_comma() {
    let service = service(&[("JWT_AUDIENCE", "orders, invoices")]).unwrap();
    assert_eq!(service.jwt.audiences(), ["orders", "invoices"]);
}

#[test]
fn a_secret_that_every_token_shows_is_none() {
    let same = [("JWT_SECRET", GOOD_SECRET), ("JWT_ISSUER", GOOD_SECRET)];
    let report = service(&same).err().unwrap();
    let said = report.to_string();
    assert!(
        said.contains("JWT_SECRET is the same as the issuer or an audience"),
        "{said}"
    );
    assert!(!said.contains(GOOD_SECRET), "{said}");
    let audience = format!("orders,{GOOD_SECRET}");
    assert_eq!(
        settings(service(&[("JWT_AUDIENCE", &audience)])),
        ["JWT_SECRET"]
    );
    // Nor is one that is accepted besides.
    let former = "m2Rt8Yw4Kc7Vn1Bx5Lq9Zs3Hd6Jf0Gp2";
    let both = [
        ("JWT_SECRET_ALSO_ACCEPTED", former),
        ("JWT_AUDIENCE", former),
    ];
    assert_eq!(settings(service(&both)), ["JWT_SECRET_ALSO_ACCEPTED"]);
}

#[test]
fn lifetimes_are_from_a_minute_to_a_day() {
    for good in ["1", "60", "1440"] {
        assert!(service(&[("JWT_TTL_MINUTES", good)]).is_ok(), "{good}");
    }
    for bad in [
        "0",
        "-1",
        "1441",
        "60m",
        "6_0",
        "1e3",
        "inf",
        "99999999999999999999",
    ] {
        assert_eq!(
            settings(service(&[("JWT_TTL_MINUTES", bad)])),
            ["JWT_TTL_MINUTES"],
            "{bad}"
        );
    }
}

#[test]
fn the_builder_holds_to_the_same_rules() {
    let builder = || JwtConfig::builder(SecretString::from(GOOD_SECRET));
    let good = || builder().issuer("test-idp").audience("test-api");
    assert!(good().build().is_ok());
    for (bad, setting) in [
        (good().algorithm(Algorithm::Hs384), "JWT_SECRET"),
        (good().algorithm(Algorithm::Rs256), "JWT_ALGORITHM"),
        (builder().audience("test-api"), "JWT_ISSUER"),
        (
            builder().issuer("dev-idp").audience("test-api"),
            "JWT_ISSUER",
        ),
        (builder().issuer("test-idp"), "JWT_AUDIENCE"),
        (good().audience(GOOD_SECRET), "JWT_SECRET"),
        (good().ttl(Duration::from_secs(59)), "JWT_TTL_MINUTES"),
    ] {
        let said = bad.build().err().unwrap().to_string();
        assert!(said.starts_with(&format!("{setting} ")), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn serde_holds_to_the_same_rules_and_repeats_no_secret() {
    let good = serde_json::json!({
        "JWT_SECRET": GOOD_SECRET, "jwt_issuer": "test-idp", "jwt_audience": ["a", "b"],
        "jwt_algorithm": "HS256", "jwt_ttl_minutes": 5, "enable_login": false,
    });
    let jwt: JwtConfig = serde_json::from_value(good.clone()).unwrap();
    assert_eq!(jwt.audiences(), ["a", "b"]);
    assert_eq!(jwt.ttl().as_secs(), 300);
    for (name, bad) in [
        ("JWT_SECRET", serde_json::json!("hunter2")),
        ("JWT_SECRET", serde_json::json!(4815162342_u64)),
        ("JWT_SECRET", serde_json::json!(-4815162342_i64)),
        ("JWT_SECRET", serde_json::json!(48.15162342)),
        ("JWT_SECRET", serde_json::json!(["hunter2"])),
        ("JWT_SECRET", serde_json::json!({"hunter2": 1})),
        ("JWT_SECRET", serde_json::Value::Null),
        ("jwt_algorithm", serde_json::json!("none")),
        ("jwt_issuer", serde_json::json!("dev-idp")),
    ] {
        let mut given = good.clone();
        given[name] = bad.clone();
        let said = serde_json::from_value::<JwtConfig>(given)
            .err()
            .unwrap()
            .to_string();
        assert!(
            !said.contains("hunter2") && !said.contains("15162342"),
            "{bad}: {said}"
        );
    }
}

const FORMER: &str = "Zx3Rt8Lm1Qw6Ny4Kp9Vb2Hc7Jd5Fg0Us";

#[test]
fn a_former_secret_is_as_strong_as_the_current_one_and_another() {
    const ALSO: &str = "JWT_SECRET_ALSO_ACCEPTED";
    let several = |count: usize| {
        let each = (0..count).map(|at| format!("{FORMER}{at}"));
        each.collect::<Vec<_>>().join(", ")
    };
    for good in [FORMER.to_owned(), several(2), several(3)] {
        let service = service(&[(ALSO, &good)]).unwrap();
        let items = serde_json::to_string(service.items()).unwrap();
        assert!(!items.contains(FORMER), "{items}");
        assert!(items.contains(ALSO));
        assert!(!format!("{:?}", service.jwt).contains(FORMER));
    }
    let with_current = format!("{FORMER},{GOOD_SECRET}");
    for (bad, reason) in [
        ("hunter2".to_owned(), "is shorter than 32 bytes"),
        (format!("{FORMER},changeme"), "is a placeholder"),
        (format!("{FORMER},"), "is empty"),
        (
            format!("-----BEGIN PUBLIC KEY-----{FORMER}"),
            "is a key file",
        ),
        (GOOD_SECRET.to_owned(), "has the secret that JWT_SECRET is"),
        (with_current, "has the secret that JWT_SECRET is"),
        (several(4), "has more than three secrets"),
    ] {
        let report = service(&[(ALSO, &bad)]).err().unwrap();
        let said = format!("{report} {report:?}");
        assert!(said.contains(&format!("{ALSO} {reason}")), "{said}");
        for secret in [FORMER, GOOD_SECRET, "hunter2"] {
            assert!(!said.contains(secret), "{said}");
        }
        assert_eq!(settings(Err::<Loaded<()>, _>(report)), [ALSO]);
    }
    // The same key in another spelling.
    let spelt = [
        ("JWT_SECRET_ENCODING", "base64"),
        ("JWT_SECRET", "azdRejBmWHY5THIyVHk1V204Qm4xQ2Q0R2g2SnAzU2E="),
        (ALSO, "azdRejBmWHY5THIyVHk1V204Qm4xQ2Q0R2g2SnAzU2E"),
    ];
    assert_eq!(settings(service(&spelt)), [ALSO]);
    let list = serde_json::json!({
        "JWT_SECRET": GOOD_SECRET, "JWT_ISSUER": "test-idp", "JWT_AUDIENCE": "a",
        ALSO: [FORMER],
    });
    assert!(serde_json::from_value::<JwtConfig>(list.clone()).is_ok());
    let mut none = list.clone();
    none["JWT_SECRET_ALSO_ACCEPTED"] = "".into();
    assert!(serde_json::from_value::<JwtConfig>(none).is_ok());
    for bad in [
        serde_json::json!("hunter2"),
        serde_json::json!(["hunter2"]),
        serde_json::json!([4815162342_u64]),
        serde_json::json!(4815162342_u64),
        serde_json::json!({"hunter2": 1}),
    ] {
        let mut given = list.clone();
        given[ALSO] = bad;
        let said = serde_json::from_value::<JwtConfig>(given)
            .err()
            .unwrap()
            .to_string();
        assert!(
            !said.contains("hunter2") && !said.contains("15162342"),
            "{said}"
        );
    }
}

#[test]
fn a_longest_lifetime_is_no_less_than_the_service_issues() {
    const MAX: &str = "JWT_MAX_LIFETIME_MINUTES";
    assert_eq!(service(&[]).unwrap().jwt.max_lifetime(), None);
    let hours = service(&[(MAX, "120")]).unwrap().jwt.max_lifetime();
    assert_eq!(hours, Some(Duration::from_secs(7200)));
    for bad in [
        "0",
        "59",
        "525601",
        "-1",
        "1.5",
        "never",
        "18446744073709551615",
    ] {
        assert_eq!(settings(service(&[(MAX, bad)])), [MAX], "{bad}");
    }
    assert!(service(&[(MAX, "59"), ("JWT_TTL_MINUTES", "59")]).is_ok());
}

/// A format that knows numbers of 128 bits hands them on as such.
#[test]
fn a_secret_that_is_a_large_number_is_not_repeated() {
    use serde::Deserialize as _;
    use serde::de::value::{Error, MapDeserializer};

    for name in ["JWT_SECRET", "JWT_SECRET_ALSO_ACCEPTED"] {
        let settings = [(name, 48_151_623_424_815_162_342_u128)];
        let error = JwtConfig::deserialize(MapDeserializer::<_, Error>::new(settings.into_iter()));
        let said = error.err().unwrap().to_string();
        assert!(!said.contains("4815"), "{said}");
        let settings = [(name, -48_151_623_424_815_162_342_i128)];
        let error = JwtConfig::deserialize(MapDeserializer::<_, Error>::new(settings.into_iter()));
        let said = error.err().unwrap().to_string();
        assert!(!said.contains("4815"), "{said}");
    }
}
