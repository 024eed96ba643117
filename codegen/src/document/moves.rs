//! Takes what was moved in a value step by step and gives the place in the text of any place in the value, and back; it must never look at a value.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::modern::Origins;
use crate::diagnostic::Place;
use crate::source::Pointer;

/// Everything in the value that is not where the text has it.
#[derive(Debug, Default)]
pub(super) struct Moves {
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Lowering(Origins),
    Repairs(Shifts),
    Copies(BTreeMap<String, Pointer>),
}

/// A part of the value that is a copy of another.
#[derive(Debug)]
pub(super) struct Copied {
    /// Where it is now.
    pub(super) to: Pointer,
    /// Where the text has it.
    pub(super) from: Pointer,
}

impl Moves {
    pub(super) fn lowered(&mut self, origins: Origins) {
        self.steps.push(Step::Lowering(origins));
    }

    pub(super) fn repaired(&mut self, shifts: Shifts) {
        self.steps.push(Step::Repairs(shifts));
    }

    pub(super) fn copied(&mut self, copies: impl IntoIterator<Item = Copied>) {
        let copies = copies.into_iter();
        let copies = copies.map(|copy| (copy.to.as_str().to_owned(), copy.from));
        self.steps.push(Step::Copies(copies.collect()));
    }

    /// The place in the text of a place in the value.
    pub(super) fn original(&self, place: &Place) -> Place {
        let mut pointer = place.pointer.clone();
        for step in self.steps.iter().rev() {
            match step {
                Step::Lowering(origins) => pointer = origins.original(&pointer),
                Step::Repairs(shifts) => pointer = shifts.original(&pointer),
                Step::Copies(copies) => {
                    pointer = below(copies, &pointer).unwrap_or(pointer);
                }
            }
        }
        Place {
            pointer,
            part: place.part,
        }
    }
}

/// The same place below what the innermost known place around it leads to.
pub(super) fn below(known: &BTreeMap<String, Pointer>, pointer: &Pointer) -> Option<Pointer> {
    if known.is_empty() {
        return None;
    }
    let mut around = pointer.as_str();
    loop {
        if let Some(other) = known.get(around) {
            let rest = pointer.as_str().get(around.len()..)?;
            return format!("{other}{rest}").parse().ok();
        }
        around = around.get(..around.rfind('/')?)?;
    }
}

/// What one round of repairs moved and took away. All places are those before the round.
#[derive(Debug, Default)]
pub(super) struct Shifts {
    /// The new key of a renamed member.
    renamed: BTreeMap<Pointer, String>,
    /// The old key of a member, by its place with the new key.
    back: BTreeMap<Pointer, String>,
    /// Elements that are gone, in order, by their lists.
    removed: BTreeMap<Pointer, VecDeque<usize>>,
    /// Everything that is gone or was replaced.
    gone: BTreeSet<String>,
}

impl Shifts {
    pub(super) fn rename(&mut self, from: &Pointer, name: &str) {
        let parent = from.parent().unwrap_or_default();
        let old = from.last().unwrap_or_default();
        self.back.insert(parent.child(name), old);
        self.renamed.insert(from.clone(), name.to_owned());
    }

    /// The elements of a list that are gone, in order.
    pub(super) fn remove_elements(&mut self, list: Pointer, indexes: VecDeque<usize>) {
        self.removed.insert(list, indexes);
    }

    pub(super) fn replace(&mut self, pointer: &Pointer) {
        self.gone.insert(pointer.as_str().to_owned());
    }

    /// Whether something has another key now, so that it may mean something else.
    pub(super) fn renames(&self) -> bool {
        !self.renamed.is_empty()
    }

    /// Whether every place is still what it was.
    pub(super) fn is_empty(&self) -> bool {
        self.renamed.is_empty() && self.removed.is_empty() && self.gone.is_empty()
    }

    /// Whether nothing is left of a place: it, or what it was in, is gone.
    pub(super) fn is_gone(&self, pointer: &Pointer) -> bool {
        let mut around = Some(pointer.as_str());
        while let Some(place) = around {
            if self.gone.contains(place) {
                return true;
            }
            around = place.rfind('/').and_then(|end| place.get(..end));
        }
        false
    }

    /// The place after the round of a place before it.
    pub(super) fn current(&self, pointer: &Pointer) -> Pointer {
        if self.renamed.is_empty() && self.removed.is_empty() {
            return pointer.clone();
        }
        let (mut old, mut new) = (Pointer::root(), Pointer::root());
        for step in pointer.steps() {
            let removed = self.removed.get(&old);
            old.push(&step);
            let index = step.parse().ok().zip(removed);
            match (index, self.renamed.get(&old)) {
                (Some((index, removed)), _) => {
                    let index: usize = index;
                    new.push_index(index - removed.partition_point(|gone| *gone < index));
                }
                (None, Some(name)) => new.push(name),
                (None, None) => new.push(&step),
            }
        }
        new
    }

    /// The place before the round of a place after it.
    fn original(&self, pointer: &Pointer) -> Pointer {
        if self.renamed.is_empty() && self.removed.is_empty() {
            return pointer.clone();
        }
        let mut old = Pointer::root();
        for step in pointer.steps() {
            let index: Option<usize> = step.parse().ok();
            match (
                index.zip(self.removed.get(&old)),
                self.back.get(&old.child(&step)),
            ) {
                (Some((index, removed)), _) => {
                    old.push_index(before(removed, index));
                }
                (None, Some(name)) => old.push(name),
                (None, None) => old.push(&step),
            }
        }
        old
    }
}

/// The index before elements were removed of one after it.
fn before(removed: &VecDeque<usize>, index: usize) -> usize {
    let (mut least, mut most) = (0, removed.len());
    while least < most {
        let middle = usize::midpoint(least, most);
        let is_before = removed
            .get(middle)
            .is_some_and(|gone| *gone <= index.saturating_add(middle));
        if is_before {
            least = middle + 1;
        } else {
            most = middle;
        }
    }
    index.saturating_add(least)
}
