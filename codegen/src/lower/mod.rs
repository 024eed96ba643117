//! Takes checked documents and gives the model: types, operations, pages, secrets, and every name, decided here and once; it must never make tokens.

mod answers;
mod bodies;
mod cycles;
mod drafts;
mod events;
mod examples;
mod failures;
mod features;
mod forms;
mod headers;
mod identities;
mod keys;
mod media;
mod mixed;
mod multipart;
mod names;
mod objects;
mod operations;
mod pages;
mod parameters;
mod pattern;
mod place;
mod remarks;
mod resources;
mod rules;
mod security;
mod server_url;
mod servers;
mod shape;
mod share;
mod site;
mod statuses;
mod testing;
mod types;
mod unions;
mod usage;
mod values;
mod words;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::model::{Crate, Home, Module, Name, Package, Resource, Security};
use crate::settings::Settings;
use crate::source::Pointer;

use drafts::Drafts;
use words::Words;

pub use remarks::Remark;

/// A document and the module that it becomes; none puts its items at the crate's root.
#[derive(Debug)]
pub struct Part {
    /// The checked document.
    pub document: Document,
    /// The module, a Rust name.
    pub module: Option<String>,
}

/// A part of a document that the crate does not express as the document does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap {
    /// Where it stands.
    pub pointer: Pointer,
    /// What stands in the way.
    pub reason: String,
}

/// What became of one document.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DocumentReport {
    /// The document, as it was named.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// How many operations the crate has of it.
    pub operations: usize,
    /// How many named types it led to.
    pub types: usize,
    /// The operations that are left out.
    pub skipped: Vec<Gap>,
    /// The schemas that are left as JSON.
    pub untyped: Vec<Gap>,
    /// The security schemes whose tokens users have to fetch by themselves.
    pub tokens: Vec<Gap>,
    /// What there is to say of servers and logins.
    pub remarks: Vec<Remark>,
}

/// Makes the model of one crate out of its documents.
pub fn lower(
    settings: &Settings,
    parts: &[Part],
    diagnostics: &mut Diagnostics,
) -> (Crate, Vec<DocumentReport>) {
    let mut drafts = Drafts::default();
    let mut access = security::Access::default();
    let mut modules = Vec::new();
    let mut reports: Vec<DocumentReport> = Vec::new();
    let mut tags = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let mut lowering = Lowering::new(&part.document, index, &mut drafts, &mut access);
        lowering.request_id_header = &settings.errors.request_id_header;
        let module = lowering.module(part.module.as_deref());
        tags.append(&mut lowering.known.tags);
        let mut report = lowering.report;
        report.operations = module
            .resources
            .iter()
            .flat_map(|resource| &resource.operations)
            .filter(|operation| !operation.variant && !operation.is_second)
            .count();
        diagnose(&part.document, &report, diagnostics);
        modules.push(module);
        reports.push(report);
    }
    let used = usage::mark(&mut drafts, &modules, &tags);
    let is_used = |id| used.contains(&id);
    for draft in used.iter().filter_map(|id| drafts.get(*id)) {
        if let Home::Module(module) = draft.home
            && let Some(report) = reports.get_mut(module)
        {
            report.types += 1;
        }
    }
    let mut types = drafts.into_types(&modules, is_used);
    cycles::box_them(&mut types);
    let logins = security::logins(settings, &modules, &access);
    let variables = servers::variables(settings, parts, &modules, &logins);
    let mut model = Crate {
        package: package(&settings.package),
        modules,
        types,
        logins,
        tokens: access.tokens,
        variables,
        request_id_header: settings.errors.request_id_header.clone(),
        rate_limited_is_unprocessed: settings.errors.rate_limited_is_never_processed,
        type_names: BTreeSet::new(),
    };
    share::share(&mut model, is_used);
    finish(&mut model, parts, &mut reports);
    for (part, report) in parts.iter().zip(&reports) {
        remarks::diagnose(&part.document, report, diagnostics);
    }
    (model, reports)
}

/// What can be said only when everything has a name.
fn finish(model: &mut Crate, parts: &[Part], reports: &mut [DocumentReport]) {
    model.type_names = model.types.iter().map(|one| one.name.clone()).collect();
    resources::name_calls(model);
    examples::lower(model, parts, reports);
    if model.package.testing {
        testing::assign_roles(model);
    }
    features::assign(model);
}

/// What lowering one document needs at hand.
struct Lowering<'d> {
    document: &'d Document,
    home: Home,
    drafts: &'d mut Drafts,
    access: &'d mut security::Access,
    /// Whether the document has security schemes and says nowhere what needs them.
    loose: bool,
    known: types::Known<'d>,
    report: DocumentReport,
    /// The header that the runtime reads for itself.
    request_id_header: &'d str,
}

impl<'d> Lowering<'d> {
    fn new(
        document: &'d Document,
        index: usize,
        drafts: &'d mut Drafts,
        access: &'d mut security::Access,
    ) -> Self {
        let info = &document.api().info;
        let report = DocumentReport {
            path: document.source().path().to_owned(),
            title: info.title.clone(),
            version: info.version.clone(),
            ..DocumentReport::default()
        };
        let known = types::Known::of(document);
        Self {
            document,
            home: Home::Module(index),
            drafts,
            access,
            loose: false,
            known,
            report,
            request_id_header: "",
        }
    }

    fn module(&mut self, name: Option<&str>) -> Module {
        let info = &self.document.api().info;
        self.loose = self.is_loose();
        let mut servers = servers::Servers::default();
        let mut operations = self.operations(&mut servers);
        let (servers, other_servers) = servers::assign(servers, &mut operations);
        self.name_identities();
        let resources = self.resources(operations, name.is_none());
        let handle = Words::of(name.unwrap_or("api"));
        Module {
            name: name.map(names::single),
            handle: handle_name(&handle),
            document: self.report.path.clone(),
            title: info.title.clone(),
            version: info.version.clone(),
            docs: info.description.clone().unwrap_or_default(),
            servers,
            other_servers,
            security: usual_security(&resources),
            resources,
        }
    }

    /// Notes a schema that is left as JSON.
    fn leave_untyped(&mut self, pointer: &Pointer, reason: impl Into<String>) {
        self.report.untyped.push(Gap {
            pointer: pointer.clone(),
            reason: reason.into(),
        });
    }

    /// Notes an operation that is left out.
    fn skip(&mut self, pointer: &Pointer, reason: impl Into<String>) {
        self.report.skipped.push(Gap {
            pointer: pointer.clone(),
            reason: reason.into(),
        });
    }
}

fn usual_security(resources: &[Resource]) -> Vec<Vec<Security>> {
    let mut counts: Vec<(&[Vec<Security>], usize)> = Vec::new();
    for operation in resources.iter().flat_map(|one| &one.operations) {
        let mut known = counts.iter_mut();
        match known.find(|(ways, _)| *ways == operation.security) {
            Some((_, count)) => *count += 1,
            None => counts.push((&operation.security, 1)),
        }
    }
    let usual = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    usual.map_or_else(Vec::new, |(ways, _)| ways.to_vec())
}

fn handle_name(words: &Words) -> Name {
    names::single(&words.pascal())
}

fn diagnose(document: &Document, report: &DocumentReport, diagnostics: &mut Diagnostics) {
    let mut warn = |code, gap: &Gap, what: &str, help: &str| {
        let message = format!("{what}: {}", gap.reason);
        let place = Place::value(gap.pointer.clone());
        let mut diagnostic = Diagnostic::warning(code, &report.path, message, help);
        diagnostic.position = document.locate(&place);
        diagnostics.push(diagnostic.at(place));
    };
    for gap in &report.skipped {
        warn(
            Code::SkippedOperation,
            gap,
            "this operation is left out",
            "nothing to mend in the document; call the operation by hand until the generator can",
        );
    }
    for gap in &report.untyped {
        warn(
            Code::UntypedValue,
            gap,
            "this value is left as JSON",
            "nothing to mend in the document; read the `serde_json::Value` by hand",
        );
    }
    for gap in &report.tokens {
        warn(
            Code::ForeignTokens,
            gap,
            "tokens for this scheme are not fetched",
            "nothing to mend in the document; fetch the token by hand and log in with it",
        );
    }
}

fn package(settings: &crate::settings::Package) -> Package {
    Package {
        name: settings.name.clone(),
        version: settings.version.clone(),
        description: settings.description.clone(),
        license: settings.license.clone(),
        repository: settings.repository.clone(),
        keywords: settings.keywords.clone(),
        categories: settings.categories.clone(),
        about: settings.about.clone(),
        example: settings.example.clone(),
        blocking_example: settings.blocking_example.clone(),
        example_on_every_item: settings.example_on_every_item,
        testing: settings.testing,
    }
}
