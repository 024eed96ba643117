//! What the documents in `spec/` say agrees with Twilio's own documents, where those are at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Outcome;

/// What is compared of an operation: the names of parameters, fields and properties, the push services, and the largest page.
#[derive(Debug, Default, Eq, PartialEq)]
struct Shape {
    query: BTreeSet<String>,
    fields: BTreeSet<String>,
    types: BTreeSet<String>,
    largest_page: Option<u64>,
    properties: BTreeSet<String>,
}

fn read(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_yaml::from_str(&std::fs::read_to_string(path)?)?)
}

fn resolve<'a>(root: &'a Value, mut node: &'a Value) -> &'a Value {
    if let Some(only) = node.pointer("/allOf/0") {
        node = only;
    }
    let target = node["$ref"]
        .as_str()
        .and_then(|text| text.strip_prefix('#'));
    target
        .and_then(|pointer| root.pointer(pointer))
        .unwrap_or(node)
}

fn items<'a>(root: &'a Value, list: &'a Value) -> impl Iterator<Item = &'a Value> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|node| resolve(root, node))
}

fn members(node: &Value) -> impl Iterator<Item = (&String, &Value)> {
    node.as_object().into_iter().flatten()
}

/// The operations on credentials by method and path.
fn shapes(root: &Value) -> BTreeMap<String, Shape> {
    let mut shapes = BTreeMap::new();
    for (path, item) in members(&root["paths"]) {
        if !matches!(
            path[3..].trim_start_matches('/'),
            "Credentials" | "Credentials/{Sid}"
        ) {
            continue;
        }
        for (method, operation) in members(item) {
            if ["get", "post", "delete"].contains(&method.as_str()) {
                shapes.insert(format!("{method} {path}"), shape(root, operation));
            }
        }
    }
    shapes
}

fn shape(root: &Value, operation: &Value) -> Shape {
    let mut shape = Shape::default();
    for parameter in items(root, &operation["parameters"]) {
        if parameter["in"] == "query" {
            let name = parameter["name"].as_str().unwrap_or_default();
            if name == "PageSize" {
                shape.largest_page = parameter["schema"]["maximum"].as_u64();
            }
            shape.query.insert(name.to_owned());
        }
    }
    let form = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"];
    let form = resolve(root, &form["schema"]);
    for form in items(root, &form["oneOf"]).chain([form]) {
        for (name, schema) in members(&form["properties"]) {
            shape.fields.insert(name.clone());
            if name == "Type" {
                let values = items(root, &resolve(root, schema)["enum"]);
                shape
                    .types
                    .extend(values.filter_map(Value::as_str).map(str::to_owned));
            }
        }
    }
    for (_, response) in
        members(&operation["responses"]).filter(|(status, _)| status.starts_with('2'))
    {
        let body = resolve(root, &response["content"]["application/json"]["schema"]);
        let list = resolve(root, &body["properties"]["credentials"]);
        let item = resolve(root, &list["items"]);
        let meta = resolve(root, &body["properties"]["meta"]);
        for schema in [body, item, meta] {
            shape
                .properties
                .extend(members(&schema["properties"]).map(|(name, _)| name.clone()));
        }
    }
    shape
}

#[test]
fn names_and_limits_are_those_of_twilio() -> Outcome {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let unpacked = package.join("../target/specs");
    let originals = std::env::var_os("OPENAPI_SPECS").map_or(unpacked, PathBuf::from);
    for name in ["chat_v1", "chat_v2", "conversations_v1", "notify_v1"] {
        let original = originals.join(format!("twilio/twilio_{name}.yaml"));
        if !original.exists() {
            println!("skipped: there is no {}", original.display());
            continue;
        }
        let (ours, theirs) = (
            read(&package.join(format!("../spec/{name}.yaml")))?,
            read(&original)?,
        );
        assert_eq!(
            ours["servers"][0]["url"], theirs["servers"][0]["url"],
            "{name}"
        );
        let ours = shapes(&ours);
        assert_eq!(ours.len(), 5, "{name}");
        assert_eq!(ours, shapes(&theirs), "{name}");
    }
    Ok(())
}
