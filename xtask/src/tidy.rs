//! Takes the files of the repository, gives where they break its own rules, and must never look at what is generated: the generator answers for that.

mod mask;
mod rules;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::files;
use crate::problem::{Place, Problem};
use crate::render::Renderer;
use crate::workspace::shown;

/// What is looked at, besides the files at the root.
const DIRECTORIES: [&str; 7] = [
    ".cargo", ".ci", ".github", "codegen", "spec", "tests", "xtask",
];

/// Kinds of text that people write here.
const EXTENSIONS: [&str; 6] = ["md", "rs", "sh", "toml", "yaml", "yml"];

/// One broken rule: where in the text, and what about it.
pub(crate) struct Finding {
    pub(crate) line: usize,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// Checks every file and shows every finding.
pub(crate) fn run(root: &Path) -> Result<ExitCode, Problem> {
    let mut renderer = Renderer::for_stderr();
    let mut problems = Vec::new();
    let paths = paths(root)?;
    for path in &paths {
        let bytes = files::read(path)?;
        let name = shown(root, path);
        let Ok(text) = str::from_utf8(&bytes) else {
            problems.push(Problem::new(
                name,
                "the file is not UTF-8",
                "save it as UTF-8",
            ));
            continue;
        };
        renderer.add(&name, bytes.as_slice());
        let findings = rules::check(&name, text);
        problems.extend(
            findings
                .into_iter()
                .map(|finding| problem(&name, text, finding)),
        );
    }
    renderer.print(&problems);
    if problems.is_empty() {
        say!("{} files follow the house rules", paths.len());
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn problem(name: &str, text: &str, finding: Finding) -> Problem {
    let before: usize = text
        .split_inclusive('\n')
        .take(finding.line - 1)
        .map(str::len)
        .sum();
    let line = text
        .get(before..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let column = line
        .chars()
        .take_while(|character| character.is_whitespace())
        .count()
        + 1;
    let span = before + indent..before + line.trim_end().len().max(indent);
    Problem::new(name, finding.message, finding.help).at(
        name,
        Some(Place {
            line: finding.line,
            column,
            span,
        }),
    )
}

/// The texts to check, sorted.
fn paths(root: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut pending: Vec<PathBuf> = DIRECTORIES.iter().map(|name| root.join(name)).collect();
    let mut found: Vec<PathBuf> = list(root)?
        .into_iter()
        .filter(|path| is_text(path))
        .collect();
    while let Some(dir) = pending.pop() {
        if !dir.is_dir() {
            continue;
        }
        for path in list(&dir)? {
            if path.is_symlink() || path.ends_with("target") {
                continue;
            }
            if path.is_dir() {
                pending.push(path);
            } else if is_text(&path) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn list(dir: &Path) -> Result<Vec<PathBuf>, Problem> {
    let problem = |error: &std::io::Error| Problem::io("read", dir, error);
    let entries = fs::read_dir(dir).map_err(|error| problem(&error))?;
    entries
        .map(|entry| {
            entry
                .map(|entry| entry.path())
                .map_err(|error| problem(&error))
        })
        .collect()
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    path.is_file() && extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
}
