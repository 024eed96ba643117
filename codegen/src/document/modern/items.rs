//! Takes paths that are references to others or to components and gives each what it refers to; it must never follow a reference out of the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::hoist::size;
use super::super::reference::local;
use super::super::table::METHODS;
use super::Members;
use super::work::Work;
use crate::source::Pointer;

/// No chain of references to paths is that long; a circle is reported later.
const CHAIN: usize = 64;

/// Puts in place what references to paths mean, as long as the copies stay within a limit.
pub(super) fn items(work: &mut Work<'_>, value: &mut Value) {
    let paths = value.get("paths").and_then(Value::as_object);
    let references: Vec<String> = paths
        .into_iter()
        .flatten()
        .filter(|(_, item)| item.get("$ref").is_some_and(Value::is_string))
        .map(|(path, _)| path.clone())
        .collect();
    let mut used = BTreeSet::new();
    for path in references {
        let here = Pointer::root().child("paths").child(&path);
        let Some((target, item)) = item(value, &here) else {
            continue;
        };
        let Some(left) = work.copies.checked_sub(size(item)) else {
            return;
        };
        work.copies = left;
        let mut item = item.as_object().cloned().unwrap_or_default();
        let is_first = used.insert(target.clone()) && !target.as_str().starts_with("/paths/");
        if !is_first {
            without_ids(&mut item);
        }
        place(work, value, &here, &target, item);
    }
}

/// The end of a chain of references, if it is a path.
fn item<'a>(value: &'a Value, first: &Pointer) -> Option<(Pointer, &'a Value)> {
    let mut at = first.clone();
    for _ in 0..CHAIN {
        let item = value.pointer(at.as_str())?;
        if let Some(target) = item.get("$ref").and_then(Value::as_str) {
            at = local(target)?;
            continue;
        }
        let steps: Vec<String> = at.steps().collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let is_path = matches!(
            steps.as_slice(),
            ["paths", _] | ["components", "pathItems", _]
        );
        return (is_path && item.is_object()).then_some((at, item));
    }
    None
}

/// An id belongs to one operation; the same in another path is another operation.
fn without_ids(item: &mut Members) {
    for method in METHODS {
        if let Some(Value::Object(operation)) = item.get_mut(method) {
            operation.shift_remove("operationId");
        }
    }
}

/// What stands beside the reference counts more than what is referred to.
fn place(work: &mut Work<'_>, value: &mut Value, here: &Pointer, target: &Pointer, item: Members) {
    let Some(Value::Object(own)) = value.pointer_mut(here.as_str()) else {
        return;
    };
    own.shift_remove("$ref");
    for (key, member) in item {
        if !own.contains_key(&key) {
            work.origins.copied(&target.child(&key), &here.child(&key));
            own.insert(key, member);
        }
    }
}
