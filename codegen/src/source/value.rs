//! Takes a serde deserializer and gives a JSON value within limits; it must never lose a member without recording that it did.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::Pointer;
use crate::diagnostic::Code;

/// What a document may still cost, and what was found on the way.
pub(super) struct Budget {
    depth: Cell<usize>,
    bytes: Cell<usize>,
    merges: bool,
    exceeded: Cell<Option<Code>>,
    /// The steps to each duplicate key, innermost first.
    duplicates: RefCell<Vec<Vec<Step>>>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl Budget {
    /// `merges` says that the key `<<` merges another mapping, as in YAML.
    pub(super) const fn new(depth: usize, bytes: usize, merges: bool) -> Self {
        Self {
            depth: Cell::new(depth),
            bytes: Cell::new(bytes),
            merges,
            exceeded: Cell::new(None),
            duplicates: RefCell::new(Vec::new()),
        }
    }

    pub(super) const fn seed(&self) -> Node<'_> {
        Node(self)
    }

    /// The limit that ended the reading, if one did.
    pub(super) const fn exceeded(&self) -> Option<Code> {
        self.exceeded.get()
    }

    pub(super) fn duplicates(&self) -> Vec<Pointer> {
        let found = self.duplicates.take();
        found
            .into_iter()
            .map(|steps| {
                steps
                    .iter()
                    .rev()
                    .fold(Pointer::root(), |at, step| descend(&at, step))
            })
            .collect()
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let Some(left) = self.bytes.get().checked_sub(bytes + 1) else {
            self.exceeded.set(Some(Code::TooManyAliases));
            return Err(E::custom("too many aliases"));
        };
        self.bytes.set(left);
        Ok(())
    }

    fn nested<T, E: Error>(&self, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.spend(1)?;
        let Some(left) = self.depth.get().checked_sub(1) else {
            self.exceeded.set(Some(Code::TooDeep));
            return Err(E::custom("nested too deeply"));
        };
        self.depth.set(left);
        let result = read();
        self.depth.set(left + 1);
        result
    }

    fn duplicate(&self, key: String) {
        self.duplicates.borrow_mut().push(vec![Step::Key(key)]);
    }

    fn found(&self) -> usize {
        self.duplicates.borrow().len()
    }

    /// What was found since `before` is below this step.
    fn below(&self, before: usize, step: impl Fn() -> Step) {
        for steps in self.duplicates.borrow_mut().iter_mut().skip(before) {
            steps.push(step());
        }
    }
}

fn descend(pointer: &Pointer, step: &Step) -> Pointer {
    match step {
        Step::Key(key) => pointer.child(key),
        Step::Index(index) => pointer.index(*index),
    }
}

#[derive(Clone, Copy)]
pub(super) struct Node<'a>(&'a Budget);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "integers beyond 64 bits are bounds that nobody reaches"
    )]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "integers beyond 64 bits are bounds that nobody reaches"
    )]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        // JSON has no infinity, YAML has; as a string it is an error wherever a number is needed.
        Ok(Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.0.nested(|| {
            let mut elements = Vec::new();
            loop {
                let before = self.0.found();
                let Some(element) = access.next_element_seed(self)? else {
                    break;
                };
                self.0.below(before, || Step::Index(elements.len()));
                elements.push(element);
            }
            Ok(Value::Array(elements))
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.0.nested(|| {
            let mut members = Map::new();
            while let Some(key) = access.next_key_seed(Key(self.0))? {
                let before = self.0.found();
                let value = access.next_value_seed(self)?;
                self.0.below(before, || Step::Key(key.clone()));
                match members.entry(key) {
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(entry) => self.0.duplicate(entry.key().clone()),
                }
            }
            if self.0.merges {
                merge(&mut members);
            }
            Ok(Value::Object(members))
        })
    }

    /// A YAML tag such as `!secret`; the value is what counts.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_, variant) = access.variant_seed(Key(self.0))?;
        variant.newtype_variant_seed(self)
    }
}

/// Members of the mappings below `<<` are members of this one, unless it has them itself.
fn merge(members: &mut Map<String, Value>) {
    if !members
        .get("<<")
        .is_some_and(|value| value.is_object() || value.is_array())
    {
        return;
    }
    let merged = match members.shift_remove("<<") {
        Some(Value::Array(elements)) => elements,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    for mapping in merged {
        let Value::Object(mapping) = mapping else {
            continue;
        };
        for (key, value) in mapping {
            members.entry(key).or_insert(value);
        }
    }
}

struct Key<'a>(&'a Budget);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    /// The YAML parser gives the text of any scalar here, so that `200` and `1.10` stay as they are written.
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        self.0.spend(value.len())?;
        Ok(value.to_owned())
    }
}
