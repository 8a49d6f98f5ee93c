//! Rules that fields and structs state for their values.

use std::collections::BTreeSet;

use api_utils::config::{Loaded, Problems, Report, Sources};
use api_utils::{Config, ExposeSecret as _, SecretString};

use super::{GOOD_SECRET, settings};

#[derive(Config)]
#[config(no_jwt_secret = "only rules are tested", validate = whole)]
struct Rules {
    #[config(range = 1..=10, default = 5)]
    workers: u8,
    #[config(range = ..100.0)]
    ratio: Option<f64>,
    #[config(len = 2..=4)]
    code: Option<String>,
    #[config(len = 1..3, delimiter = ",")]
    tags: Option<BTreeSet<String>>,
    #[config(one_of = ["tcp", "udp"], default = "tcp")]
    #[expect(dead_code, reason = "only whether it is refused is tested")]
    protocol: String,
    #[config(non_empty)]
    title: Option<String>,
    #[config(validate = even)]
    #[expect(dead_code, reason = "only whether it is refused is tested")]
    number: Option<u32>,
    #[config(validate = talkative, len = 12..)]
    #[expect(dead_code, reason = "only whether it is refused is tested")]
    password: Option<SecretString>,
    #[config(default = false)]
    tls: bool,
    #[config(required_if = tls)]
    certificate: Option<String>,
    #[config(required_if = protocol == "udp")]
    #[expect(dead_code, reason = "only whether it is refused is tested")]
    buffer: Option<u16>,
    #[config(strength)]
    pepper: Option<SecretString>,
    #[config(strength = 64)]
    #[expect(dead_code, reason = "only whether it is refused is tested")]
    long_pepper: Option<SecretString>,
}

fn even(number: &u32) -> Result<(), &'static str> {
    if number.is_multiple_of(2) {
        Ok(())
    } else {
        Err("is odd")
    }
}

/// A check that repeats the secret.
fn talkative(password: &SecretString) -> Result<(), String> {
    match password.expose_secret() {
        "correct-enough" => Ok(()),
        other => Err(format!("is `{other}`, which is no good")),
    }
}

fn whole(rules: &Rules, problems: &mut Problems<'_, '_>) {
    if rules.workers == 7 && rules.title.is_none() {
        problems.refuse("WORKERS", "is 7 without a TITLE", "set one");
    }
}

fn load(name: &str, value: &str) -> Result<Loaded<Rules>, Report> {
    Rules::load_from(Sources::of_environment([(name, value)]))
}

#[test]
fn a_value_that_breaks_a_rule_is_refused_with_the_rule() {
    for (name, bad, rule) in [
        ("WORKERS", "0", "is not in 1..=10"),
        ("WORKERS", "11", "is not in 1..=10"),
        ("RATIO", "100", "is not in ..100.0"),
        ("CODE", "a", "has a length that is not in 2..=4"),
        ("CODE", "aaaaa", "has a length that is not in 2..=4"),
        ("TAGS", "a,b,c", "has a length that is not in 1..3"),
        ("PROTOCOL", "icmp", "is none of \"tcp\", \"udp\""),
        ("TITLE", "  ", "is blank"),
        ("NUMBER", "3", "is odd"),
        ("WORKERS", "7", "is 7 without a TITLE"),
    ] {
        let report = load(name, bad).err().unwrap();
        let said = report.to_string();
        assert!(
            said.contains(&format!("{name} {rule}")),
            "{name}={bad}: {said}"
        );
        assert!(
            said.contains(&format!("environment variable {name}")),
            "{said}"
        );
        assert_eq!(report.problems().len(), 1, "{said}");
    }
    for (name, good) in [
        ("WORKERS", "10"),
        ("RATIO", "99.9"),
        ("CODE", "äöüß"),
        ("TAGS", "a,b"),
        ("NUMBER", "4"),
        ("PASSWORD", "correct-enough"),
    ] {
        assert!(load(name, good).is_ok(), "{name}={good}");
    }
    let loaded = load("CODE", "ab").unwrap();
    assert_eq!(
        (loaded.ratio, loaded.code.as_deref(), &loaded.tags),
        (None, Some("ab"), &None)
    );
}

#[test]
fn a_rule_of_a_secret_says_nothing_of_it() {
    let report = load("PASSWORD", "hunter2").err().unwrap();
    let said = report.to_string();
    assert_eq!(report.problems().len(), 2, "{said}");
    assert!(
        said.contains("PASSWORD has a length that is not in 12.."),
        "{said}"
    );
    assert!(
        said.contains("PASSWORD is `secret`, which is no good"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_setting_may_be_required_by_another() {
    assert_eq!(settings(load("TLS", "true")), ["CERTIFICATE"]);
    let said = load("TLS", "true").err().unwrap().to_string();
    assert!(
        said.contains("CERTIFICATE is not set, and has to be when TLS is true"),
        "{said}"
    );
    assert_eq!(settings(load("PROTOCOL", "udp")), ["BUFFER"]);
    let both = Sources::of_environment([("TLS", "true"), ("CERTIFICATE", "x")]);
    let both = Rules::load_from(both).unwrap();
    assert!(both.tls && both.certificate.is_some());
}

#[test]
fn strength_is_asked_of_other_secrets_as_well() {
    for (name, bad, reason) in [
        ("PEPPER", "hunter2", "is shorter than 32 bytes"),
        (
            "PEPPER",
            "changeme-changeme-changeme-changeme",
            "is a placeholder",
        ),
        ("PEPPER", "", "is empty"),
        ("LONG_PEPPER", GOOD_SECRET, "is shorter than 64 bytes"),
    ] {
        let said = load(name, bad).err().unwrap().to_string();
        assert!(said.contains(&format!("{name} {reason}")), "{said}");
        assert!(said.contains("openssl rand"), "{said}");
    }
    assert!(load("PEPPER", GOOD_SECRET).unwrap().pepper.is_some());
}
