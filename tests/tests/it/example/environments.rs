//! Every hostile environment: it starts or refuses as the case says, and prints no secret.

use api_utils_tests::service::{Environment, Started};
use serde_json::Value;

#[test]
fn each_starts_or_refuses_as_it_must() {
    let Some(shared) = api_utils_tests::shared() else {
        println!("skipped: the shared attack cases are not there");
        return;
    };
    let cases = std::fs::read_to_string(shared.join("attacks/environments.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let mut environment = Environment::default();
        for (name, value) in case["env"].as_object().unwrap() {
            environment = environment.set(name, value.as_str().unwrap());
        }
        let (outcome, output) = match environment.start() {
            Started::Running(service) => {
                assert_eq!(service.get("/health", None).status, 200);
                ("start", service.output())
            }
            Started::Refused(refused) => {
                assert_eq!(refused.status.code(), Some(78), "{refused:?}");
                ("refuse", refused.output)
            }
        };
        // An empty variable counts as not set; everything else takes the strict outcome.
        let empty = environment_is_partly_empty(&case["env"]);
        if case["expect"] != outcome && !(empty && case["also_ok"][0] == outcome) {
            wrong.push(format!("{}: {outcome} ({})", case["name"], case["why"]));
        }
        for needle in secrets(&case["env"]) {
            assert!(
                !output.contains(&needle),
                "{}: {needle} in {output}",
                case["name"]
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn environment_is_partly_empty(environment: &Value) -> bool {
    let mut values = environment.as_object().unwrap().values();
    values.any(|value| value == "")
}

/// What must not be printed: the secret where it is more than a common word, a password in a URL.
fn secrets(environment: &Value) -> Vec<String> {
    let secret = environment["JWT_SECRET"].as_str().unwrap_or_default();
    let lines = secret
        .lines()
        .filter(|line| line.len() > 16 && !line.starts_with("-----"));
    let mut needles: Vec<String> = lines.map(str::to_owned).collect();
    if environment.to_string().contains("hunter2canary") {
        needles.push("hunter2canary".to_owned());
    }
    needles
}
