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

/// Sends whatever an enum holds.
macro_rules! sent_as_held {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                match self {
                    $(Self::$variant(value) => $crate::runtime::ToJson::write(value, json),)*
                }
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

/// An enum of known whole numbers, and one variant that keeps any other. Its examples call it by the path.
macro_rules! open_numbers {
    (
        $(#[doc = $doc:literal])*
        $(#[deprecated = $why:literal])?
        #[open($unknown:ident, $path:literal)]
        $vis:vis enum $name:ident {
            $($(#[doc = $about:literal])* $variant:ident = $wire:tt),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated = $why])?
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                $(#[doc = $about])*
                #[doc = ""]
                #[doc = $crate::runtime::wire_docs!($wire)]
                $variant,
            )*
            /// A value that the list does not have: the API may add values at any time. It is kept,
            /// and sent back as it is.
            $unknown(i64),
        }

        impl $name {
            const VALUES: &'static [(i64, Self)] =
                &[$(($crate::runtime::wire_value!($wire), Self::$variant)),*];

            /// The number that the API uses for it.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// println!("{}", value.as_i64());
            /// # }
            /// ```
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    Self::$unknown(number) => *number,
                    known => Self::VALUES
                        .iter()
                        .find_map(|(number, value)| (value == known).then_some(*number))
                        .unwrap_or_default(),
                }
            }

            /// Whether the API's document lists the value.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// if !value.is_known() {
            ///     println!("{value} is new");
            /// }
            /// # }
            /// ```
            #[must_use]
            pub const fn is_known(&self) -> bool {
                !matches!(self, Self::$unknown(_))
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self::VALUES
                    .iter()
                    .find_map(|(known, value)| (*known == number).then(|| value.clone()))
                    .unwrap_or(Self::$unknown(number))
            }
        }

        impl From<&Self> for $name {
            fn from(value: &Self) -> Self {
                value.clone()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                <i64 as ::serde::Deserialize>::deserialize(from).map(Self::from)
            }
        }

        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                json.integer(i128::from(self.as_i64()));
            }
        }

        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                sink.integer(i128::from(self.as_i64()));
            }
        }
    };
}

pub(crate) use {
    made_of, open_numbers, parameter_as_held, sent_as_held, shown_as_held, tagged, untagged,
};
