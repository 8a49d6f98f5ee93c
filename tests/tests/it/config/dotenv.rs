//! `.env` files: by request, read by rules that change no value in silence.

use api_utils::Config;
use api_utils::config::Sources;

use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only the file is tested")]
struct App {
    a: Option<String>,
    b: Option<String>,
}

fn read(text: &str) -> Result<(Option<String>, Option<String>), String> {
    let name = format!(
        "dotenv-{:x}",
        text.bytes().fold(7u64, |hash, byte| {
            hash.wrapping_mul(31) ^ u64::from(byte)
        })
    );
    let folder = Folder::new(&name).with(".env", text);
    let sources = Sources::empty().dotenv(folder.0.join(".env"));
    match App::load_from(sources) {
        Ok(app) => {
            let App { a, b } = app.into_inner();
            Ok((a, b))
        }
        Err(report) => Err(report.to_string()),
    }
}

#[test]
fn values_arrive_as_they_are_written() {
    for (text, value) in [
        ("A=pa$$w0rd", "pa$$w0rd"),
        ("A={\"k\":1}", "{\"k\":1}"),
        ("\u{feff}A=x\r\n", "x"),
        ("A=a b", "a b"),
        ("A=ab#cd", "ab#cd"),
        ("A='ab #cd'", "ab #cd"),
        ("A='it is \\n'", "it is \\n"),
        ("A=\"a\\n\\\"b\\\\\\$c\" # comment", "a\n\"b\\$c"),
        ("A='one\ntwo'\n", "one\ntwo"),
        ("export A=x", "x"),
        ("  A = x  ", "x"),
        ("# comment\n\nA=a=b", "a=b"),
        ("A=''\nB=1", ""),
    ] {
        let read = read(text).unwrap();
        assert_eq!(read.0.unwrap_or_default(), value, "{text:?}");
    }
}

#[test]
fn what_is_ambiguous_is_an_error_with_its_line_and_nothing_of_it() {
    for (text, reason, line) in [
        ("A=hunter2 #canary", "has ` #` in a value", ":1"),
        ("\nA=#hunter2", "has ` #` in a value", ":2"),
        ("hunter2", "has a line without `=`", ":1"),
        ("A-B=hunter2", "has a name with other characters", ":1"),
        ("=hunter2", "has a name with other characters", ":1"),
        ("A=1\nA=hunter2", "sets a variable a second time", ":2"),
        ("A='hunter2\n\n", "has a quote that is not closed", ":1"),
        ("A='hun'ter2", "has text behind the closing quote", ":1"),
        ("A=\"hunter2\\x\"", "has an escape other than", ":1"),
    ] {
        let said = read(text).unwrap_err();
        assert!(said.contains(reason), "{text:?}: {said}");
        assert!(said.contains(&format!(".env{line}\n")), "{text:?}: {said}");
        assert!(!said.contains("hunter2"), "{text:?}: {said}");
    }
}

#[test]
fn the_real_environment_beats_it_and_is_not_touched() {
    let folder = Folder::new("dotenv-order").with(".env", "A=file\nB=file\n");
    let sources = Sources::of_environment([("A", "real")]).dotenv(folder.0.join(".env"));
    let app = App::load_from(sources).unwrap();
    assert_eq!(
        (app.a.as_deref(), app.b.as_deref()),
        (Some("real"), Some("file"))
    );
    let item = &app.items()[1];
    assert_eq!(item.from(), "environment");
    assert_eq!(
        item.origin().to_string(),
        format!("{}:2", folder.path(".env"))
    );
    assert!(std::env::var_os("B").is_none());
    let absent = App::load_from(Sources::empty().dotenv("/no/such/.env"));
    assert!(absent.err().unwrap().to_string().contains("is not there"));
}

#[test]
fn the_line_is_right_whatever_its_line_breaks_and_what_stands_above() {
    for (text, line) in [
        ("# one\r\n\r\nA=x\r\n", 3),
        ("B='one\ntwo\nthree'\nA=x", 4),
        ("\u{feff}# one\nexport A=x", 2),
        ("\n\n\nA=\"x\"", 4),
    ] {
        let folder = Folder::new("dotenv-lines").with(".env", text);
        let app = App::load_from(Sources::empty().dotenv(folder.0.join(".env"))).unwrap();
        assert_eq!(app.a.as_deref(), Some("x"), "{text:?}");
        let origin = app.items()[0].origin().to_string();
        assert_eq!(
            origin,
            format!("{}:{line}", folder.path(".env")),
            "{text:?}"
        );
    }
}

#[test]
fn a_file_of_variables_that_is_none_is_refused() {
    for (content, reason) in [
        (&b"\xff\xfeA\0=\0h\0u\0n\0t\0"[..], "is not UTF-8 text"),
        (&b"A=hunter2\xff"[..], "is not UTF-8 text"),
        (&b"A.B=hunter2"[..], "has a name with other characters"),
        (&b"export hunter2"[..], "has a line without `=`"),
        (&b"A B=hunter2"[..], "has a name with other characters"),
        (&[b'#'; 1024 * 1024 + 1][..], "is larger than 1024 KiB"),
    ] {
        let folder = Folder::new("dotenv-none").with(".env", content);
        let loaded = App::load_from(Sources::empty().dotenv(folder.0.join(".env")));
        let said = loaded.err().unwrap().to_string();
        assert!(said.contains(reason), "{reason}: {said}");
        assert!(!said.contains("hunt"), "{said}");
    }
    for nothing in ["", "\u{feff}", "\n\r\n", "# only this"] {
        assert_eq!(read(nothing), Ok((None, None)), "{nothing:?}");
    }
}
