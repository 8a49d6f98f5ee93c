//! `init` and `get`: the one configuration of a process.

use api_utils::Config;
use api_utils::config::InitError;

#[derive(Config)]
#[config(no_jwt_secret = "only the life of the global is tested")]
struct Never {
    #[expect(dead_code, reason = "nothing sets it, so it is never read")]
    a_setting_that_no_environment_has_0815: String,
}

#[derive(Config)]
#[config(no_jwt_secret = "only the life of the global is tested")]
struct Once {
    #[config(default = 7)]
    number_that_no_environment_has_0815: u8,
}

#[test]
fn a_failed_init_leaves_nothing_behind() {
    assert!(Never::get().is_none());
    for _ in 0..2 {
        let error = Never::init().unwrap_err();
        assert!(matches!(error, InitError::Report(_)), "{error}");
        assert!(error.to_string().contains("is not set"), "{error}");
        assert!(Never::get().is_none());
    }
}

#[test]
fn a_second_init_is_an_error_and_the_first_stays() {
    let first = Once::init().unwrap();
    assert_eq!(first.number_that_no_environment_has_0815, 7);
    assert!(matches!(Once::init(), Err(InitError::AlreadyInitialized)));
    assert!(std::ptr::eq(Once::get().unwrap(), first));
}
