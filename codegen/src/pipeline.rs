//! Takes the bytes of a project's documents and runs them through the stages; it must never know more of a stage than what it takes and gives.

use crate::cores;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::{self, Selection};
use crate::lower::{self, DocumentReport, Part};
use crate::model;
use crate::output::{self, FileSet};
use crate::settings::{self, Settings};
use crate::source::{Limits, Source};

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its path, for messages.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The module that it becomes; none puts its items at the crate's root.
    pub module: Option<String>,
}

/// What to make a crate of.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// `client.toml`.
    pub settings: Option<Input>,
    /// The documents.
    pub documents: Vec<Input>,
    /// The crate's name, where it is not the one of the settings or of the document's title.
    pub name: Option<String>,
    /// The operations that are wanted, as path patterns or operation ids; none at all wants every one.
    pub include: Vec<String>,
    /// Whether a crate without settings has a server for the tests of its users.
    pub testing: bool,
}

/// What became of a project.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The crate; none exactly when a document or the settings were refused.
    pub files: Option<FileSet>,
    /// All that was found, in the order of files and places.
    pub diagnostics: Diagnostics,
    /// What became of each document.
    pub report: Report,
}

/// What became of the documents.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Each document that was accepted.
    pub documents: Vec<DocumentReport>,
    /// How many warnings there are.
    pub warnings: usize,
    /// How many errors there are.
    pub errors: usize,
}

/// The documents that the settings name, each with the module that it becomes.
///
/// # Errors
/// What is wrong with the settings.
pub fn documents_named(settings: &Input) -> Result<Vec<(String, String)>, Diagnostics> {
    let settings = Settings::read(&settings.path, &settings.bytes)?;
    Ok(settings
        .document
        .into_iter()
        .map(|document| (document.file, document.module))
        .collect())
}

/// Makes a crate. The same project gives the same bytes.
#[must_use]
pub fn generate(project: &Project) -> Generated {
    let mut diagnostics = Diagnostics::new();
    let made = make(project, &mut diagnostics);
    diagnostics.sort();
    let (files, documents) = made.map_or_else(
        || (None, Vec::new()),
        |(files, documents)| (Some(files), documents),
    );
    let report = Report {
        documents,
        warnings: diagnostics.count(Severity::Warning),
        errors: diagnostics.count(Severity::Error),
    };
    Generated {
        files,
        diagnostics,
        report,
    }
}

fn make(
    project: &Project,
    diagnostics: &mut Diagnostics,
) -> Option<(FileSet, Vec<DocumentReport>)> {
    let settings = project
        .settings
        .as_ref()
        .map(|input| Settings::read(&input.path, &input.bytes))
        .transpose();
    let settings = settings.map_err(|found| diagnostics.extend(found)).ok();
    let parts: Vec<_> = project
        .documents
        .iter()
        .map(|input| read(input, project, diagnostics))
        .collect();
    let parts: Vec<Part> = parts.into_iter().collect::<Option<_>>()?;
    let settings = with_name(
        settings?.unwrap_or_else(|| untold(&parts, project.testing)),
        project,
        diagnostics,
    )?;
    let (model, reports) = lower::lower(&settings, &parts, diagnostics);
    let path = project.settings.as_ref().map(|input| input.path.as_str());
    let unused = settings.check_use(&model, path.unwrap_or_default());
    if unused.has_errors() {
        diagnostics.extend(unused);
        return None;
    }
    // They are as large as all that is made of them.
    let (files, ()) = cores::both(
        || write(&model, &settings, diagnostics),
        move || drop(parts),
    );
    Some((files?, reports))
}

fn read(input: &Input, project: &Project, diagnostics: &mut Diagnostics) -> Option<Part> {
    let source = Source::read(&input.path, &input.bytes, &Limits::default());
    let source = source.map_err(|found| diagnostics.extend(found)).ok()?;
    let selection = Selection {
        include: project.include.clone(),
    };
    // Who has settings has the documents in hand and can mend them.
    let checked = if project.settings.is_some() {
        document::check(source, &selection, diagnostics)?
    } else {
        document::check_leniently(source, &selection, diagnostics)?
    };
    Some(Part {
        document: checked.read(diagnostics)?,
        module: input.module.clone(),
    })
}

fn write(
    model: &model::Crate,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<FileSet> {
    let files = output::files(model);
    let refuse = |error: output::FormatError| {
        diagnostics.push(Diagnostic::error(
            Code::Internal,
            &settings.package.name,
            format!("the generator made a file that is not Rust: {error}"),
            "this is a mistake of the generator; please report it with the document",
        ));
    };
    files.map_err(refuse).ok()
}

/// Settings for documents that come alone.
fn untold(parts: &[Part], testing: bool) -> Settings {
    let info = parts.first().map(|part| &part.document.api().info);
    let title = info.map_or("api", |info| info.title.as_str());
    let title: String = title.chars().take(200).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<String> = title
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("-");
    let name = if settings::is_crate_name(&name) {
        name
    } else {
        format!("api-{name}")
    };
    let name: String = name.chars().take(56).collect();
    Settings {
        package: settings::Package {
            name: format!("{}-client", name.trim_end_matches('-')),
            version: "0.1.0".to_owned(),
            description: format!("A client of {title}"),
            license: None,
            repository: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            about: Vec::new(),
            example: None,
            blocking_example: None,
            example_on_every_item: false,
            testing,
        },
        login: Vec::new(),
        servers: settings::Servers::default(),
        errors: settings::Errors::default(),
        document: Vec::new(),
    }
}

fn with_name(
    mut settings: Settings,
    project: &Project,
    diagnostics: &mut Diagnostics,
) -> Option<Settings> {
    let Some(name) = &project.name else {
        return Some(settings);
    };
    if !settings::is_crate_name(name) {
        let message = format!("`{name}` cannot be the name of a crate");
        diagnostics.push(Diagnostic::error(
            Code::InvalidSettings,
            name,
            message,
            settings::CRATE_NAME_HELP,
        ));
        return None;
    }
    settings.package.name.clone_from(name);
    Some(settings)
}
