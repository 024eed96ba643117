//! Takes definitions as they are found and names them all at once at the end; it must never look at a schema.

use std::collections::BTreeMap;

use openapiv3::SchemaData;

use super::names::{self, Candidates};
use crate::model::{Home, Module, TypeDef, TypeId, TypeKind};

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
pub(crate) struct Drafts {
    all: Vec<Draft>,
    /// Those of each first spelling.
    spelled: BTreeMap<String, Vec<TypeId>>,
}

impl Drafts {
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn add(&mut self, draft: Draft) -> TypeId {
        let id = TypeId(self.all.len());
        if let Some(first) = draft.spellings.first() {
            self.spelled.entry(first.clone()).or_default().push(id);
        }
        self.all.push(draft);
        id
    }

    /// Takes the newest definition back.
    pub(crate) fn take_back(&mut self) {
        let newest = self.all.pop();
        let first = newest.as_ref().and_then(|draft| draft.spellings.first());
        if let Some(same) = first.and_then(|first| self.spelled.get_mut(first)) {
            same.pop();
        }
    }

    /// Each definition, to change it.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Draft> {
        self.all.iter_mut()
    }

    /// Each definition.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Draft> {
        self.all.iter()
    }

    pub(crate) fn get(&self, id: TypeId) -> Option<&Draft> {
        self.all.get(id.0)
    }

    pub(crate) fn get_mut(&mut self, id: TypeId) -> Option<&mut Draft> {
        self.all.get_mut(id.0)
    }

    /// A definition of the same home, first spelling and kind, if there is one.
    pub(crate) fn find(&self, draft: &Draft) -> Option<TypeId> {
        let same = |id: &&TypeId| {
            self.get(**id)
                .is_some_and(|other| other.home == draft.home && other.kind == draft.kind)
        };
        let spelled = self.spelled.get(draft.spellings.first()?)?;
        spelled.iter().find(same).copied()
    }

    /// Names every definition that is used; those of one module are told apart.
    pub(crate) fn into_types(
        self,
        modules: &[Module],
        is_used: impl Fn(TypeId) -> bool,
    ) -> Vec<TypeDef> {
        let mut homes: BTreeMap<Home, Vec<usize>> = BTreeMap::new();
        for (index, draft) in self.all.iter().enumerate() {
            if is_used(TypeId(index)) {
                homes.entry(draft.home).or_default().push(index);
            }
        }
        let mut chosen = BTreeMap::new();
        for (index, module) in modules.iter().enumerate() {
            let Some(members) = homes.get(&Home::Module(index)) else {
                continue;
            };
            let at_root = names::RESERVED_AT_ROOT.iter().copied();
            let at_root = at_root.chain(module.exports());
            let at_root = at_root.filter(|_| module.name.is_none());
            let types = names::RESERVED_TYPES.iter().copied();
            let reserved: Vec<&str> = types.chain(at_root).collect();
            let drafts = members.iter().filter_map(|index| self.all.get(*index));
            let candidates: Vec<_> = drafts
                .map(|draft| {
                    let last = draft
                        .spellings
                        .last()
                        .map(|spelling| format!("{spelling}Model"));
                    Candidates::new(draft.spellings.iter().cloned().chain(last))
                })
                .collect();
            let assigned = names::assign(&candidates, &reserved);
            chosen.extend(members.iter().copied().zip(assigned));
        }
        let named = self.all.into_iter().enumerate().map(|(index, draft)| {
            let Draft {
                home,
                docs,
                deprecated,
                kind,
                ..
            } = draft;
            let name = chosen.remove(&index);
            TypeDef {
                home,
                feature: None,
                name: name.unwrap_or_else(|| names::single("Unused")),
                docs,
                deprecated,
                kind,
            }
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
