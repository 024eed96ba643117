//! Takes a reference with other keywords beside it and gives a schema of which the reference is a part; it must never wrap a reference for words that nobody reads.

use serde_json::Value;

use super::Members;
use super::unions::is_annotation;
use super::work::{Dropped, Work, component};

/// Keywords beside a reference that change what data is valid.
pub(super) fn siblings(work: &mut Work<'_>, members: &mut Members) {
    if !work.is_modern() {
        nullable_beside(work, members);
        return;
    }
    dynamic(work, members);
    recursive(work, members);
    if !matches!(members.get("$ref"), Some(Value::String(_))) {
        return;
    }
    let nullable = members.get("nullable") == Some(&Value::Bool(true));
    let says = members
        .keys()
        .any(|key| !is_annotation(key) && !key.starts_with('$'));
    if nullable || says {
        wrap(work, members);
    } else {
        members.retain(|key, _| key == "$ref");
    }
}

/// A reference that other documents may redirect is one like any other here.
fn dynamic(work: &mut Work<'_>, members: &mut Members) {
    if let Some(target) = members.shift_remove("$dynamicRef")
        && !members.contains_key("$ref")
    {
        work.moved(&["$dynamicRef"], &["$ref"]);
        members.insert("$ref".to_owned(), target);
    }
}

/// `#` is the schema that the reference is in, which is the component that it is in.
fn recursive(work: &Work<'_>, members: &mut Members) {
    let is_root = |target: Option<&Value>| target.and_then(Value::as_str) == Some("#");
    let old = members.shift_remove("$recursiveRef");
    if !is_root(old.as_ref()) && !is_root(members.get("$ref")) {
        return;
    }
    let here = work.here();
    let mut steps = here.steps().skip(2);
    if let Some(name) = steps
        .next()
        .filter(|name| here.starts_with(&component(name)))
    {
        let target = format!("#{}", component(&name));
        members.insert("$ref".to_owned(), Value::String(target));
    }
}

/// Earlier versions ignore what is beside a reference, but `nullable` there is no decoration.
fn nullable_beside(work: &mut Work<'_>, members: &mut Members) {
    let nullable = members.get("nullable") == Some(&Value::Bool(true));
    if !nullable || !matches!(members.get("$ref"), Some(Value::String(_))) {
        return;
    }
    work.dropped(Dropped::NullableBesideReference, "nullable");
    members.retain(|key, _| key == "$ref" || key == "nullable");
    wrap(work, members);
}

/// What is said of a property beside the reference to its schema is said of the property.
pub(super) fn properties(work: &mut Work<'_>, members: &mut Members) {
    if !work.is_modern() {
        return;
    }
    let Some(Value::Object(properties)) = members.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        let Value::Object(property) = property else {
            continue;
        };
        let told = [
            "description",
            "deprecated",
            "readOnly",
            "writeOnly",
            "default",
        ];
        let outer = work.enter("properties");
        work.enter(name);
        dynamic(work, property);
        let is_reference = matches!(property.get("$ref"), Some(Value::String(_)));
        if is_reference && told.iter().any(|key| property.contains_key(*key)) {
            wrap(work, property);
        }
        work.leave(outer);
    }
}

/// Makes the reference the first part of `allOf`.
fn wrap(work: &mut Work<'_>, members: &mut Members) {
    let Some(target) = members.shift_remove("$ref") else {
        return;
    };
    let mut parts = vec![serde_json::json!({ "$ref": target })];
    let others = match members.shift_remove("allOf") {
        Some(Value::Array(others)) => others,
        _ => Vec::new(),
    };
    // From the last to the first, so that a place is free before it is taken.
    for index in (0..others.len()).rev() {
        let (from, to) = (index.to_string(), (index + 1).to_string());
        work.moved(&["allOf", &from], &["allOf", &to]);
    }
    parts.extend(others);
    work.moved(&["$ref"], &["allOf", "0", "$ref"]);
    members.insert("allOf".to_owned(), Value::Array(parts));
}
