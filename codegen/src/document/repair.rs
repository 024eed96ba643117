//! Takes a value and the repairs that were found for it and makes them; it must never fail, since a repair that finds nothing has nothing to do.

use serde_json::{Map, Value};

use super::check::Repair;
use super::modern::Origins;
use crate::diagnostic::Place;
use crate::source::Pointer;

/// A part of the value that is not where the text has it.
#[derive(Debug)]
pub(super) struct Moved {
    /// Where it is now.
    pub(super) to: Pointer,
    /// Where the text has it.
    pub(super) from: Pointer,
}

/// Everything in the value that is not where the text has it.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// What was moved when the document was lowered, before anything else.
    origins: Origins,
    /// What was moved later.
    later: Vec<Moved>,
}

impl Moves {
    pub(super) const fn new(origins: Origins) -> Self {
        Self {
            origins,
            later: Vec::new(),
        }
    }

    pub(super) fn extend(&mut self, later: impl IntoIterator<Item = Moved>) {
        self.later.extend(later);
    }

    /// The place in the text of a place in the value.
    pub(super) fn original(&self, place: &Place) -> Place {
        let later = self.later.iter().rev();
        let pointer = later.fold(place.pointer.clone(), |pointer, moved| {
            pointer.moved(&moved.to, &moved.from).unwrap_or(pointer)
        });
        Place {
            pointer: self.origins.original(&pointer),
            part: place.part,
        }
    }

    /// The place after all moves of a place that was known before those that came later.
    pub(super) fn current(&self, pointer: Pointer) -> Pointer {
        self.later.iter().fold(pointer, |pointer, moved| {
            pointer.moved(&moved.from, &moved.to).unwrap_or(pointer)
        })
    }
}

/// Makes all repairs, the last one first, so that removed elements do not move those that are still to be repaired.
pub(super) fn apply(value: &mut Value, repairs: Vec<Repair>) -> Vec<Moved> {
    let mut moved = Vec::new();
    for repair in repairs.into_iter().rev() {
        match repair {
            Repair::Set(pointer, new) => set(value, &pointer, new),
            Repair::Remove(pointer) => remove(value, &pointer),
            Repair::Append(pointer, element) => match value.pointer_mut(pointer.as_str()) {
                Some(Value::Array(elements)) => elements.push(element),
                _ => set(value, &pointer, Value::Array(vec![element])),
            },
            Repair::Rename(pointer, name) => {
                rename(value, &pointer, &name);
                let to = pointer.parent().unwrap_or_default().child(&name);
                moved.push(Moved { to, from: pointer });
            }
        }
    }
    moved
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

fn remove(value: &mut Value, pointer: &Pointer) {
    let Some((parent, last)) = parent(value, pointer) else {
        return;
    };
    match parent {
        Value::Object(members) => {
            members.shift_remove(&last);
        }
        Value::Array(elements) => {
            if let Some(index) = last
                .parse()
                .ok()
                .filter(|index: &usize| *index < elements.len())
            {
                elements.remove(index);
            }
        }
        _ => {}
    }
}

/// Gives a member another key, in the same place.
fn rename(value: &mut Value, pointer: &Pointer, name: &str) {
    let Some((Value::Object(members), last)) = parent(value, pointer) else {
        return;
    };
    let renamed: Map<String, Value> = std::mem::take(members)
        .into_iter()
        .map(|(key, value)| {
            if key == last {
                (name.to_owned(), value)
            } else {
                (key, value)
            }
        })
        .collect();
    *members = renamed;
}

fn parent<'a>(value: &'a mut Value, pointer: &Pointer) -> Option<(&'a mut Value, String)> {
    let last = pointer.last()?;
    let parent = value.pointer_mut(pointer.parent()?.as_str())?;
    Some((parent, last))
}
