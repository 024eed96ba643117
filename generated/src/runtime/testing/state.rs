//! Takes changes to collections; gives what they hold; must never use a clock or chance.

use super::Failure;
use super::recorded::RecordedRequest;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, VecDeque};

/// The properties of an item.
pub(super) type Properties = Map<String, Value>;

/// Everything that requests change.
#[derive(Debug, Default)]
pub(super) struct State {
    collections: BTreeMap<(&'static str, String), Vec<Item>>,
    items: u64,
    changes: i64,
    pub(super) answers: u64,
    pub(super) requests: Vec<RecordedRequest>,
    pub(super) failures: VecDeque<Failure>,
}

/// An item of a collection.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Greater than that of every item before it.
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) value: Properties,
}

/// The name of a collection: the API and the path.
pub(super) type Key = (&'static str, String);

impl State {
    /// A number that no item had.
    pub(super) fn next_number(&mut self) -> u64 {
        self.items += 1;
        self.items
    }

    /// The seconds that have passed: one with each change.
    pub(super) fn tick(&mut self) -> i64 {
        let now = self.changes;
        self.changes += 1;
        now
    }

    /// The items of a collection, oldest first.
    pub(super) fn items(&self, key: &Key) -> &[Item] {
        self.collections.get(key).map_or(&[], Vec::as_slice)
    }

    /// Adds an item, or puts it in the place of the one with its id.
    pub(super) fn put(&mut self, key: Key, item: Item) {
        let items = self.collections.entry(key).or_default();
        match items.iter_mut().find(|other| other.id == item.id) {
            Some(other) => other.value = item.value,
            None => items.push(item),
        }
    }

    pub(super) fn item_mut(&mut self, key: &Key, id: &str) -> Option<&mut Item> {
        let mut items = self.collections.get_mut(key)?.iter_mut();
        items.find(|item| item.id == id)
    }

    /// Whether there was such an item.
    pub(super) fn remove(&mut self, key: &Key, id: &str) -> bool {
        let Some(items) = self.collections.get_mut(key) else {
            return false;
        };
        let before = items.len();
        items.retain(|item| item.id != id);
        items.len() < before
    }
}
