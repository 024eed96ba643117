//! Takes the moves of parts of a value and gives the place in the text of any place in the value, and back; it must never look at a value.

use std::collections::BTreeMap;

use super::super::moves::below;
use crate::source::Pointer;

/// Which parts of a value are not where the text has them.
#[derive(Debug, Default)]
pub(in crate::document) struct Origins {
    /// Where the text has what is at a place of the value.
    from: BTreeMap<String, Pointer>,
    /// Where the value has what is at a place of the text.
    to: BTreeMap<String, Pointer>,
}

impl Origins {
    /// Records that what was at one place of the value is at another one now, with everything in it.
    pub(super) fn moved(&mut self, from: &Pointer, to: &Pointer) {
        let origin = self.original(from);
        self.to.insert(origin.as_str().to_owned(), to.clone());
        self.from.insert(to.as_str().to_owned(), origin);
    }

    /// Records that what is at one place of the value is at another one as well.
    pub(super) fn copied(&mut self, from: &Pointer, to: &Pointer) {
        let origin = self.original(from);
        self.from.insert(to.as_str().to_owned(), origin);
    }

    /// Records that references to one place of the value mean another one now.
    pub(super) fn stands_for(&mut self, from: &Pointer, to: &Pointer) {
        let origin = self.original(from);
        self.to.insert(origin.as_str().to_owned(), to.clone());
    }

    /// The place in the text of a place in the value.
    pub(in crate::document) fn original(&self, pointer: &Pointer) -> Pointer {
        below(&self.from, pointer).unwrap_or_else(|| pointer.clone())
    }

    /// The place in the value of a place in the text.
    pub(super) fn current(&self, pointer: &Pointer) -> Pointer {
        below(&self.to, pointer).unwrap_or_else(|| pointer.clone())
    }
}
