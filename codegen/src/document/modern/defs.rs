//! Takes schemas out of `$defs` and gives them a name among the components, and references the place that they mean; it must never give two schemas one name.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;
use serde_json::{Map, Value};

use super::super::hoist::{self, IGNORED};
use super::super::reference::{kind_at, local};
use super::super::repair::set;
use super::super::table::{Kind, Shape};
use super::work::{Work, component};
use super::{Members, visit};
use crate::source::Pointer;

/// A schema that stands in another one.
pub(super) struct Definition {
    /// Where the value had it.
    at: Pointer,
    name: String,
    schema: Value,
}

const SECTIONS: [&str; 2] = ["$defs", "definitions"];

/// Definitions in definitions are taken out in rounds; no document has that many.
const ROUNDS: usize = 128;

/// Takes the definitions out of a schema, and remembers what references may call it.
pub(super) fn take(work: &mut Work<'_>, members: &mut Members) {
    for key in SECTIONS {
        let is_map = matches!(members.get(key), Some(Value::Object(definitions))
            if definitions.values().all(|schema| schema.is_object() || schema.is_boolean()));
        if !is_map {
            continue;
        }
        let message =
            format!("`{key}` is not known in OpenAPI 3.0; what it holds is read as components");
        work.later_form(key, message, "put the schemas into `components/schemas`");
        let Some(Value::Object(definitions)) = members.shift_remove(key) else {
            continue;
        };
        for (name, schema) in definitions {
            let at = work.inner(&[key, &name]);
            work.definitions.push(Definition { at, name, schema });
        }
    }
    for key in ["$anchor", "$dynamicAnchor"] {
        if let Some(Value::String(name)) = members.shift_remove(key) {
            work.anchor(format!("#{name}"));
        }
    }
    if let Some(Value::String(id)) = members.get("$id") {
        work.anchor(id.clone());
        if let Some((_, last)) = id.trim_end_matches('#').rsplit_once('/') {
            work.anchor(last.to_owned());
        }
        members.shift_remove("$id");
    }
}

/// Makes components of all definitions that were taken out, and rewrites references to what is somewhere else now.
pub(super) fn place(work: &mut Work<'_>, value: &mut Value) {
    for _ in 0..ROUNDS {
        let mut round = std::mem::take(&mut work.definitions);
        if round.is_empty() {
            round = resolve(work, value);
        }
        if round.is_empty() {
            return;
        }
        for (name, mut schema) in named(work, value, round) {
            work.jump(component(&name));
            visit(work, &mut schema, Shape::Ref(Kind::Schema), 0);
            work.jump(Pointer::root());
            insert(value, &name, schema);
        }
    }
}

/// Gives each definition a name. One that has its name for itself, or shares it with equal ones only, keeps it; others are called after what they stand in as well.
fn named(work: &mut Work<'_>, value: &Value, round: Vec<Definition>) -> Vec<(String, Value)> {
    let schemas = value
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut taken: BTreeSet<String> = schemas.into_iter().flat_map(Map::keys).cloned().collect();
    let mut same: BTreeMap<&str, Option<&Value>> = BTreeMap::new();
    for one in &round {
        let first = same.entry(&one.name).or_insert(Some(&one.schema));
        if *first != Some(&one.schema) {
            *first = None;
        }
    }
    let own: BTreeSet<String> = same
        .into_iter()
        .filter(|(name, first)| first.is_some() && !taken.contains(*name))
        .map(|(name, _)| name.to_owned())
        .collect();
    let mut made = Vec::new();
    for one in round {
        let name = if own.contains(&one.name) {
            one.name.clone()
        } else {
            qualified(&one, &taken)
        };
        work.origins.moved(&one.at, &component(&name));
        if taken.insert(name.clone()) {
            made.push((name, one.schema));
        }
    }
    made
}

fn qualified(one: &Definition, taken: &BTreeSet<String>) -> String {
    let steps: Vec<String> = one
        .at
        .steps()
        .filter(|step| !IGNORED.contains(&step.as_str()) && !SECTIONS.contains(&step.as_str()))
        .collect();
    hoist::free(&steps.join(" ").to_upper_camel_case(), |name| {
        taken.contains(name)
    })
}

fn insert(value: &mut Value, name: &str, schema: Value) {
    let components = Pointer::root().child("components");
    for place in [components.clone(), components.child("schemas")] {
        if !value.pointer(place.as_str()).is_some_and(Value::is_object) {
            set(value, &place, Value::Object(Map::new()));
        }
    }
    set(value, &component(name), schema);
}

/// Rewrites references, and gives the schemas that some of them mean although they stand where no schema belongs.
fn resolve(work: &mut Work<'_>, value: &mut Value) -> Vec<Definition> {
    let mut strays = BTreeMap::new();
    let mut later = Vec::new();
    for (site, is_schema) in std::mem::take(&mut work.references) {
        let Some(Value::String(target)) = value.pointer(site.as_str()) else {
            continue;
        };
        let meant = meant(work, value, &site, target);
        let place = meant
            .clone()
            .or_else(|| local(target))
            .filter(|_| is_schema);
        let place = place.filter(|place| is_stray(value, place));
        if let Some(place) = place
            && (strays.contains_key(&place) || afford(work, value, &place))
        {
            let copy = || value.pointer(place.as_str()).cloned();
            strays.entry(place.clone()).or_insert_with(copy);
            later.push((site, true));
        } else if let Some(meant) = meant {
            set(value, &site, Value::String(format!("#{meant}")));
        }
    }
    work.references = later;
    let strays = strays.into_iter();
    strays
        .filter_map(|(at, schema)| {
            let name = at.last()?;
            let schema = schema?;
            Some(Definition { at, name, schema })
        })
        .collect()
}

/// Whether the table has no objects at a place, but there is one.
fn is_stray(value: &Value, place: &Pointer) -> bool {
    kind_at(place).is_none()
        && place.as_str().matches('/').count() > 1
        && value.pointer(place.as_str()).is_some_and(Value::is_object)
}

/// Whether a copy of a value keeps the document small enough.
fn afford(work: &mut Work<'_>, value: &Value, place: &Pointer) -> bool {
    let size = value.pointer(place.as_str()).map_or(0, hoist::size);
    let left = work.copies.checked_sub(size);
    work.copies = left.unwrap_or(work.copies);
    left.is_some()
}

/// The place in the value that a reference means; none if it means what it says, or nothing that is known.
fn meant(work: &Work<'_>, value: &Value, site: &Pointer, target: &str) -> Option<Pointer> {
    if let Some(pointer) = local(target) {
        let current = work.origins.current(&pointer);
        if value.pointer(current.as_str()).is_some() {
            return (current != pointer).then_some(current);
        }
        return around(work, value, site, &pointer);
    }
    if let Some(anchored) = work.anchors.get(target) {
        return Some(work.origins.current(anchored));
    }
    let (id, fragment) = target.split_once('#').unwrap_or((target, ""));
    let schema = work.anchors.get(id).filter(|_| !id.is_empty())?;
    let pointer: Pointer = format!("{schema}{fragment}").parse().ok()?;
    Some(work.origins.current(&pointer))
}

/// `#/$defs/Name` may mean the definition of a schema around the reference.
fn around(work: &Work<'_>, value: &Value, site: &Pointer, target: &Pointer) -> Option<Pointer> {
    let first = target.steps().next()?;
    SECTIONS.contains(&first.as_str()).then_some(())?;
    let mut outer = work.origins.original(site);
    while let Some(parent) = outer.parent() {
        let inner: Pointer = format!("{parent}{target}").parse().ok()?;
        let current = work.origins.current(&inner);
        if current != inner && value.pointer(current.as_str()).is_some() {
            return Some(current);
        }
        outer = parent;
    }
    None
}
