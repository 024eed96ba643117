//! Takes references to the inside of other objects and makes components of what they refer to, so that later stages know one sort of reference; it must never change what a reference means.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use serde_json::{Map, Value};

use super::check::Site;
use super::reference::local;
use super::repair::{Moved, set};
use super::table::Kind;
use crate::source::Pointer;

/// Rewrites the references that do not name a component of their own kind. All of them are known to resolve.
pub(super) fn hoist(value: &mut Value, sites: &[Site]) -> Vec<Moved> {
    let mut made: BTreeMap<(Pointer, Kind), String> = BTreeMap::new();
    let mut copied = Vec::new();
    let mut inlined = Vec::new();
    for site in sites {
        let Some(target) = local(&site.target) else {
            continue;
        };
        let Some(section) = site.kind.section() else {
            inlined.push((site, target));
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
            copied.push(Moved {
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
    for Moved { to, from } in &copied {
        copy(value, from, to);
        as_kind(value, to);
    }
    for (site, target) in inlined {
        copy(value, &target, &site.pointer);
    }
    copied
}

fn copy(value: &mut Value, from: &Pointer, to: &Pointer) {
    let copy = value.pointer(from.as_str()).cloned().unwrap_or_default();
    set(value, to, copy);
}

/// A request body that stands for a response has keys that a response does not have.
fn as_kind(value: &mut Value, component: &Pointer) {
    let kind = match component.steps().nth(1).as_deref() {
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
    members
        .entry("description")
        .or_insert_with(|| Value::String(String::new()));
}

fn is_component(target: &Pointer, section: &str) -> bool {
    let steps: Vec<String> = target.steps().collect();
    matches!(steps.as_slice(), [first, second, _] if first == "components" && second == section)
}

/// A reference may be percent-encoded; later stages compare texts.
fn normalize(value: &mut Value, site: &Site, target: &Pointer) {
    let text = format!("#{target}");
    if text != site.target {
        set(value, &site.pointer.child("$ref"), Value::String(text));
    }
}

/// Makes the section if the document has none.
fn reserve(value: &mut Value, section: &str, name: &str) {
    let components = Pointer::root().child("components");
    for place in [components.clone(), components.child(section)] {
        if !value.pointer(place.as_str()).is_some_and(Value::is_object) {
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
    let name = steps.join(" ").to_upper_camel_case();
    let taken = |name: &str| {
        value
            .pointer(
                Pointer::root()
                    .child("components")
                    .child(section)
                    .child(name)
                    .as_str(),
            )
            .is_some()
    };
    let mut free = name.clone();
    let mut number = 2;
    while free.is_empty() || taken(&free) {
        free = format!("{name}{number}");
        number += 1;
    }
    free
}

/// Steps that are in the way to everything.
const IGNORED: [&str; 9] = [
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
