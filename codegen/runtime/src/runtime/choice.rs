//! Takes a value of a response that is one of several; gives the one that it is, or the value as it came; must never fail on one that the document does not list.

use crate::runtime::Adapter;
use serde::de::{Deserialize, Deserializer, Error as _};
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

/// Reads what the value was seen to be.
///
/// # Errors
/// When it is not what it says.
pub fn read_as<'de, D: Deserializer<'de>, A: Adapter>(value: &Value) -> Result<A::Value, D::Error> {
    A::read(value).map_err(D::Error::custom)
}

/// Reads the value, if it is that.
#[must_use]
pub fn try_as<A: Adapter>(value: &Value) -> Option<A::Value> {
    A::read(value).ok()
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

/// Sends whatever an enum holds in a path, a query, a header or a form.
macro_rules! parameter_as_held {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                match self {
                    $(Self::$variant(value) => $crate::runtime::Parameter::write(value, sink),)*
                }
            }
        }
    };
}

/// Makes an enum of what its variants hold.
macro_rules! made_of {
    ($name:ident { $($variant:ident($held:ty)),* $(,)? }) => {
        $(impl From<$held> for $name {
            fn from(value: $held) -> Self {
                Self::$variant(::core::convert::Into::into(value))
            }
        })*
    };
}

/// Shows an enum without a value that is none of its alternatives, which may be a secret.
macro_rules! shown_as_held {
    ($name:ident { $($variant:ident),* $(,)? }, $other:ident) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(value) => {
                        f.debug_tuple(stringify!($variant)).field(value).finish()
                    })*
                    Self::$other(_) => f.debug_tuple(stringify!($other)).finish_non_exhaustive(),
                }
            }
        }
    };
}

pub(crate) use {made_of, parameter_as_held, shown_as_held, tagged, untagged};
