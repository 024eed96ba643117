//! Where a schema stands in its document: the words for its name and the place for a diagnostic; it must never hold the schema.

use super::words::Words;
use crate::source::Pointer;

/// Where a schema stands: for names and for diagnostics.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) pointer: Pointer,
    /// What holds the schema.
    pub(crate) parent: Words,
    /// What the schema is called there.
    pub(crate) own: Words,
    pub(crate) depth: usize,
}

impl Site {
    pub(crate) fn new(pointer: Pointer, parent: Words, own: &str) -> Self {
        Self {
            pointer,
            parent,
            own: Words::of(own),
            depth: 0,
        }
    }

    /// The words for a definition that stands here.
    pub(crate) fn words(&self) -> Words {
        self.parent.joined(&self.own)
    }

    pub(crate) fn property(&self, name: &str) -> Self {
        let pointer = self.pointer.child("properties").child(name);
        Self {
            pointer,
            parent: self.words(),
            own: Words::of(name),
            depth: self.depth + 1,
        }
    }

    pub(crate) fn inner(&self, key: &str, own: &Words) -> Self {
        Self {
            pointer: self.pointer.child(key),
            parent: self.parent.clone(),
            own: own.clone(),
            depth: self.depth + 1,
        }
    }
}
