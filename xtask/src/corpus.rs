//! Takes directories of documents, makes and compiles a crate of each, and must never let one document end the run.

mod bar;
mod compile;
mod documents;
mod made;
pub(crate) mod rustc;
mod table;
mod tests;

use std::path::Path;
use std::process::ExitCode;

use crate::args::Corpus;
use crate::problem::Problem;

use documents::Document;
use made::Made;

/// A document and what became of it.
struct Row {
    document: Document,
    made: Made,
    compiled: Option<compile::Compiled>,
}

/// Exits with 1 when a document ends the generator, or a crate does not compile without warnings, or a test of it fails.
pub(crate) fn run(root: &Path, options: &Corpus) -> Result<ExitCode, Problem> {
    // Cargo tells of absolute paths.
    let root = &std::path::absolute(root).map_err(|error| Problem::io("find", root, &error))?;
    let target = root.join("target/corpus");
    let documents = documents::below(&options.dirs)?;
    let maker = made::Maker::new(&target)?;
    let made = bar::run("making", &documents, |document| maker.make(document))?;
    let mut rows: Vec<Row> = documents
        .into_iter()
        .zip(made)
        .map(|(document, made)| Row {
            document,
            made,
            compiled: None,
        })
        .collect();
    if options.compile {
        compile::all(root, &target, &mut rows, options)?;
    }
    say!("{}", table::text(&rows));
    let failed = rows.iter().any(Row::is_failure);
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

impl Row {
    fn is_failure(&self) -> bool {
        let broken = self
            .compiled
            .as_ref()
            .is_some_and(compile::Compiled::is_broken);
        self.made.crash.is_some() || broken
    }
}
