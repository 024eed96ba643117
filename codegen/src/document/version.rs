//! Takes the value of a document and gives the version that it says it has; it must never look at anything else.

use serde_json::Value;

use super::spelling;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Pointer, Source};

/// The versions that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V30,
    V31,
}

const BEGIN: &str = "begin the document with `openapi: 3.0.3`";

/// Other versions, and what is no `OpenAPI` document at all, are refused.
pub(super) fn version(source: &Source, value: &Value) -> Result<Version, Box<Diagnostic>> {
    let error = |pointer: Pointer, message: String, help: &str| {
        let error = Diagnostic::error(Code::UnsupportedVersion, source.path(), message, help);
        Err(Box::new(error.at(Place::value(pointer))))
    };
    let Value::Object(members) = value else {
        let message = "this is not an OpenAPI document: expected a mapping".to_owned();
        return error(Pointer::root(), message, BEGIN);
    };
    let at = |key| Pointer::root().child(key);
    match (members.get("openapi"), members.get("swagger")) {
        (Some(version), _) => {
            let text = version
                .as_str()
                .map_or_else(|| version.to_string(), str::to_owned);
            if let Some(version) = known(&text) {
                return Ok(version);
            }
            let message =
                format!("this is an OpenAPI {text} document; versions 3.0.x and 3.1.x are read");
            let help = "convert the document to OpenAPI 3.1";
            error(at("openapi"), message, help)
        }
        (None, Some(_)) => {
            let message =
                "this is a Swagger 2.0 document; OpenAPI 3.0.x and 3.1.x are read".to_owned();
            let help = "convert the document to OpenAPI 3.0";
            error(at("swagger"), message, help)
        }
        (None, None)
            if members
                .keys()
                .any(|key| spelling::nearest(key, ["openapi"]).is_some()) =>
        {
            Ok(Version::V30)
        }
        (None, None) => {
            let message = "this is not an OpenAPI document: it has no `openapi`".to_owned();
            error(Pointer::root(), message, BEGIN)
        }
    }
}

fn known(text: &str) -> Option<Version> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), None | Some("0" | "")) => Some(Version::V30),
        (Some("3"), Some("1")) => Some(Version::V31),
        _ => None,
    }
}
