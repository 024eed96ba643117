/// Reads an example. One that contradicts the types is a mistake of the document, and its test, which this crate
/// carries, fails as well.
#[allow(dead_code, reason = "not every document has examples of answers")]
fn example<T: serde::de::DeserializeOwned>(json: &str) -> T {
    match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => panic!("the example contradicts the document: {error}"),
    }
}
