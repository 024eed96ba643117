//! Takes a value of a response that is one of several, told apart by what fits; gives the one that it is, or the value as it came; must never fail on one that the document does not list.

use crate::runtime::Adapter;
use serde_json::Value;

/// Reads the value, if it is that.
#[must_use]
pub fn try_as<A: Adapter>(value: &Value) -> Option<A::Value> {
    A::read(value).ok()
}

/// Whether the value is no object, or has none but these properties.
#[must_use]
pub fn has_only(value: &Value, keys: &[&str]) -> bool {
    let Value::Object(members) = value else {
        return true;
    };
    members.keys().all(|key| keys.contains(&key.as_str()))
}

/// Reads an enum whose alternatives are tried in order: first objects that have all properties of the value, then any.
macro_rules! untagged {
    ($name:ident, $other:ident, { $($variant:ident($adapter:ty) $([$($key:literal),*])?),* $(,)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::read_value(from)?;
                $(if true $(&& $crate::runtime::has_only(&value, &[$($key),*]))?
                    && let Some(known) = $crate::runtime::try_as::<$adapter>(&value)
                {
                    return Ok(Self::$variant(known));
                })*
                $(if let Some(known) = $crate::runtime::try_as::<$adapter>(&value) {
                    return Ok(Self::$variant(known));
                })*
                Ok(Self::$other(value))
            }
        }
    };
}

pub(crate) use untagged;
