//! Takes a way of reading values; gives it to what reads types; must never read anything itself.

use serde::de::{Deserialize, Deserializer};

/// How a value is read that isn't read as its type says.
pub trait Adapter {
    /// What it becomes.
    type Value;

    /// Reads it.
    ///
    /// # Errors
    /// When the value has none of the forms that are known.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error>;
}

/// What an adapter reads, for what reads types.
pub(crate) struct Adapted<A: Adapter>(pub(crate) A::Value);

impl<'de, A: Adapter> Deserialize<'de> for Adapted<A> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        A::read(from).map(Self)
    }
}
