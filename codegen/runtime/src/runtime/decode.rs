//! Takes the bytes of a body, or of a part of one; gives the value that they stand for, or what is wrong with them; must never say more than that.

use crate::runtime::Adapter;
use crate::runtime::adapter::Adapted;
use crate::runtime::plain::Plain;
use serde::de::DeserializeOwned;

/// How bytes are decoded; what is wrong is told in words that go on after what they are.
pub(crate) type Decode<T> = fn(&[u8]) -> Result<T, String>;

/// Reads JSON.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    // The path costs time, so only what failed is read again with it.
    serde_json::from_slice(bytes).or_else(|_| with_path(bytes))
}

/// Reads JSON that is not read as its type says.
pub(crate) fn json_as<A: Adapter>(bytes: &[u8]) -> Result<A::Value, String> {
    json::<Adapted<A>>(bytes).map(|adapted| adapted.0)
}

/// Reads a text that stands for one value.
pub(crate) fn plain<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let text = str::from_utf8(bytes).map_err(|error| format!("is not text: {error}"))?;
    T::deserialize(Plain(text)).map_err(|error| format!("is not as documented: {error}"))
}

/// Reads a text that stands for one value and is not read as its type says.
pub(crate) fn plain_as<A: Adapter>(bytes: &[u8]) -> Result<A::Value, String> {
    plain::<Adapted<A>>(bytes).map(|adapted| adapted.0)
}

/// Reads text.
pub(crate) fn text(bytes: &[u8]) -> Result<String, String> {
    let text = str::from_utf8(bytes).map_err(|error| format!("is not text: {error}"))?;
    Ok(text.to_owned())
}

fn with_path<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    if bytes.trim_ascii().is_empty() {
        // Nothing is what a value that may be null is sent as, too.
        let nothing = || "is empty where JSON was expected".to_owned();
        return serde_json::from_slice(b"null").map_err(|_| nothing());
    }
    let mut from = serde_json::Deserializer::from_slice(bytes);
    Err(match serde_path_to_error::deserialize::<_, T>(&mut from) {
        Ok(value) => match from.end() {
            Ok(()) => return Ok(value),
            Err(error) => format!("is not JSON: {error}"),
        },
        Err(error) => {
            let path = error.path().to_string();
            let cause = error.into_inner();
            if cause.is_syntax() || cause.is_eof() {
                format!("is not JSON: {cause}")
            } else {
                format!("is not as documented at {path}: {cause}")
            }
        }
    })
}
