//! The instrument for what a crate costs the compiler: generated crates of one workspace, whose
//! dependencies are built before, are rebuilt one after the other in each round, and the CPU time
//! of all processes that took part is compared. Linux only: it reads `/proc/self/stat`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Rounds, over which the median is taken.
const ROUNDS: usize = 7;
/// Rebuilds of each crate in a round: the clock of the system ticks a hundred times a second.
const REPEATS: u8 = 4;

/// A crate of one source file.
pub struct Crate {
    /// Its folder and package.
    pub name: &'static str,
    /// What the table says.
    pub title: String,
    /// Lines below `[dependencies]`.
    pub dependencies: String,
    /// `src/lib.rs`
    pub source: String,
}

/// The line of a dependency on api-utils, with these features alone or with the default ones.
pub fn on_api_utils(features: Option<&str>) -> String {
    let root = peers().join("../..").canonicalize();
    let path = root.expect("the workspace").join("api-utils");
    match features {
        None => format!("api-utils = {{ path = {path:?} }}\n"),
        Some(features) => format!(
            "api-utils = {{ path = {path:?}, default-features = false, features = [\"{features}\"] }}\n"
        ),
    }
}

/// Median CPU seconds of each crate.
pub struct Medians {
    /// Of all that cargo does.
    pub whole: Vec<f64>,
    /// Above what cargo does where nothing has changed: that is looking at every dependency.
    pub alone: Vec<f64>,
}

/// Rebuilds by `cargo check` or `cargo build`. `workspace` is a folder below the target folder of
/// the comparisons.
pub fn measure(workspace: &str, subcommand: &str, crates: &[Crate]) -> Medians {
    let folder = peers().join("target").join(workspace);
    write_workspace(&folder, crates);
    // The dependencies, and each crate once.
    for one in crates {
        run(&folder, subcommand, one);
    }
    let mut whole = vec![Vec::with_capacity(ROUNDS); crates.len()];
    let mut alone = whole.clone();
    for _ in 0..ROUNDS {
        let mut sums = vec![(0.0, 0.0); crates.len()];
        for _ in 0..REPEATS {
            for (one, (rebuilt, unchanged)) in crates.iter().zip(&mut sums) {
                let source = source_file(&folder, one);
                std::fs::write(source, &one.source).expect("a newer source file");
                *rebuilt += run(&folder, subcommand, one);
                *unchanged += run(&folder, subcommand, one);
            }
        }
        for (index, (rebuilt, unchanged)) in sums.into_iter().enumerate() {
            whole[index].push(rebuilt / f64::from(REPEATS));
            alone[index].push((rebuilt - unchanged) / f64::from(REPEATS));
        }
    }
    Medians {
        whole: whole.into_iter().map(median).collect(),
        alone: alone.into_iter().map(median).collect(),
    }
}

/// The table; each ratio is to the first crate.
pub fn print(title: &str, crates: &[Crate], medians: &[f64]) {
    println!("\n{title}, median of {ROUNDS} rounds\n");
    println!("{:40} {:>8} {:>8}", "", "CPU s", "ratio");
    for (one, median) in crates.iter().zip(medians) {
        let ratio = median / medians[0];
        println!("{:40} {median:8.3} {ratio:8.2}", one.title);
    }
}

fn peers() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn write_workspace(folder: &Path, crates: &[Crate]) {
    for one in crates {
        let source = source_file(folder, one);
        std::fs::create_dir_all(source.parent().expect("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
            one.name, one.dependencies,
        );
        std::fs::write(folder.join(one.name).join("Cargo.toml"), manifest).expect("a manifest");
        std::fs::write(source, &one.source).expect("a source file");
    }
    let members: Vec<&str> = crates.iter().map(|one| one.name).collect();
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    std::fs::write(folder.join("Cargo.toml"), workspace).expect("a manifest");
    // The versions of the comparisons, which are there without a network.
    std::fs::copy(peers().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
}

fn source_file(folder: &Path, one: &Crate) -> PathBuf {
    folder.join(one.name).join("src/lib.rs")
}

/// The CPU seconds of it.
fn run(folder: &Path, subcommand: &str, one: &Crate) -> f64 {
    let before = cpu_of_children();
    let status = Command::new(env!("CARGO"))
        .args([subcommand, "--offline", "--quiet", "--package", one.name])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .stdout(Stdio::null())
        .status()
        .expect("cargo");
    assert!(status.success(), "{} does not compile", one.name);
    cpu_of_children() - before
}

/// User and system time of the processes that were waited for, and of theirs.
fn cpu_of_children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    // The name in parentheses may have blanks in it. Behind it `cutime` is the 14th field.
    let fields = stat.rsplit(')').next().expect("fields").split_whitespace();
    let ticks: f64 = fields
        .skip(13)
        .take(2)
        .map(|ticks| ticks.parse::<f64>().expect("ticks"))
        .sum();
    // USER_HZ, which Linux shows to programs, is 100.
    ticks / 100.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
