//! Takes a schema of an object with rules of later versions for its other properties and gives it with `additionalProperties`; it must never drop a property that has a name.

use serde_json::Value;

use super::Members;
use super::unions::is_annotation;
use super::work::{Dropped, Work};

pub(super) fn objects(work: &mut Work<'_>, members: &mut Members) {
    forbidden(members);
    patterns(work, members);
    unevaluated(work, members);
}

/// A property that nothing is valid for is no property.
fn forbidden(members: &mut Members) {
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        properties.retain(|_, property| *property != Value::Bool(false));
    }
}

/// Properties whose names match a pattern are read as properties of any name.
fn patterns(work: &mut Work<'_>, members: &mut Members) {
    let Some(Value::Object(patterns)) = members.shift_remove("patternProperties") else {
        return;
    };
    let others = members.get("additionalProperties");
    if others.is_some_and(|others| others.is_object() || *others == Value::Bool(true)) {
        work.dropped(Dropped::Patterns, "patternProperties");
        return;
    }
    let key = "additionalProperties";
    let count = patterns.len();
    let mut schemas = Vec::with_capacity(count);
    for (index, (pattern, schema)) in patterns.into_iter().enumerate() {
        let from = ["patternProperties", &pattern];
        if count == 1 {
            work.moved(&from, &[key]);
        } else {
            work.moved(&from, &[key, "anyOf", &index.to_string()]);
        }
        schemas.push(schema);
    }
    let schema = match count {
        0 => return,
        1 => schemas.pop(),
        _ => {
            work.dropped(Dropped::Patterns, "patternProperties");
            Some(serde_json::json!({ "anyOf": schemas }))
        }
    };
    members.extend(schema.map(|schema| (key.to_owned(), schema)));
}

/// `unevaluatedProperties` is `additionalProperties` that looks into parts; of a schema without parts it is the same.
fn unevaluated(work: &mut Work<'_>, members: &mut Members) {
    let Some(rest) = members.shift_remove("unevaluatedProperties") else {
        return;
    };
    let parts = ["allOf", "anyOf", "oneOf", "$ref"];
    let whole = parts.iter().all(|key| !members.contains_key(*key));
    let says = rest
        .as_object()
        .is_some_and(|rest| rest.keys().any(|key| !is_annotation(key)));
    if !members.contains_key("additionalProperties") && (whole || says) {
        work.moved(&["unevaluatedProperties"], &["additionalProperties"]);
        members.insert("additionalProperties".to_owned(), rest);
    }
}
