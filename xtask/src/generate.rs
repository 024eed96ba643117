//! Takes spec/ and generated/, makes the second follow from the first, and must never write anything when one document has an error.

use std::path::Path;
use std::process::ExitCode;

use crate::files;
use crate::pipeline::{self, DocumentReport, Drift, FileSet, Input, Project, Report};
use crate::problem::{Place, Problem};
use crate::render::{Renderer, one_line};
use crate::workspace::shown;

/// The command that mends every kind of drift.
const MEND: &str = "cargo xtask generate";

/// Generates, or with `check` only compares.
pub(crate) fn run(root: &Path, check: bool) -> Result<ExitCode, Problem> {
    let mut renderer = Renderer::for_stderr();
    let (project, mut problems) = match read(root, &mut renderer)? {
        Ok(read) => read,
        Err(problems) => {
            renderer.print(&problems);
            return Ok(ExitCode::FAILURE);
        }
    };
    let complete = problems.is_empty();
    let generated = pipeline::generate(&project);
    problems.extend(pipeline::problems(&generated.diagnostics));
    renderer.print(&problems);
    let files = match generated.files {
        Some(files) if complete => files,
        _ => return Ok(ExitCode::FAILURE),
    };
    let dir = root.join("generated");
    let drift = files.drift(&files::owned(&dir, &files)?);
    if check {
        return Ok(report_drift(&drift));
    }
    files::write(&dir, &files, &drift)?;
    print_read(&generated.report);
    print_written(&files, &drift);
    Ok(ExitCode::SUCCESS)
}

type Read = (Project, Vec<Problem>);

// The problems beside the project are the documents that could not be read: the others are checked all the same, so that
// one run shows every mistake.
fn read(root: &Path, renderer: &mut Renderer) -> Result<Result<Read, Vec<Problem>>, Problem> {
    let spec = root.join("spec");
    let path = spec.join("client.toml");
    let settings = input(&path, shown(root, &path), None, renderer)?;
    let named = match pipeline::documents_named(&settings) {
        Ok(named) => named,
        Err(diagnostics) => return Ok(Err(pipeline::problems(&diagnostics))),
    };
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for (file, module) in named {
        let path = spec.join(&file);
        match input(&path, shown(root, &path), Some(module), renderer) {
            Ok(document) => documents.push(document),
            Err(problem) => {
                problems.push(problem.at(&settings.path, place_of(&settings.bytes, &file)));
            }
        }
    }
    let project = Project {
        settings: Some(settings),
        documents,
        name: None,
        include: Vec::new(),
        // The settings say it.
        testing: false,
    };
    Ok(Ok((project, problems)))
}

fn input(
    path: &Path,
    name: String,
    module: Option<String>,
    renderer: &mut Renderer,
) -> Result<Input, Problem> {
    let bytes = files::read(path).map_err(|mut problem| {
        problem.message = problem
            .message
            .replace(&path.display().to_string(), &name)
            .into();
        problem.file = name.as_str().into();
        problem
    })?;
    renderer.add(&name, bytes.as_slice());
    Ok(Input {
        path: name,
        bytes,
        module,
    })
}

/// Where the settings name a document.
fn place_of(settings: &[u8], file: &str) -> Option<Place> {
    let text = str::from_utf8(settings).ok()?;
    let quoted = [format!("\"{file}\""), format!("'{file}'")];
    let start = quoted
        .iter()
        .find_map(|quoted| text.find(quoted.as_str()))?;
    let before = text.get(..start)?;
    Some(Place {
        line: before.matches('\n').count() + 1,
        column: before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1,
        span: start..start + file.len() + 2,
    })
}

fn report_drift(drift: &Drift) -> ExitCode {
    let total = drift.stale.len() + drift.missing.len() + drift.orphan.len();
    if total == 0 {
        say!("generated/ is what spec/ asks for");
        return ExitCode::SUCCESS;
    }
    for stale in &drift.stale {
        eprintln!(
            "stale    generated/{} (from line {})",
            stale.path, stale.line
        );
    }
    for missing in &drift.missing {
        eprintln!("missing  generated/{missing}");
    }
    for orphan in &drift.orphan {
        eprintln!("orphan   generated/{orphan}");
    }
    let noun = if total == 1 { "file is" } else { "files are" };
    eprintln!("\n{total} {noun} not what spec/ asks for. To mend it, run:\n    {MEND}");
    ExitCode::FAILURE
}

fn print_read(report: &Report) {
    say!("read");
    let documents = &report.documents;
    let width = documents
        .iter()
        .map(|document| document.path.len())
        .max()
        .unwrap_or(0);
    for document in documents {
        say!("  {:width$}  {}", document.path, described(document));
    }
}

/// What a document is and what was found in it.
pub(crate) fn described(document: &DocumentReport) -> String {
    format!(
        "{} {}: {}, {}",
        one_line(&document.title),
        one_line(&document.version),
        counted(document.operations, "operation"),
        counted(document.types, "type"),
    )
}

fn print_written(files: &FileSet, drift: &Drift) {
    let total = files.iter().count();
    let changed = drift.stale.len() + drift.missing.len();
    say!("wrote");
    for (word, path) in changes(drift) {
        say!("  {word:8} generated/{path}");
    }
    say!(
        "  {} ({changed} changed, {} unchanged, {} removed), {}",
        counted(total, "file"),
        total.saturating_sub(changed),
        drift.orphan.len(),
        counted(files.lines(), "line"),
    );
}

fn changes(drift: &Drift) -> impl Iterator<Item = (&'static str, &str)> {
    let stale = drift
        .stale
        .iter()
        .map(|stale| ("changed", stale.path.as_str()));
    let missing = drift.missing.iter().map(|path| ("new", path.as_str()));
    let orphan = drift.orphan.iter().map(|path| ("removed", path.as_str()));
    stale.chain(missing).chain(orphan)
}

/// A number with its noun.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
