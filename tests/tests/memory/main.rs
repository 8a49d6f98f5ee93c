//! A load leaves no secret in freed memory: an allocator looks into every block that is freed.
//!
//! The test starts itself again with the secrets in its environment, as a service has them.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says what it saw"
)]

mod spy;

use api_utils::config::Sources;
use api_utils::{Config, ExposeSecret as _, JwtConfig, SecretString, SecretUrl};

/// What is looked for in freed memory; each secret has it.
const CANARY: &str = "c4n4ry-7Qz0fXv9";
const JWT_SECRET: &str = "c4n4ry-7Qz0fXv9-Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa";

#[derive(Config)]
struct App {
    #[config(flatten)]
    jwt: JwtConfig,
    password: SecretString,
    optional: Option<SecretString>,
    database: SecretUrl,
    #[config(strength)]
    pepper: SecretString,
    #[config(default = 8080)]
    port: u16,
}

#[derive(Config)]
#[config(no_jwt_secret = "a leak on purpose")]
struct Leaky {
    label: String,
}

const SECRETS: [(&str, &str); 5] = [
    ("JWT_SECRET", JWT_SECRET),
    ("PASSWORD", "c4n4ry-7Qz0fXv9"),
    ("OPTIONAL", "c4n4ry-7Qz0fXv9 and more"),
    ("DATABASE", "postgres://app:c4n4ry-7Qz0fXv9@db/orders"),
    ("PEPPER", JWT_SECRET),
];
const OTHERS: [(&str, &str); 3] = [
    ("JWT_ISSUER", "https://id.example.org"),
    ("JWT_AUDIENCE", "orders"),
    ("LABEL", "c4n4ry-7Qz0fXv9 in a plain text"),
];

fn main() {
    if let Some(part) = std::env::var_os("MEMORY_PART") {
        return child(&part.to_string_lossy());
    }
    let folder = std::env::temp_dir().join(format!("api-utils-memory-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let files = SECRETS.map(|(name, secret)| {
        let file = folder.join(name);
        std::fs::write(&file, format!("{secret}\n")).expect("a file for the test");
        (format!("{name}_FILE"), file)
    });
    let program = std::env::current_exe().expect("this program");
    for part in ["environment", "named files", "folder", "leak"] {
        let mut command = std::process::Command::new(&program);
        command.env_clear().envs(OTHERS).env("MEMORY_PART", part);
        match part {
            "environment" | "leak" => command.envs(SECRETS),
            "named files" => command.envs(files.clone()),
            _ => command.env("CONFIG_FOLDER", &folder),
        };
        let status = command.status().expect("it starts");
        assert!(status.success(), "{part}");
    }
    std::fs::remove_dir_all(&folder).expect("the folder of the test");
}

fn child(part: &str) {
    let (freed, found) = if part == "leak" {
        spy::watch(|| {
            let leaky = Leaky::load_from(Sources::standard()).expect("it loads");
            assert!(leaky.label.contains(CANARY));
        })
    } else {
        spy::watch(|| {
            let app = App::load_from(Sources::standard()).expect("it loads");
            assert!(app.password.expose_secret().contains(CANARY));
            assert!(app.database.expose_secret().contains(CANARY));
            assert!(app.pepper.expose_secret().contains(CANARY));
            assert!(app.optional.is_some());
            assert_eq!(
                (app.jwt.issuer(), app.port),
                ("https://id.example.org", 8080)
            );
        })
    };
    println!("{part}: {freed} blocks freed, {found} of them with a secret");
    // The plain text of the leak alone needs next to none.
    assert!(part == "leak" || freed > 20, "the spy sees nothing");
    assert_eq!(found > 0, part == "leak");
}
