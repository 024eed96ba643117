//! Takes references to the inside of other objects and makes components of what they refer to, so that later stages know one sort of reference; it must never change what a reference means.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use serde_json::{Map, Value};

use super::check::Site;
use super::moves::Copied;
use super::reference::local;
use super::repair::set;
use super::table::Kind;
use crate::source::{Pointer, at};

/// How many values may be copied: real documents need some thousands, and a hostile one could ask for any number.
pub(super) const LIMIT: usize = 1_000_000;

/// Rewrites the references that do not name a component of their own kind. All of them are known to resolve.
///
/// # Errors
/// The reference at which the copies become too many.
pub(super) fn hoist(value: &mut Value, sites: &[Site]) -> Result<Vec<Copied>, Pointer> {
    let mut made: BTreeMap<(Pointer, Kind), String> = BTreeMap::new();
    let mut copied = Vec::new();
    let mut inlined = Vec::new();
    for site in sites {
        let Some(target) = local(&site.target) else {
            continue;
        };
        let Some(section) = site.kind.section().filter(|_| site.kind != Kind::PathItem) else {
            // Only the paths themselves are read; components of their kind are not.
            if site.pointer.steps().count() == 2 {
                inlined.push(Copied {
                    to: site.pointer.clone(),
                    from: last_target(value, target),
                });
            }
            continue;
        };
        if is_component(&target, section) {
            normalize(value, site, &target);
            continue;
        }
        let name = made.entry((target.clone(), site.kind)).or_insert_with(|| {
            let name = free_name(value, section, &target);
            let component = Pointer::root()
                .child("components")
                .child(section)
                .child(&name);
            // Holds the name until the copy is made, when all references in it are rewritten.
            reserve(value, section, &name);
            copied.push(Copied {
                to: component,
                from: target.clone(),
            });
            name
        });
        let mut reference = Pointer::root().child("components").child(section);
        reference.push(name);
        set(
            value,
            &site.pointer.child("$ref"),
            Value::String(format!("#{reference}")),
        );
    }
    let mut left = LIMIT;
    for Copied { to, from } in copied.iter().chain(&inlined) {
        let original = at(value, from).unwrap_or(&Value::Null);
        left = left
            .checked_sub(size(original))
            .ok_or_else(|| from.clone())?;
        let copy = original.clone();
        set(value, to, copy);
        as_kind(value, to);
    }
    if let Some(Value::Object(components)) = value.get_mut("components") {
        components.shift_remove("pathItems");
    }
    Ok(copied)
}

/// How many values there are in a value.
pub(super) fn size(value: &Value) -> usize {
    let mut count = 0;
    let mut waiting = vec![value];
    while let Some(next) = waiting.pop() {
        count += 1;
        waiting.extend(next.as_array().into_iter().flatten());
        waiting.extend(next.as_object().into_iter().flat_map(Map::values));
    }
    count
}

/// The end of a chain of references; a circle has been refused before.
fn last_target(value: &Value, mut target: Pointer) -> Pointer {
    while let Some(next) = at(value, &target)
        .and_then(|value| value.get("$ref")?.as_str())
        .and_then(local)
    {
        target = next;
    }
    target
}

/// A request body that stands for a response has keys that a response does not have.
fn as_kind(value: &mut Value, component: &Pointer) {
    let mut steps = component.steps();
    if steps.next().as_deref() != Some("components") {
        return;
    }
    let kind = match steps.next().as_deref() {
        Some("responses") => Kind::Response,
        Some("requestBodies") => Kind::RequestBody,
        _ => return,
    };
    let Some(Value::Object(members)) = value.pointer_mut(component.as_str()) else {
        return;
    };
    if members.contains_key("$ref") {
        return;
    }
    members.retain(|key, _| key.starts_with("x-") || kind.object().field(key).is_some());
    if kind == Kind::Response {
        members
            .entry("description")
            .or_insert_with(|| Value::String(String::new()));
    }
}

fn is_component(target: &Pointer, section: &str) -> bool {
    let inner = target.as_str().strip_prefix("/components/");
    let name = inner.and_then(|inner| inner.strip_prefix(section)?.strip_prefix('/'));
    name.is_some_and(|name| !name.contains('/'))
}

/// A reference may be percent-encoded, or stand for another; later stages compare texts.
fn normalize(value: &mut Value, site: &Site, target: &Pointer) {
    let written = at(value, &site.pointer).and_then(|object| object.get("$ref")?.as_str());
    if written.and_then(|text| text.strip_prefix('#')) != Some(target.as_str()) {
        let place = site.pointer.child("$ref");
        set(value, &place, Value::String(format!("#{target}")));
    }
}

/// Makes the section if the document has none.
fn reserve(value: &mut Value, section: &str, name: &str) {
    let components = Pointer::root().child("components");
    for place in [components.clone(), components.child(section)] {
        if !at(value, &place).is_some_and(Value::is_object) {
            set(value, &place, Value::Object(Map::new()));
        }
    }
    set(value, &components.child(section).child(name), Value::Null);
}

/// A name made of the steps that say something, the component that the place is in first.
fn free_name(value: &Value, section: &str, target: &Pointer) -> String {
    let steps: Vec<String> = target
        .steps()
        .filter(|step| !IGNORED.contains(&step.as_str()))
        .collect();
    free(&steps.join(" ").to_upper_camel_case(), |name| {
        value
            .pointer(
                Pointer::root()
                    .child("components")
                    .child(section)
                    .child(name)
                    .as_str(),
            )
            .is_some()
    })
}

/// The name, or one made of it that is not taken.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while free.is_empty() || taken(&free) {
        free = format!("{name}{number}");
        number += 1;
    }
    free
}

/// Steps that are in the way to everything.
pub(super) const IGNORED: [&str; 9] = [
    "components",
    "schemas",
    "properties",
    "paths",
    "content",
    "schema",
    "responses",
    "parameters",
    "requestBodies",
];
