//! Takes the options of `ci`, gives its steps as data, and must never put a command in one that a person can't copy and run.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::args::Ci;
use crate::ci::features::{self, CLIENT};

/// One thing that CI checks.
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) mend: String,
    pub(crate) has_snapshots: bool,
    arguments: Vec<String>,
    environment: Vec<(&'static str, &'static str)>,
    needs: Option<Tool>,
    absent: Option<&'static str>,
}

/// A program that is not part of the toolchain.
#[derive(Clone, Copy)]
struct Tool {
    probe: &'static [&'static str],
    missing: &'static str,
}

/// How a step ended.
pub(crate) enum Outcome {
    Passed,
    Skipped(String),
    Failed(String),
}

const DENY: Tool = Tool {
    probe: &["deny", "--version"],
    missing: "cargo-deny is not installed; the workflow on GitHub runs it",
};

impl Step {
    fn cargo(name: impl Into<String>, arguments: &str, mend: &str) -> Self {
        Self {
            name: name.into(),
            mend: mend.to_owned(),
            has_snapshots: false,
            arguments: arguments.split(' ').map(str::to_owned).collect(),
            environment: Vec::new(),
            needs: None,
            absent: None,
        }
    }

    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// The step as a line for a shell.
    pub(crate) fn command_line(&self) -> String {
        let mut words: Vec<String> = self
            .environment
            .iter()
            .map(|(name, value)| format!("{name}=\"{value}\""))
            .collect();
        words.push("cargo".to_owned());
        words.extend(self.arguments.iter().map(|word| quoted(word)));
        words.join(" ")
    }

    /// Runs it with the output going to ours.
    pub(crate) fn run(&self, root: &Path) -> Outcome {
        if let Some(reason) = self.absent {
            return Outcome::Skipped(reason.to_owned());
        }
        if let Some(tool) = self.needs
            && !is_there(root, tool)
        {
            return Outcome::Skipped(tool.missing.to_owned());
        }
        let mut command = cargo(root);
        command
            .args(&self.arguments)
            .envs(self.environment.iter().copied());
        match command.status() {
            Ok(status) if status.success() => Outcome::Passed,
            Ok(status) => Outcome::Failed(status.to_string()),
            Err(error) => Outcome::Failed(format!("cargo did not start: {error}")),
        }
    }
}

pub(super) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root).stdin(Stdio::null());
    command
}

fn is_there(root: &Path, tool: Tool) -> bool {
    let mut probe = cargo(root);
    probe
        .args(tool.probe)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

fn quoted(word: &str) -> String {
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "-_=./:,".contains(character);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}

/// Every step, in order: what fails fastest and most often comes first.
pub(crate) fn all(root: &Path, options: &Ci) -> Vec<Step> {
    let mut steps = vec![
        Step::cargo(
            "generated code",
            "xtask generate --check",
            "cargo xtask generate",
        ),
        Step::cargo("format", "fmt --all --check", "cargo fmt --all"),
        Step::cargo("house rules", "xtask tidy", ""),
        Step::cargo(
            "clippy",
            "clippy --workspace --all-targets -- -D warnings",
            "",
        ),
    ];
    steps.extend(packed(root, options.full));
    let partial = format!("doc -p {CLIENT} --no-deps --no-default-features");
    for (name, line) in [
        ("documentation", "doc --workspace --no-deps"),
        ("documentation, client with no feature", &partial),
    ] {
        steps.push(Step::cargo(name, line, "").with("RUSTDOCFLAGS", "-D warnings"));
    }
    if !options.skip_tests {
        steps.push(tests());
    }
    // `cargo test` by itself knows neither.
    for feature in ["rustls", "native-tls"] {
        let line = format!("test -p openapi-client-runtime --test tls --features {feature}");
        steps.push(Step::cargo(format!("tests of TLS, {feature}"), &line, ""));
    }
    // Advisories are left to the workflow: they need the network, and change without a commit.
    let mut deny = Step::cargo("dependencies", "deny check bans licenses sources", "");
    deny.needs = Some(DENY);
    steps.push(deny);
    let line = format!("xtask corpus {TRAPS} --compile");
    steps.push(Step::cargo(
        "document in which every name is a trap",
        &line,
        "",
    ));
    steps.extend(corpus(root, options.full));
    steps
}

fn tests() -> Step {
    let mut step = Step::cargo(
        "tests",
        "test --workspace",
        "cargo insta review    (when a snapshot differs)",
    );
    step.has_snapshots = true;
    if env::var_os("INSTA_UPDATE").is_none() {
        step = step.with("INSTA_UPDATE", "no");
    }
    step
}

/// The client as the registry would have it: packed, and then used with its features.
fn packed(root: &Path, full: bool) -> Vec<Step> {
    let client = features::client(root);
    let folder = format!("target/package/{CLIENT}-{}", client.version);
    // With changes that are not committed too: a person runs this before a commit.
    let line = format!("package -p {CLIENT} --allow-dirty");
    let mut steps = vec![Step::cargo("package", &line, "")];
    for features in features::sets(&client, full) {
        let name = format!("packed client with {}", features.name);
        let line = format!(
            "clippy --manifest-path {folder}/Cargo.toml --target-dir target --all-targets {} -- -D warnings",
            features.flags
        );
        steps.push(Step::cargo(name, &line, ""));
    }
    steps
}

/// A crate from each of the documents of others; a sample of them is compiled, or all, with the tests of Twilio's.
fn corpus(root: &Path, full: bool) -> Vec<Step> {
    let name = "documents of others";
    if !root.join(SPECS).is_dir() {
        let mut step = Step::cargo(name, "xtask corpus target/specs", "");
        step.absent = Some("target/specs is not there");
        return vec![step];
    }
    let all = format!("xtask corpus {SPECS}/twilio {SPECS}/wild --compile");
    if !full {
        return vec![Step::cargo(name, &format!("{all} --sample {SAMPLE}"), "")];
    }
    let tested = format!("xtask corpus {SPECS}/twilio --compile --test");
    let selected = format!(
        "xtask client {SPECS}/twilio/twilio_chat_v2.yaml --out {SELECTED} --include /v2/Credentials*"
    );
    let check =
        format!("check --manifest-path {SELECTED}/Cargo.toml --target-dir target/corpus/target");
    vec![
        Step::cargo(name, &all, ""),
        Step::cargo("examples of Twilio's documents", &tested, ""),
        Step::cargo("client of selected operations", &selected, ""),
        Step::cargo("client of selected operations compiles", &check, "")
            .with("RUSTFLAGS", "-D warnings"),
    ]
}

/// Documents that generated code has to survive.
const TRAPS: &str = "codegen/tests/documents";

/// Where documents of others are unpacked.
const SPECS: &str = "target/specs";

/// Where the crate of a part of a document goes.
const SELECTED: &str = "target/selected/chat_v2";

/// So many crates are compiled unless all are.
const SAMPLE: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_can_be_pasted_into_a_shell() {
        let step = Step::cargo("x", "doc --no-deps", "").with("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(
            step.command_line(),
            "RUSTDOCFLAGS=\"-D warnings\" cargo doc --no-deps"
        );
        assert_eq!(quoted("/v2/Credentials*"), "'/v2/Credentials*'");
    }

    #[test]
    fn tests_can_be_left_out() {
        let root = Path::new("/nonexistent");
        let names = |skip_tests| {
            let full = true;
            let steps = all(root, &Ci { full, skip_tests });
            steps.into_iter().map(|step| step.name).collect::<Vec<_>>()
        };
        assert!(names(false).contains(&"tests".to_owned()));
        assert!(!names(true).contains(&"tests".to_owned()));
    }
}
