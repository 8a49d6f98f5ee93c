//! Maps whose keys are the user's business, among settings whose keys are not.

use std::collections::BTreeMap;

use api_utils::Config;
use api_utils::config::Sources;

use super::support::Folder;

#[derive(Config)]
#[config(no_jwt_secret = "only maps are tested")]
struct Free {
    labels: BTreeMap<String, String>,
    #[config(serde)]
    tree: Option<serde_json::Value>,
    port: Option<u16>,
}

#[test]
fn keys_in_a_free_map_pass_and_beside_it_they_do_not() {
    let free = |text: &str| {
        let folder = Folder::new("free").with("app.toml", text);
        Free::load_from(Sources::empty().document(folder.0.join("app.toml")))
    };
    let map = "[labels]\nprot = \"a\"\n\"any thing\" = \"b\"\nCamelCase = \"c\"\n";
    let tree = "[tree.deep]\nprot = 1\n[[tree.list]]\nx = 1\n";
    let app = free(&format!("{map}{tree}")).unwrap();
    let keys: Vec<&str> = app.labels.keys().map(String::as_str).collect();
    assert_eq!(keys, ["CamelCase", "any thing", "prot"]);
    let tree = app.tree.as_ref().unwrap();
    assert_eq!(
        (&tree["deep"]["prot"], &tree["list"][0]["x"]),
        (&1.into(), &1.into())
    );
    assert_eq!(app.port, None);
    let report = free(&format!("prot = 1\n{map}")).err().unwrap();
    assert!(
        report.to_string().contains("did you mean PORT?"),
        "{report}"
    );
}

#[test]
fn text_is_no_free_map() {
    let folder = Folder::new("scalar-2").with("app.toml", "labels = \"a=b\"\n");
    let report = Free::load_from(Sources::empty().document(folder.0.join("app.toml")));
    let said = report.err().unwrap().to_string();
    assert!(said.contains("LABELS is not a table"), "{said}");
}
