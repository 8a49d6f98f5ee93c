//! Starts the example service as a stranger would, and speaks plain HTTP/1.1 to it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Builds `guarded_api` once and gives its path.
fn example() -> &'static PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--locked", "--quiet", "--package", "api-utils"])
            .args(["--example", "guarded_api", "--features", "dev-login"])
            .args(["--message-format", "json"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo starts");
        assert!(built.status.success(), "the example builds");
        String::from_utf8_lossy(&built.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter(|message| message["target"]["name"] == "guarded_api")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("cargo names the executable")
    })
}

/// An environment for the example, nothing inherited: only what is said here reaches it.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

/// How a start ended: the service runs, or it refused.
#[derive(Debug)]
pub enum Started {
    /// It accepts connections.
    Running(Service),
    /// It ended before it accepted anything.
    Refused(Refused),
}

/// What a service that did not start left behind.
#[derive(Debug)]
pub struct Refused {
    /// Its exit status.
    pub status: ExitStatus,
    /// All it printed, both streams.
    pub output: String,
    /// From start to exit.
    pub took: Duration,
}

/// A running example, stopped when dropped.
#[derive(Debug)]
pub struct Service {
    child: Child,
    /// Host and port.
    pub address: String,
    output: Arc<Mutex<String>>,
}

/// An HTTP answer, the head as sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Field names in lower case with their values, in order, without `date`.
    pub fields: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The first field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Environment {
    /// Enough to start: a test secret, an issuer, an audience; no log-in.
    #[must_use]
    pub fn production() -> Self {
        Self::default()
            .set("JWT_SECRET", "k7Qz0fXv9Lr2Ty5Wm8Bn1Cd4Gh6Jp3Sa-TEST-ONLY")
            .set("JWT_ISSUER", "test-idp")
            .set("JWT_AUDIENCE", "test-api")
    }

    /// The same, with `/dev-login`.
    #[must_use]
    pub fn development() -> Self {
        Self::production().set("ENABLE_LOGIN", "true")
    }

    /// Sets a variable.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Starts the example on a free port, unless `LISTEN` is set.
    ///
    /// # Panics
    /// When it neither accepts nor ends within ten seconds.
    #[must_use]
    pub fn start(&self) -> Started {
        let path = example();
        let began = Instant::now();
        let mut child = Command::new(path)
            .env_clear()
            .env("LISTEN", "127.0.0.1:0")
            .env("RUST_LOG", "trace")
            .envs(&self.0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let output = Arc::new(Mutex::new(String::new()));
        let (announce, announced) = std::sync::mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("piped")),
            Box::new(child.stderr.take().expect("piped")),
        ];
        let readers: Vec<_> = streams
            .into_iter()
            .map(|stream| {
                let (output, announce) = (Arc::clone(&output), announce.clone());
                std::thread::spawn(move || {
                    for line in BufReader::new(stream).lines().map_while(Result::ok) {
                        let mut printed = output.lock().expect("no reader panicked");
                        printed.push_str(&line);
                        printed.push('\n');
                        drop(printed);
                        if let Some(address) = line.strip_prefix("listening on http://") {
                            let _ = announce.send(address.to_owned());
                        }
                    }
                })
            })
            .collect();
        drop(announce);
        match announced.recv_timeout(Duration::from_secs(10)) {
            Ok(address) => Started::Running(Service {
                child,
                address,
                output,
            }),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => {
                let status = child.wait().expect("it ended");
                for reader in readers {
                    reader.join().expect("readers end");
                }
                let output = output.lock().expect("no reader panicked").clone();
                Started::Refused(Refused {
                    status,
                    output,
                    took: began.elapsed(),
                })
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                panic!("neither accepted nor ended: {:?}", output.lock());
            }
        }
    }

    /// Starts the example.
    ///
    /// # Panics
    /// When it refuses to.
    #[must_use]
    pub fn run(&self) -> Service {
        match self.start() {
            Started::Running(service) => service,
            Started::Refused(refused) => panic!("refused to start: {refused:?}"),
        }
    }
}

impl Service {
    /// What it printed so far, both streams.
    ///
    /// # Panics
    /// Never in a test that passes.
    #[must_use]
    pub fn output(&self) -> String {
        self.output.lock().expect("no reader panicked").clone()
    }

    /// What it printed once `text` was in it, or after ten seconds: its two streams are read by
    /// two threads, so a line of one may come after the service answers.
    #[must_use]
    pub fn output_with(&self, text: &str) -> String {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let output = self.output();
            if output.contains(text) || Instant::now() > end {
                return output;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends a request as it stands, one connection each, and reads the answer to its end.
    ///
    /// # Panics
    /// When there is no HTTP answer.
    #[must_use]
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("it accepts");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("settable");
        stream.write_all(request).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        parse(&String::from_utf8(answer).expect("answers are UTF-8"))
    }

    /// A request with these header fields beside `Host`, and a body.
    #[must_use]
    pub fn send(&self, method: &str, path: &str, fields: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !fields
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("host"))
        {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in fields {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.raw(request.as_bytes())
    }

    /// `GET` with a bearer token, or with none.
    #[must_use]
    pub fn get(&self, path: &str, token: Option<&str>) -> Answer {
        let credentials = token.map(|token| format!("Bearer {token}"));
        let fields: Vec<_> = credentials
            .iter()
            .map(|value| ("Authorization", value.as_str()))
            .collect();
        self.send("GET", path, &fields, "")
    }

    /// `POST` of a JSON text with a bearer token, or with none.
    #[must_use]
    pub fn post(&self, path: &str, token: Option<&str>, body: &str) -> Answer {
        let credentials = token.map(|token| format!("Bearer {token}"));
        let mut fields = vec![("Content-Type", "application/json")];
        fields.extend(
            credentials
                .iter()
                .map(|value| ("Authorization", value.as_str())),
        );
        self.send("POST", path, &fields, body)
    }

    /// A token from `/dev-login`.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn login(&self, subject: &str, roles: &[&str]) -> String {
        let body = serde_json::json!({ "subject": subject, "roles": roles }).to_string();
        let answer = self.post("/dev-login", None, &body);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    /// Sends a signal by name (`TERM`, `INT`) and waits for the end.
    ///
    /// # Panics
    /// When it does not end within ten seconds.
    #[must_use]
    pub fn stop(&mut self, signal: &str) -> ExitStatus {
        let sent = Command::new("kill")
            .args(["-s", signal, &self.child.id().to_string()])
            .status()
            .expect("kill is there");
        assert!(sent.success());
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status;
            }
            assert!(Instant::now() < until, "it stops on SIG{signal}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parse(text: &str) -> Answer {
    let (head, body) = text
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no head: {text:?}"));
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|code| code.parse().ok())
        .unwrap_or_else(|| panic!("no status line: {head:?}"));
    let fields = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .filter(|(name, _)| name != "date")
        .collect();
    Answer {
        status,
        fields,
        body: body.to_owned(),
    }
}
