//! Takes a checked value and gives it in the types of openapiv3; it must never repair anything.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::source::Pointer;

/// Reads the document, or says what could not be read and where.
pub(super) fn read(value: &Value) -> Result<OpenAPI, (Pointer, String)> {
    serde_path_to_error::deserialize(value).map_err(
        |error: serde_path_to_error::Error<serde_json::Error>| (Pointer::root(), error.to_string()),
    )
}
