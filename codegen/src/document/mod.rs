//! Takes a parsed text and gives an `OpenAPI` document whose references all resolve, or every mistake that it has; it must never decide how the API looks in Rust.

mod api;
mod check;
mod hoist;
mod modern;
mod moves;
mod operations;
mod reference;
mod repair;
mod resolve;
mod select;
mod spelling;
mod table;
mod version;

use std::collections::BTreeSet;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Position, Severity};
use crate::source::Source;
use check::{Mistake, Site};
use moves::{Moves, Shifts};
use version::Version;

pub use resolve::NamedSchema;

/// The operations that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Patterns for path templates or operation ids, in which `*` stands for any text, slashes included. None at all selects everything.
    pub include: Vec<String>,
}

/// A document that follows the specification (after repairs), and in which every reference leads to an object of the right kind.
#[derive(Debug)]
#[must_use = "what was found in the document is told when it is read"]
pub struct Checked {
    source: Source,
    value: Value,
    moves: Moves,
    /// Nothing that the document is refused for.
    found: Found,
}

/// A document that was checked and read.
#[derive(Debug)]
pub struct Document {
    source: Source,
    api: OpenAPI,
    moves: Moves,
}

/// What is done about mistakes that leave no doubt how the rest of the document is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strictness {
    /// They are errors, as all others are.
    Strict,
    /// They are mended, with a warning, if the document has no others.
    Lenient,
}

/// Checks a document and keeps what was selected. None exactly when it is refused, with everything that is wrong with it; what was found in others is reported when they are read.
pub fn check(
    source: Source,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Checked> {
    check_as(source, selection, Strictness::Strict, diagnostics)
}

/// Does the same for a document that nobody can mend: what is wrong is left out or read as any value, with a warning, unless it is so wrong that nothing of the document is certain.
pub fn check_leniently(
    source: Source,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Checked> {
    check_as(source, selection, Strictness::Lenient, diagnostics)
}

fn check_as(
    mut source: Source,
    selection: &Selection,
    strictness: Strictness,
    diagnostics: &mut Diagnostics,
) -> Option<Checked> {
    let mut value = source.take_value();
    let mut found = Found::new(strictness);
    let (errors, others): (Vec<_>, Vec<_>) = source
        .findings()
        .iter()
        .cloned()
        .partition(|one| one.severity == Severity::Error);
    found.certain.extend(others);
    found
        .mistakes
        .extend(errors.into_iter().map(|diagnostic| Mistake {
            diagnostic,
            mend: "the first is used".to_owned(),
        }));
    let Some(moves) = prepare(&source, &mut value, selection, &mut found) else {
        found.tell(&source, diagnostics);
        return None;
    };
    Some(Checked {
        source,
        value,
        moves,
        found,
    })
}

impl Checked {
    /// The document as a value, repaired and with nothing in it that was not selected.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// Reads the document and reports all that was found in it. None exactly when that is an error: something that the check knows nothing of.
    pub fn read(self, diagnostics: &mut Diagnostics) -> Option<Document> {
        let Self {
            source,
            value,
            moves,
            mut found,
        } = self;
        let read = api::read(value).map_err(|(pointer, complaint)| {
            let message = format!("this can't be read: {complaint}");
            let help = "compare the object with the OpenAPI 3.0 specification";
            let error = Diagnostic::error(Code::Unreadable, source.path(), message, help);
            let place = moves.original(&Place::value(pointer));
            found.certain.push(error.at(place));
        });
        found.tell(&source, diagnostics);
        let api = read.ok()?;
        Some(Document { source, api, moves })
    }
}

/// What was found by now, at places in the text.
#[derive(Debug)]
struct Found {
    strictness: Strictness,
    certain: Diagnostics,
    mistakes: Vec<Mistake>,
}

impl Found {
    const fn new(strictness: Strictness) -> Self {
        Self {
            strictness,
            certain: Diagnostics::new(),
            mistakes: Vec::new(),
        }
    }

    /// Whether mistakes are to be mended as far as it is known.
    fn mends(&self) -> bool {
        self.strictness == Strictness::Lenient && !self.certain.has_errors()
    }

    /// Whether the document is refused as far as it is known.
    fn refuses(&self) -> bool {
        !(self.mends() || self.mistakes.is_empty() && !self.certain.has_errors())
    }

    fn extend(&mut self, found: Vec<Diagnostic>, mistakes: Vec<Mistake>, moves: &Moves) {
        self.certain.extend(places(found, moves));
        self.mistakes
            .extend(mistakes.into_iter().map(|mut mistake| {
                let place = mistake.diagnostic.place;
                mistake.diagnostic.place = place.map(|place| moves.original(&place));
                mistake
            }));
    }

    fn tell(self, source: &Source, diagnostics: &mut Diagnostics) {
        let mut told = self.told();
        told.locate(source);
        told.sort();
        diagnostics.extend(told);
    }

    /// Everything, once: mistakes as what they turned out to be.
    fn told(self) -> Diagnostics {
        let mends = self.mends();
        let mistakes = self.mistakes.into_iter().map(|mistake| {
            if mends {
                mistake.mended()
            } else {
                mistake.diagnostic
            }
        });
        let all = self.certain.into_iter().chain(mistakes);
        let mut seen = BTreeSet::new();
        all.filter(|one| seen.insert((one.place.clone(), one.code, one.message.clone())))
            .collect()
    }
}

/// The steps that make a value a document. Each goes on after errors as long as what it needs is sound, so that all mistakes are reported together.
fn prepare(
    source: &Source,
    value: &mut Value,
    selection: &Selection,
    found: &mut Found,
) -> Option<Moves> {
    let version = version::version(source, value);
    let version = version
        .map_err(|refusal| found.certain.push(*refusal))
        .ok()?;
    let mut moves = Moves::default();
    let mut renames = false;
    let mut sites = checked(source, value, version, (&mut moves, &mut renames), found);
    if renames && found.mends() {
        // What has the right key only now was not read as what it is before.
        sites = checked(source, value, version, (&mut moves, &mut renames), found);
    }
    sites = resolved(source, value, sites, &mut moves, found);
    let operations = operations::check(source, value, &moves);
    found.extend(operations.diagnostics, operations.mistakes, &moves);
    if found.refuses() {
        return None;
    }
    let shifts = repair::apply(value, operations.repairs);
    sites = after(sites, &shifts);
    moves.repaired(shifts);
    match hoist::hoist(value, &sites) {
        Ok(copies) => moves.copied(copies),
        Err(pointer) => {
            let message =
                "references into other objects repeat so much that the document becomes too large";
            let help = "put what is referred to into `components` and refer to it there";
            let error = Diagnostic::error(Code::TooLarge, source.path(), message, help);
            let place = moves.original(&Place::value(pointer));
            found.certain.push(error.at(place));
            return None;
        }
    }
    found
        .certain
        .extend(select::select(source.path(), value, selection));
    if found.refuses() {
        return None;
    }
    Some(moves)
}

/// Lowers and repairs the value, and gives the references that it holds then.
fn checked(
    source: &Source,
    value: &mut Value,
    version: Version,
    (moves, renames): (&mut Moves, &mut bool),
    found: &mut Found,
) -> Vec<Site> {
    let lowered = modern::lower(source, value, version);
    found.extend(lowered.diagnostics, Vec::new(), moves);
    moves.lowered(lowered.origins);
    let checked = check::check(source, value, moves);
    found.extend(checked.diagnostics, checked.mistakes, moves);
    let shifts = repair::apply(value, checked.repairs);
    *renames = shifts.renames();
    let sites = after(checked.sites, &shifts);
    moves.repaired(shifts);
    sites
}

/// References to what had to be left out lead nowhere in turn; real documents take two rounds.
const ROUNDS: usize = 32;

/// The references that can be followed. Others are taken out of the value if they are to be mended.
fn resolved(
    source: &Source,
    value: &mut Value,
    mut sites: Vec<Site>,
    moves: &mut Moves,
    found: &mut Found,
) -> Vec<Site> {
    for round in 1..=ROUNDS {
        let references = reference::check(source, value, sites);
        let done = references.repairs.is_empty() && references.mistakes.is_empty();
        let mut mistakes = references.mistakes;
        if round == ROUNDS {
            let last = mistakes.drain(..).map(|mistake| mistake.diagnostic);
            found.certain.extend(places(last.collect(), moves));
        }
        let mut told = references.diagnostics;
        // What is told of a reference that stays is told in the first round.
        told.retain(|one| round == 1 || one.severity == Severity::Error);
        found.extend(told, mistakes, moves);
        if done || !found.mends() {
            return references.sites;
        }
        let shifts = repair::apply(value, references.repairs);
        sites = after(references.sites, &shifts);
        moves.repaired(shifts);
    }
    sites
}

fn after(sites: Vec<Site>, shifts: &Shifts) -> Vec<Site> {
    if shifts.is_empty() {
        return sites;
    }
    sites
        .into_iter()
        .filter_map(|site| site.after(shifts))
        .collect()
}

/// The same findings, at places in the text.
fn places(found: Vec<Diagnostic>, moves: &Moves) -> impl Iterator<Item = Diagnostic> {
    found.into_iter().map(|mut one| {
        one.place = one.place.map(|place| moves.original(&place));
        one
    })
}

impl Document {
    /// The text that the document was read from.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The document in the types of `OpenAPI` 3.0.
    #[must_use]
    pub const fn api(&self) -> &OpenAPI {
        &self.api
    }

    /// Where in the text a place of the document is.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Option<Position> {
        self.source.locate(&self.moves.original(place))
    }
}
