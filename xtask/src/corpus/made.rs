//! Takes a document, runs the generator on it in a process of its own, and must never wait for one without end.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::files;
use crate::problem::Problem;

use super::documents::Document;

/// No document may take longer.
const LONGEST: Duration = Duration::from_secs(120);

/// What became of a document.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Made {
    /// What it was made from and with.
    key: u64,
    pub(super) report: Report,
    /// Lines of Rust, without the runtime and the module for tests.
    pub(super) lines: usize,
    pub(super) seconds: f64,
    /// The most memory that it took, where the system tells.
    pub(super) kibibytes: Option<u64>,
    /// Whether there is a crate.
    pub(super) accepted: bool,
    /// The first line that says why there is none.
    pub(super) refusal: Option<String>,
    /// How the generator ended, where it did not end as it should.
    pub(super) crash: Option<String>,
}

/// The part of `client --report` that the table shows.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Report {
    pub(super) operations: Operations,
    pub(super) types: Types,
    pub(super) warnings: usize,
}

#[derive(Default, Deserialize, Serialize)]
pub(super) struct Operations {
    pub(super) generated: usize,
    pub(super) skipped: Vec<Gap>,
}

#[derive(Default, Deserialize, Serialize)]
pub(super) struct Types {
    pub(super) typed: usize,
    pub(super) untyped: Vec<Gap>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Gap {
    pub(super) reason: String,
}

/// Makes crates below one directory, each once.
pub(super) struct Maker {
    program: PathBuf,
    /// Stands for the generator: another one makes all crates again.
    generator: u64,
    crates: PathBuf,
    results: PathBuf,
}

impl Maker {
    pub(super) fn new(target: &Path) -> Result<Self, Problem> {
        let program = std::env::current_exe();
        let program = program.map_err(|error| Problem::io("find", Path::new("xtask"), &error))?;
        let maker = Self {
            generator: hash(&files::read(&program)?),
            program,
            crates: target.join("crates"),
            results: target.join("results"),
        };
        for dir in [&maker.crates, &maker.results] {
            fs::create_dir_all(dir).map_err(|error| Problem::io("make", dir, &error))?;
        }
        Ok(maker)
    }

    /// What becomes of a document; what is known from an earlier run is not done again.
    pub(super) fn make(&self, document: &Document) -> Result<Made, Problem> {
        let key = hash(&files::read(&document.path)?) ^ self.generator;
        let kept = self.results.join(format!("{}.json", document.name));
        let known = fs::read(&kept).ok();
        let known: Option<Made> = known.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some(known) = known.filter(|known| known.key == key) {
            return Ok(known);
        }
        let mut made = self.run(document)?;
        made.key = key;
        // Strings, numbers and lists: there is nothing in them that JSON can't hold.
        let json = serde_json::to_vec(&made).unwrap_or_default();
        files::replace(&kept, &json)?;
        Ok(made)
    }

    fn run(&self, document: &Document) -> Result<Made, Problem> {
        let out = self.crates.join(&document.name);
        let report = self.results.join(format!("{}.report", document.name));
        let log = self.results.join(format!("{}.log", document.name));
        let problem = |error| Problem::io("write", &log, &error);
        let stderr = fs::File::create(&log).map_err(problem)?;
        let _ = fs::remove_file(&report);
        let started = Instant::now();
        let child = Command::new(&self.program)
            .arg("client")
            .arg(&document.path)
            .args(["--name", &document.name, "--out"])
            .arg(&out)
            .arg("--report")
            .arg(&report)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .map_err(|error| Problem::io("start", &self.program, &error))?;
        let (status, kibibytes) = watch(child, started);
        let accepted = status.is_some_and(|status| status.success());
        let reported = fs::read(&report).ok();
        let reported = reported.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let ended = matches!(status.and_then(|status| status.code()), Some(0 | 1));
        Ok(Made {
            key: 0,
            crash: (!ended || reported.is_none()).then(|| how_it_ended(status, &log)),
            report: reported.unwrap_or_default(),
            lines: if accepted { lines(&out.join("src")) } else { 0 },
            seconds: started.elapsed().as_secs_f64(),
            kibibytes,
            accepted,
            refusal: (!accepted).then(|| first_error(&log)),
        })
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Waits for the process; gives nothing for one that had to be ended, and the most memory that it was seen with.
fn watch(mut child: Child, started: Instant) -> (Option<ExitStatus>, Option<u64>) {
    let status_file = format!("/proc/{}/status", child.id());
    let mut most = None;
    loop {
        most = most.max(peak(&status_file));
        match child.try_wait() {
            Ok(Some(status)) => return (Some(status), most),
            Ok(None) if started.elapsed() < LONGEST => thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return (None, most);
            }
        }
    }
}

fn peak(status_file: &str) -> Option<u64> {
    let text = fs::read_to_string(status_file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

fn how_it_ended(status: Option<ExitStatus>, log: &Path) -> String {
    let how = status.map_or_else(
        || format!("took more than {} s", LONGEST.as_secs()),
        |status| status.to_string(),
    );
    let text = fs::read_to_string(log).unwrap_or_default();
    let panic = text.lines().find(|line| line.contains("panicked"));
    panic.map_or(how.clone(), |line| format!("{how}: {line}"))
}

fn first_error(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let error = text.lines().find(|line| line.starts_with("error"));
    error.unwrap_or("no reason was given").to_owned()
}

/// Lines of Rust below a directory, without what is the same for every crate.
fn lines(dir: &Path) -> usize {
    let mut pending = vec![dir.to_owned()];
    let mut count = 0;
    while let Some(dir) = pending.pop() {
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            let apart = ["runtime", "testing"]
                .iter()
                .any(|name| path.ends_with(format!("src/{name}")));
            if path.is_dir() && !apart {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read(&path).unwrap_or_default();
                count += text.split(|byte| *byte == b'\n').count().saturating_sub(1);
            }
        }
    }
    count
}
