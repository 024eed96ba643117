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
    /// What tells the schema apart where others are called the same.
    pub(crate) qualifier: Words,
    pub(crate) depth: usize,
}

impl Site {
    pub(crate) fn new(pointer: Pointer, parent: Words, own: &str) -> Self {
        Self {
            pointer,
            parent,
            own: Words::of(own),
            qualifier: Words::default(),
            depth: 0,
        }
    }

    /// The same place, told apart by these words where it must be.
    pub(crate) fn qualified(self, qualifier: Words) -> Self {
        Self { qualifier, ..self }
    }

    /// Names for a definition that stands here, the shortest first.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let words = self.words();
        let full = self.parent.then(&self.own);
        let qualified = self.qualifier.joined(&words);
        vec![words.pascal(), full.pascal(), qualified.pascal()]
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
            qualifier: self.qualifier.clone(),
            depth: self.depth + 1,
        }
    }

    /// A part of the schema, which is named as the whole is.
    pub(crate) fn part(&self, keyword: &str, index: usize) -> Self {
        Self {
            pointer: self.pointer.child(keyword).index(index),
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    pub(crate) fn inner(&self, key: &str, own: &Words) -> Self {
        Self {
            pointer: self.pointer.child(key),
            parent: self.parent.clone(),
            own: own.clone(),
            qualifier: self.qualifier.clone(),
            depth: self.depth + 1,
        }
    }
}
