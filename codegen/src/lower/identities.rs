//! Takes strings with a pattern and gives one type for each pattern, named after what most places call it; it must never make two types of one identity.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::SchemaData;

use super::drafts::draft;
use super::site::Site;
use super::{Lowering, pattern};
use crate::model::{Newtype, Storage, Type, TypeId, TypeKind};

/// The identities of a document by their pattern.
#[derive(Debug, Default)]
pub(crate) struct Identities(BTreeMap<String, Identity>);

/// A string type that is used in many places, each of which has a name for it.
#[derive(Debug)]
struct Identity {
    id: TypeId,
    votes: IndexMap<String, usize>,
}

impl Identity {
    fn new(id: TypeId) -> Self {
        Self {
            id,
            votes: IndexMap::new(),
        }
    }

    /// The name of a component decides.
    fn vote(&mut self, spellings: Vec<String>, is_component: bool) {
        for (rank, spelling) in spellings.into_iter().enumerate() {
            let weight = match (is_component, rank) {
                (true, 0) => 1_000_000,
                (_, 0) => 1_000,
                _ => 1,
            };
            *self.votes.entry(spelling).or_default() += weight;
        }
    }

    /// The spellings, that of most places first; of two alike, the first in the alphabet.
    fn spellings(&self) -> Vec<String> {
        let mut all: Vec<_> = self.votes.iter().collect();
        all.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
        all.into_iter()
            .map(|(spelling, _)| spelling.clone())
            .collect()
    }
}

impl Lowering<'_> {
    /// Strings of one pattern are one type in a document. A pattern that is not anchored at both ends, or that no
    /// table can check, is not an identity: the value stays text.
    pub(crate) fn pattern_type(
        &mut self,
        source: &str,
        data: &SchemaData,
        site: &Site,
        spellings: Vec<String>,
    ) -> Type {
        let Some(pattern) = pattern::table(source).filter(|pattern| pattern.whole) else {
            return Type::Text;
        };
        let is_component = site.parent.is_empty();
        let known = if let Some(known) = self.known.identities.0.get(source) {
            known.id
        } else {
            let storage = match pattern::fixed_length(&pattern) {
                Some(length @ 1..=64) => Storage::Inline(length),
                _ => Storage::Heap,
            };
            let kind = TypeKind::Newtype(Newtype { pattern, storage });
            let id = self
                .drafts
                .add(draft(self.home, Vec::new(), &SchemaData::default(), kind));
            self.known
                .identities
                .0
                .insert(source.to_owned(), Identity::new(id));
            id
        };
        if is_component && let Some(draft) = self.drafts.get_mut(known) {
            draft.docs = data.description.clone().unwrap_or_default();
            draft.deprecated = data.deprecated;
        }
        if let Some(identity) = self.known.identities.0.get_mut(source) {
            identity.vote(identity_spellings(site, spellings), is_component);
        }
        Type::Named(known)
    }

    /// Names each identity after what most places call it.
    pub(crate) fn name_identities(&mut self) {
        for identity in self.known.identities.0.values() {
            if let Some(draft) = self.drafts.get_mut(identity.id) {
                draft.spellings = identity.spellings();
            }
        }
    }
}

/// A property `sid` says little by itself, `account_sid` all there is to say: a single word is qualified first.
fn identity_spellings(site: &Site, spellings: Vec<String>) -> Vec<String> {
    if site.own.iter().count() > 1 {
        std::iter::once(site.own.pascal())
            .chain(spellings)
            .collect()
    } else {
        spellings
    }
}
