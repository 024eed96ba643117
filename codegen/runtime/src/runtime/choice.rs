//! Takes a value of a response that is one of several; gives the one that it is, or the value as it came; must never fail on one that the document does not list.

use crate::runtime::Adapter;
use serde::de::{Deserialize, Deserializer};
use serde_json::Value;
use std::marker::PhantomData;

/// What a type reads by itself.
impl<T: for<'de> Deserialize<'de>> Adapter for T {
    type Value = T;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        T::deserialize(from)
    }
}

/// A value in a box of its own.
#[derive(Debug)]
pub struct Boxed<A>(PhantomData<A>);

impl<A: Adapter> Adapter for Boxed<A> {
    type Value = Box<A::Value>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        A::read(from).map(Box::new)
    }
}

/// Reads any value, to see what it is.
///
/// # Errors
/// When it is not JSON.
pub fn read_value<'de, D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
    Value::deserialize(from)
}
