//! Takes a crate of the corpus that compiles, runs its tests, and must never take tests that did not run for tests that passed.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::problem::Problem;

/// How the tests of a crate ended.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tested {
    pub(super) passed: usize,
    /// The names of those that failed, or what cargo said last where they did not run.
    pub(super) failed: Vec<String>,
}

impl Tested {
    pub(super) fn is_failure(&self) -> bool {
        !self.failed.is_empty()
    }
}

/// Runs the tests that are made of the document's examples.
pub(super) fn of(target: &Path, name: &str) -> Result<Tested, Problem> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(&cargo)
        .args([
            "test",
            "--quiet",
            "--no-fail-fast",
            "--tests",
            "--package",
            name,
        ])
        .arg("--manifest-path")
        .arg(target.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("target"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Problem::io("start", Path::new("cargo"), &error))?;
    let mut tested = read(&String::from_utf8_lossy(&output.stdout));
    if !output.status.success() && tested.failed.is_empty() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rev().find(|line| line.starts_with("error"));
        tested.failed.push(last.unwrap_or("no test ran").to_owned());
    }
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
