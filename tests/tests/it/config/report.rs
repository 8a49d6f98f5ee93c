//! The report and the items as people and programs read them: order, words, no colour.

use api_utils::Config;
use api_utils::config::Sources;

use super::support::Folder;
use super::{GOOD_SECRET, service, settings};

#[derive(Config)]
#[config(no_jwt_secret = "only what is said is tested")]
#[expect(dead_code, reason = "only what is said of it is tested")]
struct App {
    zebra: u16,
    #[config(flatten, prefix = "M_")]
    middle: Middle,
    apple: u16,
    #[config(default = 3 + 4)]
    written: u8,
    #[config(default = "5")]
    text: u8,
    #[config(alias = "FORMER")]
    renamed: Option<u8>,
}

#[derive(Config)]
#[config(section)]
#[expect(dead_code, reason = "only what is said of it is tested")]
struct Middle {
    second: u16,
    first: u16,
}

#[test]
fn problems_have_the_order_of_the_fields_whatever_the_source() {
    let folder =
        Folder::new("report-order").with("app.toml", "apple = \"x\"\n[m]\nfirst = \"x\"\n");
    let load = || {
        let variables = [("ZEBRA", "x"), ("M_SECOND", "x")];
        let sources = Sources::of_environment(variables).document(folder.0.join("app.toml"));
        App::load_from(sources)
    };
    let order = ["ZEBRA", "M_SECOND", "M_FIRST", "APPLE"];
    assert_eq!(settings(load()), order);
    let said = load().err().unwrap().to_string();
    assert_eq!(said, load().err().unwrap().to_string());
}

#[test]
fn items_have_the_order_of_the_fields_and_say_which_default_and_which_name() {
    let variables = [
        ("ZEBRA", "1"),
        ("M_SECOND", "2"),
        ("M_FIRST", "3"),
        ("APPLE", "4"),
        ("FORMER", "6"),
    ];
    let app = App::load_from(Sources::of_environment(variables)).unwrap();
    let shown = app.table().to_string();
    let expected = "\
NAME      VALUE  FROM
ZEBRA     1      environment variable ZEBRA
M_SECOND  2      environment variable M_SECOND
M_FIRST   3      environment variable M_FIRST
APPLE     4      environment variable APPLE
WRITTEN   7      default of the program
TEXT      5      default of the program
RENAMED   6      environment variable FORMER
";
    assert_eq!(shown, expected);
}

#[test]
fn a_report_has_no_colour_and_a_good_load_says_nothing() {
    let report = service(&[("LISTEN", "x"), ("JWT_SECRET", "hunter2")])
        .err()
        .unwrap();
    for said in [report.to_string(), format!("{report:?}")] {
        assert!(!said.contains('\u{1b}'), "{said}");
    }
    assert_eq!(report.exit_code(), 78);
    let good = service(&[("JWT_SECRET", GOOD_SECRET)]).unwrap();
    assert!(good.warnings().is_empty());
}

#[test]
fn a_password_that_a_plain_text_names_is_masked_and_told() {
    #[derive(Config)]
    #[config(no_jwt_secret = "only what is said is tested")]
    struct Plain {
        url: String,
        options: String,
    }
    let plain = Plain::load_from(Sources::of_environment([
        ("URL", "postgres://db/x?user=a&password=hunter2"),
        ("OPTIONS", "host=db password=hunter2 user=a"),
    ]))
    .unwrap();
    assert!(plain.url.contains("hunter2") && plain.options.contains("hunter2"));
    let shown = format!("{} {plain:?} {:?}", plain.table(), plain.warnings());
    assert!(!shown.contains("hunter2"), "{shown}");
    let told: Vec<&str> = plain.warnings().iter().map(|one| one.setting()).collect();
    assert_eq!(told, ["URL", "OPTIONS"]);
}
