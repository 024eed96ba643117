//! Takes crates of the corpus that compile, runs the tests that are made of their documents' examples, and must never take tests that did not run for tests that passed.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::problem::Problem;

use super::bar;

/// How the tests of a crate ended.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tested {
    pub(super) passed: usize,
    /// The names of those that failed, or what was said last where they did not run.
    pub(super) failed: Vec<String>,
}

impl Tested {
    pub(super) fn is_failure(&self) -> bool {
        !self.failed.is_empty()
    }
}

/// The name of the test binary.
const EXAMPLES: &str = "examples";

/// Runs the tests of all crates of these names, which are built at once; a crate whose document has no examples has none.
pub(super) fn all(target: &Path, names: &[&str]) -> Result<BTreeMap<String, Tested>, Problem> {
    let names = names.iter().copied();
    let has_tests = |name: &&str| folder(target, name).join("tests/examples.rs").exists();
    let names: Vec<&str> = names.filter(has_tests).collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let built = build(target, &names)?;
    let tested = bar::run("testing", &names, |name| {
        let folder = folder(target, name);
        match built.get(&folder.join("Cargo.toml")) {
            Some(Built {
                binary: Some(binary),
                said,
            }) => run(binary, &folder, said.clone()),
            built => {
                let said = built.and_then(|built| built.said.clone());
                let failed = vec![said.unwrap_or_else(|| "the tests were not built".to_owned())];
                Ok(Tested { passed: 0, failed })
            }
        }
    })?;
    Ok(names.into_iter().map(str::to_owned).zip(tested).collect())
}

fn folder(target: &Path, name: &str) -> PathBuf {
    target.join("crates").join(name)
}

/// A line of what cargo tells.
#[derive(Deserialize)]
struct Told {
    manifest_path: PathBuf,
    target: Target,
    executable: Option<PathBuf>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    message: String,
}

/// The tests of a crate.
#[derive(Default)]
struct Built {
    binary: Option<PathBuf>,
    /// The first thing that the compiler said of them.
    said: Option<String>,
}

/// Builds the tests; they are found by the manifest of their crate.
fn build(target: &Path, names: &[&str]) -> Result<BTreeMap<PathBuf, Built>, Problem> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(&cargo)
        .args(["test", "--no-run", "--quiet", "--message-format", "json"])
        .args(["--no-fail-fast", "--test", EXAMPLES])
        .args(names.iter().flat_map(|name| ["--package", name]))
        .arg("--manifest-path")
        .arg(target.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("target"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Problem::io("start", Path::new("cargo"), &error))?;
    let mut built: BTreeMap<PathBuf, Built> = BTreeMap::new();
    let text = String::from_utf8_lossy(&output.stdout);
    let told = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Told>(line).ok());
    for told in told.filter(|told| told.target.name == EXAMPLES) {
        let one = built.entry(told.manifest_path).or_default();
        one.binary = told.executable.or_else(|| one.binary.take());
        one.said = one
            .said
            .take()
            .or(told.message.map(|message| message.message));
    }
    Ok(built)
}

/// Runs the tests of one crate; what the compiler said of them counts as a test that failed.
fn run(binary: &Path, folder: &Path, said: Option<String>) -> Result<Tested, Problem> {
    let output = Command::new(binary)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Problem::io("start", binary, &error))?;
    let mut tested = read(&String::from_utf8_lossy(&output.stdout));
    if !output.status.success() && tested.failed.is_empty() {
        tested.failed.push(output.status.to_string());
    }
    tested.failed.extend(said);
    Ok(tested)
}

/// Reads what the test runner prints of each binary.
fn read(text: &str) -> Tested {
    let mut tested = Tested::default();
    for line in text.lines() {
        if let Some((_, counts)) = line.split_once("test result: ")
            && let Some(passed) = counts
                .split(' ')
                .nth(1)
                .and_then(|word| word.parse::<usize>().ok())
        {
            tested.passed += passed;
        }
        if let Some(name) = line
            .strip_prefix("---- ")
            .and_then(|rest| rest.split(' ').next())
        {
            tested.failed.push(name.to_owned());
        }
    }
    tested
}

#[cfg(test)]
mod checks {
    use super::{Tested, read};

    #[test]
    fn what_failed_is_named_and_the_rest_counted() {
        let text = "\nrunning 3 tests\n..F\nfailures:\n\n---- a_thing stdout ----\nno\n\nfailures:\n    a_thing\n\n\
                    test result: FAILED. 2 passed; 1 failed; 0 ignored\n\
                    test result: ok. 4 passed; 0 failed; 0 ignored\n";
        let failed = vec!["a_thing".to_owned()];
        assert_eq!(read(text), Tested { passed: 6, failed });
    }
}
