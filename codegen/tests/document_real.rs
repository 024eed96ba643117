//! Real documents of many vendors, where they are at hand, must be accepted.

use std::fs;
use std::path::{Path, PathBuf};

use openapi_client_codegen::diagnostic::{Diagnostics, Severity};
use openapi_client_codegen::document::{self, Checked, Selection};
use openapi_client_codegen::source::{Limits, Source};

/// The documents below a folder of the collection; none, with a notice, if it was not unpacked.
fn documents(folder: &str) -> Vec<PathBuf> {
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/specs");
    let root = std::env::var_os("OPENAPI_SPECS").map_or(unpacked, PathBuf::from);
    let mut found = Vec::new();
    let mut waiting = vec![root.join(folder)];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                waiting.push(path);
            } else if matches!(extension, Some("json" | "yaml")) {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() {
        println!(
            "skipped: there are no documents in {}",
            root.join(folder).display()
        );
    }
    found
}

fn check(name: &str, bytes: &[u8]) -> (Option<Checked>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    match Source::read(name, bytes, &Limits::default()) {
        Ok(source) => {
            let checked =
                document::check_leniently(source, &Selection::default(), &mut diagnostics);
            (checked, diagnostics)
        }
        Err(refused) => (None, refused),
    }
}

/// The errors of all documents of a folder, as `file: code`, each once.
fn errors(folder: &str) -> Vec<String> {
    let mut errors = Vec::new();
    for path in documents(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bytes = fs::read(&path).expect("the document can be read");
        let (checked, mut diagnostics) = check(&name, &bytes);
        let document = checked.and_then(|checked| checked.read(&mut diagnostics));
        let refused = diagnostics
            .iter()
            .filter(|one| one.severity == Severity::Error);
        errors.extend(refused.map(|one| format!("{name}: {}", one.code)));
        assert_eq!(document.is_none(), diagnostics.has_errors(), "{name}");
        assert!(
            diagnostics.iter().all(|one| one.position.is_some()),
            "{name}: {diagnostics}"
        );
    }
    errors.dedup();
    errors
}

#[test]
fn twilios_own_documents_are_accepted() {
    assert_eq!(errors("twilio"), Vec::<String>::new());
}

#[test]
fn older_versions_of_twilios_documents_are_accepted() {
    assert_eq!(errors("history"), Vec::<String>::new());
}

/// What is no OpenAPI 3.0 or 3.1 document, or contradicts itself so much that nothing of it is certain: the file and the reason.
const REFUSED: [(&str, &str); 0] = [];

#[test]
fn documents_of_other_vendors_are_accepted() {
    let mut errors = errors("wild");
    let is_known = |error: &String| REFUSED.iter().any(|(file, _)| error.starts_with(file));
    errors.retain(|error| !is_known(error));
    assert_eq!(errors, Vec::<String>::new());
}

/// openapiv3 can read a document itself, but slowly; the faster way must give the same.
#[test]
fn documents_are_read_as_openapiv3_reads_them() {
    for path in documents("twilio").into_iter().chain(documents("wild")) {
        let bytes = fs::read(&path).expect("the document can be read");
        if bytes.len() > 400_000 {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (Some(checked), mut diagnostics) = check(&name, &bytes) else {
            continue;
        };
        let mut value = checked.value().clone();
        let document = checked.read(&mut diagnostics).expect("a sound document");
        without_callbacks(&mut value);
        with_styles(&mut value);
        let expected: openapiv3::OpenAPI =
            serde_json::from_value(value).expect("openapiv3 reads the document");
        assert!(*document.api() == expected, "{name}");
    }
}

/// openapiv3 takes an absent `explode` of an encoding for false, where OpenAPI takes it for true if the style is `form`.
fn with_styles(value: &mut serde_json::Value) {
    use serde_json::Value;
    if let Value::Array(items) = value {
        items.iter_mut().for_each(with_styles);
    }
    let Value::Object(members) = value else {
        return;
    };
    if members.contains_key("schema")
        && let Some(Value::Object(encodings)) = members.get_mut("encoding")
    {
        for encoding in encodings.values_mut().filter_map(Value::as_object_mut) {
            if ["style", "explode", "allowReserved"]
                .iter()
                .all(|key| !encoding.contains_key(*key))
            {
                continue;
            }
            encoding.entry("style").or_insert("form".into());
            if encoding["style"] == "form" {
                encoding.entry("explode").or_insert(true.into());
            }
        }
    }
    members.values_mut().for_each(with_styles);
}

/// Callbacks and links are left out of a document.
fn without_callbacks(value: &mut serde_json::Value) {
    if let Some(components) = value
        .get_mut("components")
        .and_then(serde_json::Value::as_object_mut)
    {
        components.shift_remove("callbacks");
        components.shift_remove("links");
        for response in components
            .get_mut("responses")
            .and_then(serde_json::Value::as_object_mut)
            .into_iter()
            .flat_map(|all| all.values_mut())
        {
            response
                .as_object_mut()
                .map(|response| response.shift_remove("links"));
        }
    }
    let items = value
        .get_mut("paths")
        .and_then(serde_json::Value::as_object_mut)
        .into_iter()
        .flat_map(|all| all.values_mut());
    for operation in items
        .filter_map(serde_json::Value::as_object_mut)
        .flat_map(|item| item.values_mut())
        .filter_map(serde_json::Value::as_object_mut)
    {
        operation.shift_remove("callbacks");
        for response in operation
            .get_mut("responses")
            .and_then(serde_json::Value::as_object_mut)
            .into_iter()
            .flat_map(|all| all.values_mut())
        {
            response
                .as_object_mut()
                .map(|response| response.shift_remove("links"));
        }
    }
}
