//! Takes a value that may be left out, null, or there; gives which of these it is, in both directions; must never take null for nothing.

use crate::runtime::{Adapter, JsonWriter, Optional, ToJson};
use serde::de::Deserializer;
use std::marker::PhantomData;

/// A value that is left out, null, or there.
///
/// # Example
///
/// (Not run: only crates that send such values export it.)
///
/// ```ignore
/// use openapi_client_runtime::Nullable;
///
/// let mut name: Nullable<String> = "Tom".into();
/// assert_eq!(name.as_deref(), Some("Tom"));
/// name = Nullable::Null;
/// assert_eq!(name.as_ref(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Nullable<T> {
    /// Left out.
    #[default]
    Absent,
    /// Null, which often removes what was there.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// What the value gives access to, if there is one.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: std::ops::Deref,
    {
        self.as_ref().map(|value| &**value)
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, or the usual one of its type.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Nullable<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::from)
    }
}

impl<T: ToJson> ToJson for Nullable<T> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        match self {
            Self::Value(value) => value.write(json),
            Self::Absent | Self::Null => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// What the inner adapter reads, or null, told apart from what is absent.
#[derive(Debug)]
pub struct OrNull<A>(PhantomData<A>);

impl<A: Adapter> Adapter for OrNull<A> {
    type Value = Nullable<A::Value>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        Optional::<A>::read(from).map(Nullable::from)
    }
}
