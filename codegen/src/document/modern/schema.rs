//! Takes a schema and gives it with the keywords of 3.0 only, its inner schemas as they are; it must never go into an inner schema.

use serde_json::Value;

use super::work::{Dropped, Work};
use super::{Members, bounds, content, defs, lists, objects, siblings, types, unions, values};

/// Keywords that say nothing about the data itself, or only whether it is valid, which a client does not check.
const SILENT: [&str; 14] = [
    "$schema",
    "$comment",
    "$vocabulary",
    "$recursiveAnchor",
    "contains",
    "minContains",
    "maxContains",
    "dependentRequired",
    "propertyNames",
    "unevaluatedItems",
    "contentSchema",
    "additionalItems",
    "$id",
    "$anchor",
];

/// The steps depend on each other: what a union leaves may hold any other form, and several types take the other keywords with them.
pub(super) fn schema(work: &mut Work<'_>, value: &mut Value) {
    if let Value::Bool(allowed) = value {
        if work.is_modern() {
            *value = anything_or_nothing(*allowed);
        }
        return;
    }
    let Value::Object(members) = value else {
        return;
    };
    if is_plain(work, members) {
        return;
    }
    unions::unions(work, members);
    defs::take(work, members);
    siblings::siblings(work, members);
    if members.contains_key("$ref") {
        return;
    }
    values::constant(work, members);
    values::nulls(members);
    values::examples(work, members);
    bounds::bounds(work, members);
    lists::tuples(work, members);
    content::content(work, members);
    if work.is_modern() {
        drop_keywords(work, members);
        objects::objects(work, members);
    }
    siblings::properties(work, members);
    types::types(work, members);
}

/// Whether nothing in the schema is of a later version. Most are so, and large documents have tens of thousands.
fn is_plain(work: &Work<'_>, members: &Members) -> bool {
    members.iter().all(|(key, value)| match key.as_str() {
        "type" => value.as_str().is_some_and(|name| name != "null"),
        "enum" => value
            .as_array()
            .is_some_and(|values| !values.iter().any(Value::is_null)),
        "$ref" => members.len() == 1 && value.as_str().is_some_and(|target| target != "#"),
        "items" => !value.is_array(),
        "properties" => !work.is_modern(),
        "title"
        | "description"
        | "format"
        | "example"
        | "default"
        | "nullable"
        | "required"
        | "allOf"
        | "additionalProperties"
        | "pattern"
        | "minLength"
        | "maxLength"
        | "minimum"
        | "maximum"
        | "minItems"
        | "maxItems"
        | "readOnly"
        | "writeOnly"
        | "deprecated" => true,
        other => other.starts_with("x-"),
    })
}

/// `true` is a schema that allows everything, `false` one that allows nothing.
pub(super) fn anything_or_nothing(allowed: bool) -> Value {
    if allowed {
        Value::Object(Members::new())
    } else {
        serde_json::json!({ "not": {} })
    }
}

fn drop_keywords(work: &mut Work<'_>, members: &mut Members) {
    for key in SILENT {
        members.shift_remove(key);
    }
    for (key, what) in [
        ("if", Dropped::Conditions),
        ("dependentSchemas", Dropped::Dependencies),
    ] {
        if members.shift_remove(key).is_some() {
            work.dropped(what, key);
        }
    }
    for key in ["then", "else"] {
        members.shift_remove(key);
    }
}

/// Marks the schema as one that null is valid for.
pub(super) fn set_nullable(members: &mut Members) {
    members.insert("nullable".to_owned(), Value::Bool(true));
}
