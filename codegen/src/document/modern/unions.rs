//! Takes a schema with alternatives and gives it without those that mean null, as `nullable`; it must never drop an alternative that means anything else.

use serde_json::Value;

use super::Members;
use super::schema::set_nullable;
use super::work::Work;

/// Alternatives that consist of alternatives are looked through that often.
const NESTED: usize = 8;

/// Keys that say nothing about which data is valid.
pub(super) const ANNOTATIONS: [&str; 14] = [
    "title",
    "description",
    "summary",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "nullable",
    "xml",
    "$comment",
    "$schema",
];

pub(super) fn is_annotation(key: &str) -> bool {
    key.starts_with("x-") || ANNOTATIONS.contains(&key)
}

/// Turns alternatives of null into `nullable`, and the only other alternative into the schema itself.
pub(super) fn unions(work: &mut Work<'_>, members: &mut Members) {
    for _ in 0..NESTED {
        let collapsed = ["anyOf", "oneOf"].map(|key| union(work, members, key));
        if collapsed == [false, false] {
            return;
        }
    }
}

/// Whether the schema has new keywords, which may be alternatives again.
fn union(work: &mut Work<'_>, members: &mut Members, key: &str) -> bool {
    let Some(Value::Array(alternatives)) = members.get(key) else {
        return false;
    };
    let kept: Vec<usize> = (0..alternatives.len())
        .zip(alternatives)
        .filter(|(_, alternative)| !is_null(work, alternative))
        .map(|(index, _)| index)
        .collect();
    if kept.len() == alternatives.len() {
        return false;
    }
    if alternatives.iter().any(is_later_null) {
        let message = format!("one of `{key}` is null; it is read as `nullable: true`");
        let help = "write `nullable: true` beside the other alternatives";
        work.later_form(key, message, help);
    }
    let Some(Value::Array(alternatives)) = members.shift_remove(key) else {
        return false;
    };
    set_nullable(members);
    let mut kept: Vec<(usize, Value)> = alternatives
        .into_iter()
        .enumerate()
        .filter(|(index, _)| kept.contains(index))
        .collect();
    if kept.len() == 1
        && !members.contains_key("discriminator")
        && let Some((index, only)) = kept.pop()
    {
        return alone(work, members, key, index, only);
    }
    let mut left = Vec::with_capacity(kept.len());
    for (new, (old, alternative)) in kept.into_iter().enumerate() {
        if new != old {
            work.moved(&[key, &old.to_string()], &[key, &new.to_string()]);
        }
        left.push(alternative);
    }
    if !left.is_empty() {
        members.insert(key.to_owned(), Value::Array(left));
    }
    false
}

/// Puts the only alternative in the place of the union.
fn alone(work: &mut Work<'_>, members: &mut Members, key: &str, index: usize, only: Value) -> bool {
    let index = index.to_string();
    let inner = match only {
        Value::Object(inner) if fits(members, &inner) => inner,
        Value::Bool(true) => return false,
        other => {
            let parts = members
                .entry("allOf")
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(parts) = parts {
                work.moved(&[key, &index], &["allOf", &parts.len().to_string()]);
                parts.push(other);
            }
            return false;
        }
    };
    for (name, value) in inner {
        if members.contains_key(&name) {
            continue;
        }
        work.moved(&[key, &index, &name], &[&name]);
        members.insert(name, value);
    }
    let (from, to) = (work.inner(&[key, &index]), work.here());
    work.origins.stands_for(&from, &to);
    true
}

/// Whether the keywords of an alternative can stand beside those around it.
fn fits(outer: &Members, inner: &Members) -> bool {
    !inner.contains_key("$ref")
        && !inner.contains_key("$id")
        && inner
            .keys()
            .all(|key| is_annotation(key) || !outer.contains_key(key))
}

/// Whether null is all that is valid for a schema.
pub(super) fn is_null(work: &Work<'_>, schema: &Value) -> bool {
    let Value::Object(members) = schema else {
        return false;
    };
    if let Some(Value::String(target)) = members.get("$ref") {
        return work.is_null_component(target);
    }
    let mut says = members.get("nullable") == Some(&Value::Bool(true));
    for (key, value) in members.iter().filter(|(key, _)| !is_annotation(key)) {
        let null = match (key.as_str(), value) {
            ("type", Value::String(name)) => name.eq_ignore_ascii_case("null"),
            ("type" | "const", Value::Null) => true,
            ("type" | "enum", Value::Array(list)) => {
                !list.is_empty() && list.iter().all(|one| one.is_null() || one == "null")
            }
            _ => return false,
        };
        if !null {
            return false;
        }
        says = true;
    }
    says
}

/// Whether null is meant in a way that 3.0 does not have.
fn is_later_null(schema: &Value) -> bool {
    let named = schema
        .get("type")
        .is_some_and(|name| name.is_null() || name.is_array() || name.as_str() == Some("null"));
    named || schema.get("const").is_some_and(Value::is_null)
}
