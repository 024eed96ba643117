//! Takes a schema with several types and gives one with a single type, `nullable`, or an alternative for each; it must never guess among words that are no types.

use serde_json::Value;

use super::Members;
use super::schema::set_nullable;
use super::work::Work;

const STRING: &[&str] = &["pattern", "minLength", "maxLength"];
const NUMBER: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];
const ARRAY: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];
const OBJECT: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
];

/// The keywords that say something about values of a type.
fn keywords(name: &str) -> &'static [&'static str] {
    match name {
        "string" => STRING,
        "integer" | "number" => NUMBER,
        "array" => ARRAY,
        "object" => OBJECT,
        _ => &[],
    }
}

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

pub(super) fn types(work: &mut Work<'_>, members: &mut Members) {
    match members.get("type") {
        Some(Value::String(name)) if name == "null" => {
            let message =
                "`type: 'null'` is not known in OpenAPI 3.0; it is read as `nullable: true`";
            work.later_form("type", message, "write `nullable: true`");
            members.shift_remove("type");
            set_nullable(members);
        }
        Some(Value::Array(names)) => {
            if let Some((types, nullable)) = known(names) {
                several(work, members, &types, nullable);
            }
        }
        _ => {}
    }
}

/// The types of a list, each once, and whether null is among them; none if there is a word that is no type.
fn known(names: &[Value]) -> Option<(Vec<&'static str>, bool)> {
    let mut types = Vec::new();
    let mut nullable = false;
    for name in names {
        let name = match name {
            Value::Null => "null",
            name => name.as_str()?,
        };
        if name.eq_ignore_ascii_case("null") {
            nullable = true;
            continue;
        }
        let known = TYPES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(name))?;
        if !types.contains(&known) {
            types.push(known);
        }
    }
    if types.contains(&"number") {
        types.retain(|name| *name != "integer");
    }
    Some((types, nullable))
}

fn several(work: &mut Work<'_>, members: &mut Members, types: &[&'static str], nullable: bool) {
    let read = match types {
        [] => "null",
        [_] => "the one type",
        _ => "alternatives",
    };
    let help = "OpenAPI 3.0 has one type for each schema; write `nullable: true` for null, `anyOf` for several types";
    work.later_form(
        "type",
        format!("`type` is a list; it is read as {read}"),
        help,
    );
    if nullable {
        set_nullable(members);
    }
    let types = of_values(members, types);
    match types.as_slice() {
        [name] => {
            members.insert("type".to_owned(), Value::String((*name).to_owned()));
        }
        names => {
            members.shift_remove("type");
            if is_split(members, names) {
                alternatives(work, members, names);
            }
        }
    }
}

/// The types that values of an enum have, if there is one.
fn of_values(members: &Members, types: &[&'static str]) -> Vec<&'static str> {
    let Some(Value::Array(values)) = members.get("enum") else {
        return types.to_vec();
    };
    let found = types
        .iter()
        .filter(|name| values.iter().any(|value| super::values::is_of(value, name)));
    found.copied().collect()
}

/// Whether the types are all that tells alternatives apart, and there are not simply all of them.
fn is_split(members: &Members, types: &[&str]) -> bool {
    let others = ["enum", "oneOf", "anyOf", "allOf", "not"];
    let told = others.iter().any(|key| members.contains_key(*key));
    let plain = types
        .iter()
        .all(|name| keywords(name).iter().all(|key| !members.contains_key(*key)));
    let all = types.len() >= 5 && plain;
    !(types.is_empty() || told || all)
}

/// One alternative for each type, with the keywords that concern it.
fn alternatives(work: &mut Work<'_>, members: &mut Members, types: &[&str]) {
    let mut alternatives = Vec::with_capacity(types.len());
    for (index, name) in types.iter().enumerate() {
        let index = index.to_string();
        work.moved(&["type"], &["anyOf", &index]);
        let mut alternative = Members::new();
        alternative.insert("type".to_owned(), Value::String((*name).to_owned()));
        let takes_format = members
            .get("format")
            .and_then(Value::as_str)
            .is_some_and(|format| is_format_of(format, name));
        let format = takes_format.then_some("format");
        for key in keywords(name).iter().copied().chain(format) {
            if let Some(value) = members.shift_remove(key) {
                work.moved(&[key], &["anyOf", &index, key]);
                alternative.insert(key.to_owned(), value);
            }
        }
        alternatives.push(Value::Object(alternative));
    }
    for key in [STRING, NUMBER, ARRAY, OBJECT].concat() {
        members.shift_remove(key);
    }
    members.shift_remove("format");
    members.insert("anyOf".to_owned(), Value::Array(alternatives));
}

fn is_format_of(format: &str, name: &str) -> bool {
    let numeric = ["int", "uint", "float", "double", "decimal", "number"]
        .iter()
        .any(|beginning| format.starts_with(beginning));
    match name {
        "string" => !numeric,
        "integer" | "number" => numeric,
        _ => false,
    }
}
