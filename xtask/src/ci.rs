//! Takes the workspace, runs everything that CI checks in order, and must never go on after a failure or end without saying what mends it.

mod features;
mod steps;

use std::env;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::args::Ci;

use steps::{Outcome, Step};

/// One line of the table at the end.
struct Row {
    name: String,
    seconds: Option<Duration>,
    note: String,
}

/// Runs the steps; the exit code is that of the first that fails.
pub(crate) fn run(root: &Path, options: &Ci) -> ExitCode {
    let started = Instant::now();
    let mut rows = Vec::new();
    let mut failed = None;
    for step in steps::all(root, options) {
        announce(&step);
        let before = Instant::now();
        let outcome = step.run(root);
        let note = match &outcome {
            Outcome::Passed => String::new(),
            Outcome::Skipped(reason) => format!("skipped: {reason}"),
            Outcome::Failed(reason) => format!("failed: {reason}"),
        };
        let seconds = (!matches!(outcome, Outcome::Skipped(_))).then(|| before.elapsed());
        rows.push(Row {
            name: step.name.clone(),
            seconds,
            note,
        });
        if matches!(outcome, Outcome::Failed(_)) {
            failed = Some(step);
            break;
        }
    }
    print_table(&rows, started.elapsed());
    failed.map_or(ExitCode::SUCCESS, |step| explain(&step))
}

fn announce(step: &Step) {
    say!("\n== {}\n$ {}", step.name, step.command_line());
}

fn print_table(rows: &[Row], total: Duration) {
    let width = rows
        .iter()
        .map(|row| row.name.len())
        .max()
        .unwrap_or(0)
        .max("total".len());
    say!("\n{:width$}  seconds", "step");
    for row in rows {
        let seconds = row.seconds.map_or_else(
            || "-".to_owned(),
            |time| format!("{:.1}", time.as_secs_f64()),
        );
        say!(
            "{}",
            format!("{:width$}  {seconds:>7}  {}", row.name, row.note).trim_end()
        );
    }
    say!("{:width$}  {:>7.1}", "total", total.as_secs_f64());
}

fn explain(step: &Step) -> ExitCode {
    eprintln!(
        "\n`{}` failed. To see it alone, run:\n    {}",
        step.name,
        step.command_line()
    );
    if !step.mend.is_empty() {
        eprintln!("To mend it:\n    {}", step.mend);
    }
    // Where CI asks for pending snapshots it also keeps them, and the person who reads its log needs both commands.
    if step.has_snapshots && env::var_os("CI").is_some() {
        eprintln!(
            "On GitHub, the pending snapshots are in the artifact `snapshots`: unpack it over the checkout first."
        );
    }
    ExitCode::FAILURE
}
