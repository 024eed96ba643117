//! Takes a schema with values of later versions (`const`, null in an enum, `examples`) and gives it with those of 3.0; it must never change a value.

use serde_json::Value;

use super::Members;
use super::schema::set_nullable;
use super::work::Work;

/// `const` is an enum of one value.
pub(super) fn constant(work: &mut Work<'_>, members: &mut Members) {
    if !members.contains_key("const") {
        return;
    }
    let message = "`const` is not known in OpenAPI 3.0; it is read as an `enum` of one value";
    work.later_form("const", message, "write `enum` with one value");
    let Some(value) = members.shift_remove("const") else {
        return;
    };
    let name = type_of(&value);
    if let Some(name) = name
        && !members.contains_key("type")
    {
        members.insert("type".to_owned(), Value::String(name.to_owned()));
    }
    if name.is_some() || value.is_null() {
        work.moved(&["const"], &["enum", "0"]);
        members.insert("enum".to_owned(), Value::Array(vec![value]));
    }
}

/// A schema whose enum has null is nullable; one that has nothing else has no enum.
pub(super) fn nulls(members: &mut Members) {
    let Some(Value::Array(values)) = members.get("enum") else {
        return;
    };
    if !values.iter().any(Value::is_null) {
        return;
    }
    if values.iter().all(Value::is_null) {
        members.shift_remove("enum");
    }
    set_nullable(members);
}

/// The first of several examples.
pub(super) fn examples(work: &mut Work<'_>, members: &mut Members) {
    let first = match members.get("examples") {
        Some(Value::Array(examples)) => examples.first().cloned(),
        Some(Value::Object(examples)) => examples
            .values()
            .next()
            .map(|first| first.get("value").unwrap_or(first).clone()),
        _ => return,
    };
    let message =
        "`examples` of a schema is not known in OpenAPI 3.0; the first is read as `example`";
    work.later_form("examples", message, "write one `example`");
    members.shift_remove("examples");
    if let Some(first) = first
        && !members.contains_key("example")
    {
        work.moved(&["examples", "0"], &["example"]);
        members.insert("example".to_owned(), first);
    }
}

/// The type that a value has; none for null and for what no enum of ours can hold.
fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a value is of a type.
pub(super) fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        name => type_of(value) == Some(name),
    }
}
