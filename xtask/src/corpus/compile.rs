//! Takes the crates of the corpus, checks them as one workspace with one target directory, and must never count the warning of one for another.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::args::Corpus;
use crate::files;
use crate::problem::Problem;

use super::bar::bar;
use super::tests::{self, Tested};
use super::{Row, rustc};

/// What the compiler said of a crate.
#[derive(Default)]
pub(super) struct Compiled {
    pub(super) warnings: usize,
    pub(super) errors: usize,
    /// The first error, or else the first warning.
    pub(super) first: Option<String>,
    /// Processor time, where it is known.
    pub(super) seconds: Option<f64>,
    /// How its tests ended, where they were run.
    pub(super) tested: Option<Tested>,
}

impl Compiled {
    /// Whether there is anything to mend.
    pub(super) fn is_broken(&self) -> bool {
        let failed = self.tested.as_ref().is_some_and(Tested::is_failure);
        self.errors + self.warnings > 0 || failed
    }
}

/// A line of what cargo tells.
#[derive(Deserialize)]
struct Told {
    reason: String,
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
}

/// Checks the crates that there are, or a sample of them.
pub(super) fn all(
    root: &Path,
    target: &Path,
    rows: &mut [Row],
    options: &Corpus,
) -> Result<(), Problem> {
    let mut chosen: Vec<&mut Row> = rows.iter_mut().filter(|row| row.made.accepted).collect();
    if let Some(sample) = options.sample {
        let step = chosen.len().div_ceil(sample.max(1)).max(1);
        chosen = chosen.into_iter().step_by(step).collect();
    }
    let names = chosen.iter().map(|row| row.document.name.clone());
    let names = names.collect::<Vec<_>>();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    write_workspace(root, target, &names)?;
    let times = target.join("times");
    fs::create_dir_all(&times).map_err(|error| Problem::io("make", &times, &error))?;
    let mut compiled = check(target, &times, names.len())?;
    let is_whole = |name: &&str| {
        let one = compiled.get(&name.replace('-', "_"));
        one.is_none_or(|one| one.errors == 0)
    };
    let tested = names.iter().copied().filter(is_whole).collect::<Vec<_>>();
    let mut tested = if options.test {
        tests::all(target, &tested)?
    } else {
        BTreeMap::new()
    };
    for row in chosen {
        let krate = row.document.name.replace('-', "_");
        let mut one = compiled.remove(&krate).unwrap_or_default();
        let time = fs::read_to_string(times.join(&krate)).ok();
        one.seconds = time.and_then(|text| text.parse().ok());
        one.tested = tested.remove(&row.document.name);
        row.compiled = Some(one);
    }
    Ok(())
}

fn write_workspace(root: &Path, target: &Path, names: &[&str]) -> Result<(), Problem> {
    let members: Vec<String> = names
        .iter()
        .map(|name| format!("\"crates/{name}\""))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\nexclude = [\"crates\"]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.join(", ")
    );
    files::replace(&target.join("Cargo.toml"), manifest.as_bytes())?;
    let lock = target.join("Cargo.lock");
    if !lock.exists() {
        files::replace(&lock, &files::read(&root.join("Cargo.lock"))?)?;
    }
    Ok(())
}

fn check(
    target: &Path,
    times: &Path,
    crates: usize,
) -> Result<BTreeMap<String, Compiled>, Problem> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let program =
        env::current_exe().map_err(|error| Problem::io("find", Path::new("xtask"), &error))?;
    let mut child = Command::new(&cargo)
        .args(["check", "--workspace", "--keep-going", "--quiet"])
        .args(["--message-format", "json", "--manifest-path"])
        .arg(target.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("target"))
        .env("RUSTC_WORKSPACE_WRAPPER", program)
        .env(rustc::TIMES, times)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| Problem::io("start", Path::new("cargo"), &error))?;
    let bar = bar("compiling", crates);
    let mut compiled: BTreeMap<String, Compiled> = BTreeMap::new();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
    {
        let line = line.map_err(|error| Problem::io("read", Path::new("cargo"), &error))?;
        let Ok(told) = serde_json::from_str::<Told>(&line) else {
            continue;
        };
        let Some(name) = told.target.map(|target| target.name.replace('-', "_")) else {
            continue;
        };
        match (told.reason.as_str(), told.message) {
            ("compiler-message", Some(message)) => note(compiled.entry(name).or_default(), message),
            ("compiler-artifact", _) if name.ends_with("_client") => bar.inc(1),
            _ => {}
        }
    }
    bar.finish_and_clear();
    // Whether a crate failed is known from what was said of it.
    let _ = child.wait();
    Ok(compiled)
}

fn note(compiled: &mut Compiled, message: Message) {
    // What rustc ends with: how many there were.
    if message.message.contains("emitted") || message.message.starts_with("aborting") {
        return;
    }
    match message.level.as_str() {
        "error" if compiled.errors == 0 => {
            compiled.errors = 1;
            compiled.first = Some(message.message);
        }
        "error" => compiled.errors += 1,
        "warning" => {
            compiled.warnings += 1;
            compiled.first.get_or_insert(message.message);
        }
        _ => {}
    }
}
