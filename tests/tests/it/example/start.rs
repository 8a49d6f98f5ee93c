//! It starts, says where, lists who may call what, and stops; or it says why not.

use api_utils_tests::service::{Environment, Started};

#[test]
fn prints_the_address_and_then_the_access_table() {
    let service = Environment::development().run();
    let until = std::time::Instant::now() + std::time::Duration::from_secs(5);
    let routes = [
        "/health",
        "/api/whoami",
        "/api/admin",
        "/api/users/{user_id}",
        "/api/reports",
        "/api/config",
        "/dev-login",
    ];
    loop {
        let output = service.output();
        let table = output
            .split_once("listening on http://")
            .expect("announced")
            .1;
        if routes.iter().all(|route| table.contains(route)) {
            return;
        }
        assert!(
            std::time::Instant::now() < until,
            "the table is whole: {output}"
        );
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn stops_cleanly_on_both_signals() {
    for signal in ["TERM", "INT"] {
        let mut service = Environment::production().run();
        assert_eq!(service.get("/health", None).body, "ok");
        assert_eq!(service.stop(signal).code(), Some(0), "SIG{signal}");
    }
}

#[test]
fn a_bad_configuration_is_one_report_and_status_78() {
    let started = Environment::default()
        .set("JWT_SECRET", "hunter2-too-short")
        .set("JWT_TTL_MINUTES", "soon")
        .set("LISTEN", "nowhere")
        .start();
    let Started::Refused(refused) = started else {
        panic!("it started");
    };
    assert_eq!(refused.status.code(), Some(78), "{refused:?}");
    assert!(
        refused.took < std::time::Duration::from_secs(1),
        "{refused:?}"
    );
    for named in [
        "JWT_SECRET",
        "JWT_TTL_MINUTES",
        "LISTEN",
        "openssl rand -base64 32",
    ] {
        assert!(
            refused.output.contains(named),
            "{named} in {}",
            refused.output
        );
    }
    assert!(!refused.output.contains("hunter2"), "{}", refused.output);
}

#[test]
fn without_a_secret_it_does_not_start() {
    let Started::Refused(refused) = Environment::default().start() else {
        panic!("it started");
    };
    assert_eq!(refused.status.code(), Some(78), "{refused:?}");
    assert!(refused.output.contains("JWT_SECRET"), "{}", refused.output);
}

/// Every `Auth` of such a build says so in the log; the example logs everything here.
#[test]
fn it_is_no_build_for_tests() {
    let service = Environment::development().run();
    assert_eq!(service.get("/health", None).status, 200);
    let output = service.output_with("/dev-login is on");
    assert!(
        output.contains("/dev-login is on"),
        "the log is seen: {output}"
    );
    assert!(!output.contains("`testing`"), "{output}");
}
