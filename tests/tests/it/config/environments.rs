//! The shared environments: each starts or refuses as it says, and none of its secrets is shown.

use api_utils::config::Sources;
use serde_json::Value;

use super::Service;

#[test]
fn each_environment_starts_or_is_refused_as_it_says() {
    let Some(folder) = api_utils_tests::shared() else {
        println!("skipped: no folder of shared attack cases");
        return;
    };
    let file = folder.join("attacks/environments.jsonl");
    let cases = std::fs::read_to_string(&file).unwrap();
    let mut seen = 0;
    for case in cases
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
    {
        let name = case["name"].as_str().unwrap();
        let variables: Vec<(String, String)> = case["env"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect();
        let secret = case["env"]["JWT_SECRET"].as_str().unwrap_or_default();
        let loaded = Service::load_from(Sources::of_environment(variables));
        let outcome = if loaded.is_ok() { "start" } else { "refuse" };
        // The stricter outcome wherever a case leaves both open, but for an empty variable, which
        // counts as not set.
        if outcome != case["expect"] {
            let empty = case["env"]
                .as_object()
                .unwrap()
                .values()
                .any(|value| value == "");
            let also_ok = case["also_ok"].as_array().unwrap();
            assert!(
                empty && also_ok.iter().any(|ok| ok == outcome),
                "{name}: {outcome}"
            );
        }
        let shown = match loaded {
            Ok(loaded) => format!(
                "{loaded:?} {:?} {:?} {}",
                loaded.jwt,
                loaded.warnings(),
                serde_json::to_string(loaded.items()).unwrap()
            ),
            Err(report) => format!("{report} {report:?} {report:#?}"),
        };
        for piece in pieces(secret)
            .into_iter()
            .chain(["hunter2canary".to_owned()])
        {
            assert!(!shown.contains(&piece), "{name}: {piece:?} in {shown}");
        }
        seen += 1;
    }
    assert!(seen >= 34, "only {seen} cases");
}

/// Every 8 bytes of a secret, and its start where it is shorter; words that our own texts have
/// anyway are left out.
fn pieces(secret: &str) -> Vec<String> {
    let ours = [
        "secret",
        "test",
        "a public",
        "JSON Web",
        "PUBLIC KEY",
        "-----BEGIN",
    ];
    secret
        .as_bytes()
        .windows(8.min(secret.len().max(1)))
        .map(|window| String::from_utf8_lossy(window).into_owned())
        .filter(|piece| {
            !ours
                .iter()
                .any(|our| our.contains(piece.as_str()) || piece.contains(our))
        })
        .filter(|piece| piece.trim().len() >= 6)
        .collect()
}
