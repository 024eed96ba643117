//! Takes a checked document and gives one with the selected operations and the components that they reach; it must never keep half of an operation.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Selection;
use super::reference::local;
use super::table::METHODS;
use crate::diagnostic::{Code, Diagnostic};

/// Removes what is not selected, and reports patterns that match nothing.
pub(super) fn select(path: &str, value: &mut Value, selection: &Selection) -> Vec<Diagnostic> {
    if selection.include.is_empty() {
        return Vec::new();
    }
    let mut unmatched: BTreeSet<&str> = selection.include.iter().map(String::as_str).collect();
    if let Some(paths) = value.get_mut("paths").and_then(Value::as_object_mut) {
        paths.retain(|template, item| keep(template, item, &selection.include, &mut unmatched));
    }
    drop_unreachable(value);
    unmatched
        .into_iter()
        .map(|pattern| unmatched_pattern(path, pattern))
        .collect()
}

fn unmatched_pattern(path: &str, pattern: &str) -> Diagnostic {
    let message = format!("the pattern `{pattern}` matches no path and no operation id");
    let help = "`*` stands for any text, slashes included: `/v2/Credentials*` matches every path that begins so";
    Diagnostic::error(Code::UnmatchedInclude, path, message, help)
}

fn keep<'a>(
    template: &str,
    item: &mut Value,
    include: &'a [String],
    unmatched: &mut BTreeSet<&'a str>,
) -> bool {
    let Some(members) = item.as_object_mut() else {
        return true;
    };
    let whole: Vec<&str> = include
        .iter()
        .map(String::as_str)
        .filter(|pattern| matches(pattern, template))
        .collect();
    for pattern in &whole {
        unmatched.remove(pattern);
    }
    let mut kept = !whole.is_empty();
    for method in METHODS {
        let Some(operation) = members.get(method) else {
            continue;
        };
        let id = operation.get("operationId").and_then(Value::as_str);
        let chosen: Vec<&str> = include
            .iter()
            .map(String::as_str)
            .filter(|pattern| id.is_some_and(|id| matches(pattern, id)))
            .collect();
        for pattern in &chosen {
            unmatched.remove(pattern);
        }
        if chosen.is_empty() && whole.is_empty() {
            members.shift_remove(method);
        }
        kept |= !chosen.is_empty();
    }
    kept
}

/// Whether a pattern with `*` for any text matches the whole of a text.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// Removes components that nothing selected refers to, directly or through others.
fn drop_unreachable(value: &mut Value) {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&Value> = Vec::new();
    for (key, member) in value.as_object().into_iter().flatten() {
        if key != "components" {
            waiting.push(member);
        }
    }
    schemes(value, &mut reached);
    while let Some(next) = waiting.pop() {
        match next {
            Value::Object(members) => {
                waiting.extend(members.values());
                waiting.extend(
                    members
                        .get("mapping")
                        .into_iter()
                        .flat_map(|mapping| mapped(mapping, value, &mut reached)),
                );
            }
            Value::Array(elements) => waiting.extend(elements),
            // A reference, or a value of a discriminator's mapping that is one.
            Value::String(text) if text.starts_with("#/components/") => {
                waiting.extend(
                    component(text, value)
                        .filter(|(name, _)| reached.insert(name.clone()))
                        .map(|(_, component)| component),
                );
            }
            _ => {}
        }
    }
    retain(value, &reached);
}

type Name = (String, String);

/// The schemas that the mapping of a discriminator has by their bare names.
fn mapped<'a>(mapping: &Value, value: &'a Value, reached: &mut BTreeSet<Name>) -> Vec<&'a Value> {
    let names = mapping
        .as_object()
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_str);
    let found = names
        .filter(|name| !name.contains('/'))
        .filter_map(|name| component(&format!("#/components/schemas/{name}"), value));
    found
        .filter(|(name, _)| reached.insert(name.clone()))
        .map(|(_, component)| component)
        .collect()
}

/// The section and name of the component that a reference is, or is in, and the component.
fn component<'a>(target: &str, value: &'a Value) -> Option<(Name, &'a Value)> {
    let pointer = local(target)?;
    let mut steps = pointer.steps();
    steps.next().filter(|step| step == "components")?;
    let (section, name) = (steps.next()?, steps.next()?);
    let component = value.get("components")?.get(&section)?.get(&name)?;
    Some(((section, name), component))
}

/// Security schemes are named, not referred to.
fn schemes(value: &Value, reached: &mut BTreeSet<Name>) {
    let items = value
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::values);
    let operations = items.flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
    for holder in operations.chain([value]) {
        let requirements = holder
            .get("security")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for name in requirements
            .filter_map(Value::as_object)
            .flat_map(Map::keys)
        {
            reached.insert(("securitySchemes".to_owned(), name.clone()));
        }
    }
}

fn retain(value: &mut Value, reached: &BTreeSet<Name>) {
    let Some(components) = value.get_mut("components").and_then(Value::as_object_mut) else {
        return;
    };
    for (section, members) in components
        .iter_mut()
        .filter(|(section, _)| !section.starts_with("x-"))
    {
        if let Some(members) = members.as_object_mut() {
            members.retain(|name, _| reached.contains(&(section.clone(), name.clone())));
        }
    }
    components.retain(|_, members| {
        members
            .as_object()
            .is_none_or(|members| !members.is_empty())
    });
}
