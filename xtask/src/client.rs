//! Takes one document, gives a crate in a directory of its own, and must never write into a directory that it did not make.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::args::Client;
use crate::files;
use crate::generate::{counted, described};
use crate::pipeline::{self, FileSet, Generated, Input, Project};
use crate::problem::Problem;
use crate::render::Renderer;
use crate::report;

/// How the manifest of every crate that we wrote begins.
const MARKER: &str = "# Generated. Do not edit";

/// Exits with 0 when the crate is written and with 1 when the document is refused.
pub(crate) fn run(options: &Client) -> Result<ExitCode, Problem> {
    let started = Instant::now();
    check_out(&options.out)?;
    let mut renderer = Renderer::for_stderr();
    let generated = match files::read(&options.spec) {
        Ok(bytes) => generate(options, bytes, &mut renderer),
        Err(problem) => {
            renderer.print(&[problem]);
            save(options, &report::unread(started.elapsed()))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    renderer.print(&pipeline::problems(&generated.diagnostics));
    if let Some(files) = &generated.files {
        let drift = files.drift(&files::owned(&options.out, files)?);
        files::write(&options.out, files, &drift)?;
    }
    let elapsed = started.elapsed();
    save(options, &report::json(&generated.report, elapsed))?;
    let Some(files) = &generated.files else {
        return Ok(ExitCode::FAILURE);
    };
    print(options, &generated, files, elapsed);
    Ok(ExitCode::SUCCESS)
}

fn generate(options: &Client, bytes: Vec<u8>, renderer: &mut Renderer) -> Generated {
    let path = options.spec.display().to_string();
    let project = Project {
        settings: None,
        documents: vec![Input {
            path,
            bytes,
            module: None,
        }],
        name: options.name.clone(),
        include: options.include.clone(),
        testing: options.testing,
    };
    let generated = pipeline::generate(&project);
    // Not before: as long as a large document is worked on, there need not be another copy of it.
    for input in project.documents {
        renderer.add(&input.path, input.bytes);
    }
    generated
}

/// Refuses a directory that holds anything but a crate of ours.
fn check_out(out: &Path) -> Result<(), Problem> {
    let mut entries = match fs::read_dir(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| Problem::io("read", out, &error))?,
    };
    let empty = entries.next().is_none();
    let manifest = out.join("Cargo.toml");
    let ours = fs::read_to_string(&manifest).is_ok_and(|text| text.starts_with(MARKER));
    if empty || ours {
        return Ok(());
    }
    Err(Problem::new(
        out.display().to_string(),
        "the directory is not empty and holds no crate that this command wrote",
        format!(
            "name a new or empty directory; one of ours has a Cargo.toml that begins with `{MARKER}`"
        ),
    ))
}

// Not by `files::replace`: the report may go to a pipe or a device, which must not become a file.
fn save(options: &Client, json: &str) -> Result<(), Problem> {
    let Some(path) = &options.report else {
        return Ok(());
    };
    fs::write(path, json).map_err(|error| Problem::io("write", path, &error))
}

fn print(options: &Client, generated: &Generated, files: &FileSet, elapsed: Duration) {
    for document in &generated.report.documents {
        say!("read   {}: {}", document.path, described(document));
    }
    say!(
        "wrote  {}: {}, {} in {:.1} s",
        options.out.display(),
        counted(files.iter().count(), "file"),
        counted(files.lines(), "line"),
        elapsed.as_secs_f64(),
    );
    for (number, what) in gaps(generated) {
        say!("       {number} {what}");
    }
}

fn gaps(generated: &Generated) -> impl Iterator<Item = (usize, &'static str)> {
    let documents = &generated.report.documents;
    let skipped = documents
        .iter()
        .map(|document| document.skipped.len())
        .sum();
    let untyped = documents
        .iter()
        .map(|document| document.untyped.len())
        .sum();
    let all = [
        (skipped, ["operation skipped", "operations skipped"]),
        (
            untyped,
            ["type left as a JSON value", "types left as JSON values"],
        ),
        (generated.report.warnings, ["warning", "warnings"]),
    ];
    let all = all.into_iter().filter(|(number, _)| *number > 0);
    all.map(|(number, [one, many])| (number, if number == 1 { one } else { many }))
}
