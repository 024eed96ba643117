//! Takes a parsed text and gives an `OpenAPI` document whose references all resolve, or every mistake that it has; it must never decide how the API looks in Rust.

mod api;
mod check;
mod hoist;
mod modern;
mod operations;
mod reference;
mod repair;
mod resolve;
mod select;
mod spelling;
mod table;
mod version;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Position};
use crate::source::Source;
use repair::Moves;

pub use resolve::NamedSchema;

/// The operations that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Patterns for path templates or operation ids, in which `*` stands for any text, slashes included. None at all selects everything.
    pub include: Vec<String>,
}

/// A document that was checked: it follows the specification (after repairs), and every reference in it leads to an object of the right kind.
#[derive(Debug)]
pub struct Document {
    source: Source,
    value: Value,
    api: OpenAPI,
    moves: Moves,
}

/// Checks a document, reports everything that is wrong with it and reads what was selected. None exactly when an error was reported.
pub fn read(
    mut source: Source,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let mut value = source.take_value();
    let mut found: Diagnostics = source.findings().iter().cloned().collect();
    let read = prepare(&source, &mut value, selection, &mut found);
    found.locate(&source);
    found.sort();
    let refused = found.has_errors();
    diagnostics.extend(found);
    let (api, moves) = read.filter(|_| !refused)?;
    Some(Document {
        source,
        value,
        api,
        moves,
    })
}

/// The steps that make a value a document. Each goes on after errors as long as what it needs is sound, so that all mistakes are reported together.
fn prepare(
    source: &Source,
    value: &mut Value,
    selection: &Selection,
    found: &mut Diagnostics,
) -> Option<(OpenAPI, Moves)> {
    let version = version::version(source, value);
    let version = version.map_err(|refusal| found.push(*refusal)).ok()?;
    let lowered = modern::lower(source, value, version);
    found.extend(lowered.diagnostics);
    let mut moves = Moves::new(lowered.origins);
    let checked = check::check(source, value, &moves);
    found.extend(places(checked.diagnostics, &moves));
    moves.extend(repair::apply(value, checked.repairs));
    let sites = checked
        .sites
        .into_iter()
        .map(|site| site.current(&moves))
        .collect();
    let references = reference::check(source, value, sites);
    found.extend(places(references.diagnostics, &moves));
    let operations = operations::check(source, value, &moves);
    found.extend(places(operations.diagnostics, &moves));
    if found.has_errors() {
        return None;
    }
    repair::apply(value, operations.repairs);
    match hoist::hoist(value, &references.sites) {
        Ok(copies) => moves.extend(copies),
        Err(pointer) => {
            let message =
                "references into other objects repeat so much that the document becomes too large";
            let help = "put what is referred to into `components` and refer to it there";
            let error = Diagnostic::error(Code::TooLarge, source.path(), message, help);
            found.push(error.at(Place::value(pointer)));
            return None;
        }
    }
    found.extend(select::select(source.path(), value, selection));
    if found.has_errors() {
        return None;
    }
    match api::read(value) {
        Ok(api) => Some((api, moves)),
        Err((pointer, complaint)) => {
            let message = format!("this can't be read: {complaint}");
            let help = "compare the object with the OpenAPI 3.0 specification";
            let error = Diagnostic::error(Code::Unreadable, source.path(), message, help);
            found.push(error.at(moves.original(&Place::value(pointer))));
            None
        }
    }
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

    /// The document as a value, repaired and with nothing in it that was not selected.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// Where in the text a place of [`Self::value`] is.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Option<Position> {
        self.source.locate(&self.moves.original(place))
    }
}

/// A step of a JSON pointer inside a URI fragment, unescaped.
fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
