//! Takes a schema of a list whose elements differ by position and gives one whose elements are alternatives; it must never lose the schema of an element.

use serde_json::Value;

use super::Members;
use super::schema::anything_or_nothing;
use super::work::{Dropped, Work};

/// `prefixItems`, and lists of schemas as `items`, which earlier versions of JSON Schema had.
pub(super) fn tuples(work: &mut Work<'_>, members: &mut Members) {
    let key = if matches!(members.get("prefixItems"), Some(Value::Array(_))) {
        "prefixItems"
    } else if matches!(members.get("items"), Some(Value::Array(_))) {
        "items"
    } else {
        return;
    };
    let message =
        format!("`{key}` gives each element a schema of its own; all are read as alternatives");
    let help = "write `items` with one schema, or with `oneOf`";
    work.later_form(key, message, help);
    let Some(Value::Array(elements)) = members.shift_remove(key) else {
        return;
    };
    let rest = match (key, members.shift_remove("additionalItems")) {
        ("items", additional) => additional,
        _ => members.shift_remove("items"),
    };
    let closed = matches!(rest, Some(Value::Bool(false)));
    if closed && !members.contains_key("maxItems") {
        members.insert("maxItems".to_owned(), Value::from(elements.len()));
    }
    let rest = rest.filter(Value::is_object);
    let items = joined(work, key, elements, rest);
    members.insert("items".to_owned(), items);
}

/// One schema for elements at any place.
fn joined(work: &mut Work<'_>, key: &str, elements: Vec<Value>, rest: Option<Value>) -> Value {
    let mut different: Vec<(usize, Value)> = Vec::new();
    for (index, element) in elements.into_iter().enumerate() {
        // Lists have a handful of places; those that differ are few enough to compare with each.
        if different.len() < 64 && different.iter().all(|(_, other)| *other != element) {
            different.push((index, element));
        }
    }
    let only = different.len() == 1 && rest.is_none();
    if only && let Some((index, element)) = different.pop() {
        work.moved(&[key, &index.to_string()], &["items"]);
        return element;
    }
    if different.is_empty() {
        return rest.unwrap_or_else(|| anything_or_nothing(true));
    }
    work.dropped(Dropped::Tuples, key);
    let mut alternatives = Vec::with_capacity(different.len() + 1);
    for (new, (old, element)) in different.into_iter().enumerate() {
        work.moved(
            &[key, &old.to_string()],
            &["items", "anyOf", &new.to_string()],
        );
        alternatives.push(element);
    }
    if let Some(rest) = rest.filter(|rest| !alternatives.contains(rest)) {
        let index = alternatives.len().to_string();
        work.moved(&["items"], &["items", "anyOf", &index]);
        alternatives.push(rest);
    }
    serde_json::json!({ "anyOf": alternatives })
}
