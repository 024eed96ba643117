//! Takes the text of an example in a document; gives the value that it shows; must never panic where the document contradicts itself.

use crate::runtime::Error;
use crate::runtime::error::Kind;
use serde::de::DeserializeOwned;

/// Reads an example of an answer.
///
/// # Errors
/// When it contradicts the type that the document gives it.
pub fn example<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| {
        let message = format!("the example contradicts the document: {error}");
        Error::new(Kind::Decode, message)
    })
}
