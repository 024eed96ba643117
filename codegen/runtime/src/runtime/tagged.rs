//! Takes a value of a response that is one of several, told apart by a property; gives the one that it is; must never fail on one that the document does not list.

use crate::runtime::Adapter;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

/// Reads what the value was seen to be.
///
/// # Errors
/// When it is not what it says.
pub fn read_as<'de, D: Deserializer<'de>, A: Adapter>(value: &Value) -> Result<A::Value, D::Error> {
    A::read(value).map_err(D::Error::custom)
}

/// Reads an enum whose alternatives a property tells apart.
macro_rules! tagged {
    ($name:ident, $tag:literal, $other:ident, { $($($value:literal)|+ => $variant:ident($adapter:ty)),* $(,)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::read_value(from)?;
                match value.get($tag).and_then(::serde_json::Value::as_str) {
                    $(Some($($value)|+) => {
                        $crate::runtime::read_as::<D, $adapter>(&value).map(Self::$variant)
                    })*
                    _ => Ok(Self::$other(value)),
                }
            }
        }
    };
}

pub(crate) use tagged;
