//! Takes definitions as they are found and names them all at once at the end; it must never look at a schema.

use std::collections::BTreeMap;

use openapiv3::SchemaData;

use super::names::{self, Candidates};
use crate::model::{Home, TypeDef, TypeId, TypeKind};

/// A definition whose name is not decided yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) home: Home,
    pub(crate) spellings: Vec<String>,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    pub(crate) kind: TypeKind,
}

/// The definitions of a crate, as they are found.
#[derive(Debug, Default)]
pub(crate) struct Drafts(Vec<Draft>);

impl Drafts {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn add(&mut self, draft: Draft) -> TypeId {
        self.0.push(draft);
        TypeId(self.0.len() - 1)
    }

    /// Takes the newest definition back.
    pub(crate) fn take_back(&mut self) {
        self.0.pop();
    }

    pub(crate) fn get(&self, id: TypeId) -> Option<&Draft> {
        self.0.get(id.0)
    }

    pub(crate) fn get_mut(&mut self, id: TypeId) -> Option<&mut Draft> {
        self.0.get_mut(id.0)
    }

    /// A definition of the same home, first spelling and kind, if there is one.
    pub(crate) fn find(&self, draft: &Draft) -> Option<TypeId> {
        let same = |other: &Draft| {
            other.home == draft.home
                && other.spellings.first() == draft.spellings.first()
                && other.kind == draft.kind
        };
        self.0.iter().position(same).map(TypeId)
    }

    /// Names every definition; those of one module are told apart.
    pub(crate) fn into_types(self, modules: usize) -> Vec<TypeDef> {
        let mut chosen = BTreeMap::new();
        for module in 0..modules {
            let home = Home::Module(module);
            let members = || {
                self.0
                    .iter()
                    .enumerate()
                    .filter(|(_, draft)| draft.home == home)
            };
            let candidates: Vec<_> = members()
                .map(|(_, draft)| {
                    let last = draft
                        .spellings
                        .last()
                        .map(|spelling| format!("{spelling}Model"));
                    Candidates::new(draft.spellings.iter().cloned().chain(last))
                })
                .collect();
            let assigned = names::assign(&candidates, names::RESERVED_TYPES);
            chosen.extend(members().map(|(index, _)| index).zip(assigned));
        }
        let named = self.0.into_iter().enumerate().filter_map(|(index, draft)| {
            let Draft {
                home,
                docs,
                deprecated,
                kind,
                ..
            } = draft;
            chosen.remove(&index).map(|name| TypeDef {
                home,
                name,
                docs,
                deprecated,
                kind,
            })
        });
        named.collect()
    }
}

pub(crate) fn draft(
    home: Home,
    spellings: Vec<String>,
    data: &SchemaData,
    kind: TypeKind,
) -> Draft {
    let docs = data.description.clone().unwrap_or_default();
    Draft {
        home,
        spellings,
        docs,
        deprecated: data.deprecated,
        kind,
    }
}
