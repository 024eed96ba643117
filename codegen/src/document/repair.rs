//! Takes a value and the repairs that were found for it and makes them; it must never fail, since a repair that finds nothing has nothing to do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::check::Repair;
use super::moves::Shifts;
use crate::source::Pointer;

/// Makes all repairs, the innermost first, so that none moves what is still to be repaired. Their places are those before all of them.
pub(super) fn apply(value: &mut Value, mut repairs: Vec<Repair>) -> Shifts {
    let mut shifts = Shifts::default();
    let mut later = BTreeMap::new();
    let mut depth = usize::MAX;
    repairs.reverse();
    repairs.sort_by_cached_key(|repair| Reverse(repair.depth()));
    for repair in repairs {
        if repair.depth() < depth {
            depth = repair.depth();
            flush(value, std::mem::take(&mut later), &mut shifts);
        }
        make(value, repair, &mut later, &mut shifts);
    }
    flush(value, later, &mut shifts);
    shifts
}

/// What is done to the members of one object together, since each change alone takes as long as all.
#[derive(Default)]
struct Later {
    gone: BTreeSet<String>,
    renamed: BTreeMap<String, String>,
}

fn make(
    value: &mut Value,
    repair: Repair,
    later: &mut BTreeMap<Pointer, Later>,
    shifts: &mut Shifts,
) {
    let parts = |pointer: &Pointer| pointer.parent().zip(pointer.last());
    match repair {
        Repair::Set(pointer, new) => {
            shifts.replace(&pointer);
            set(value, &pointer, new);
        }
        Repair::Append(pointer, element) => match value.pointer_mut(pointer.as_str()) {
            Some(Value::Array(elements)) => elements.push(element),
            _ => set(value, &pointer, Value::Array(vec![element])),
        },
        Repair::Remove(pointer) => {
            if let Some((parent, last)) = parts(&pointer) {
                shifts.replace(&pointer);
                later.entry(parent).or_default().gone.insert(last);
            }
        }
        Repair::Rename(pointer, name) => {
            if let Some((parent, last)) = parts(&pointer) {
                shifts.rename(&pointer, &name);
                later.entry(parent).or_default().renamed.insert(last, name);
            }
        }
    }
}

fn flush(value: &mut Value, later: BTreeMap<Pointer, Later>, shifts: &mut Shifts) {
    for (parent, Later { gone, mut renamed }) in later {
        match value.pointer_mut(parent.as_str()) {
            Some(Value::Object(members)) => {
                let kept = std::mem::take(members).into_iter();
                let kept = kept.filter(|(key, _)| !gone.contains(key));
                *members = kept
                    .map(|(key, value)| (renamed.remove(&key).unwrap_or(key), value))
                    .collect();
            }
            Some(Value::Array(elements)) => {
                let indexes = gone.iter().filter_map(|index| index.parse().ok());
                let indexes: BTreeSet<usize> = indexes.filter(|at| *at < elements.len()).collect();
                let mut index = 0;
                elements.retain(|_| {
                    index += 1;
                    !indexes.contains(&(index - 1))
                });
                shifts.remove_elements(parent, indexes.into_iter().collect());
            }
            _ => {}
        }
    }
}

/// Puts a value at a place, adding the last key if it is missing.
pub(super) fn set(value: &mut Value, pointer: &Pointer, new: Value) {
    let Some((parent, last)) = parent(value, pointer) else {
        *value = new;
        return;
    };
    match parent {
        Value::Object(members) => {
            members.insert(last, new);
        }
        Value::Array(elements) => {
            if let Some(element) = last
                .parse()
                .ok()
                .and_then(|index: usize| elements.get_mut(index))
            {
                *element = new;
            }
        }
        _ => {}
    }
}

fn parent<'a>(value: &'a mut Value, pointer: &Pointer) -> Option<(&'a mut Value, String)> {
    let last = pointer.last()?;
    let parent = value.pointer_mut(pointer.parent()?.as_str())?;
    Some((parent, last))
}
