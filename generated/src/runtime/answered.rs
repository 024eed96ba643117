//! Takes the objects of answers, property by property; gives their structs; must never fail on a property that the document does not have.

use crate::runtime::Adapter;
use crate::runtime::adapter::Adapted;
use serde::de::value::Error as Nothing;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct that is read from an object.
pub trait Answered<'de>: Sized {
    /// Reads its properties.
    ///
    /// # Errors
    /// When one is not what it should be, or missing.
    fn of<M: MapAccess<'de>>(properties: Properties<M>) -> Result<Self, M::Error>;
}

/// Reads a struct.
///
/// # Errors
/// When there is no object, or one that does not have what it should.
pub fn read_object<'de, T: Answered<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(Object(PhantomData))
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Answered<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let next = 0;
        T::of(Properties { map, next })
    }
}

/// The properties of an object, as they come.
#[derive(Debug)]
pub struct Properties<M> {
    map: M,
    /// The place among the names of the one that probably comes next: servers keep to an order.
    next: usize,
}

impl<'de, M: MapAccess<'de>> Properties<M> {
    /// The place of the next property among these names. Others are read past.
    ///
    /// # Errors
    /// When the object breaks off.
    pub fn next(&mut self, names: &'static [&'static str]) -> Result<Option<usize>, M::Error> {
        loop {
            match self.map.next_key_seed(Known(names, self.next))? {
                None => return Ok(None),
                Some(Some(place)) => {
                    self.next = place + 1;
                    return Ok(Some(place));
                }
                Some(None) => self.map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
    }

    /// The same, but others are kept.
    ///
    /// # Errors
    /// When the object breaks off, or one of the others is not what it should be.
    pub fn next_or_rest<T: Deserialize<'de>>(
        &mut self,
        names: &'static [&'static str],
        rest: &mut BTreeMap<String, T>,
    ) -> Result<Option<usize>, M::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            if let Some(place) = place(names, self.next, &name) {
                self.next = place + 1;
                return Ok(Some(place));
            }
            rest.insert(name, self.map.next_value()?);
        }
        Ok(None)
    }

    /// The same, where the others are not read as their type says.
    ///
    /// # Errors
    /// When the object breaks off, or one of the others is not what the adapter reads.
    pub fn next_or_rest_as<A: Adapter>(
        &mut self,
        names: &'static [&'static str],
        rest: &mut BTreeMap<String, A::Value>,
    ) -> Result<Option<usize>, M::Error> {
        let mut others: BTreeMap<String, Adapted<A>> = BTreeMap::new();
        let next = self.next_or_rest(names, &mut others);
        let others = others.into_iter();
        rest.extend(others.map(|(name, adapted)| (name, adapted.0)));
        next
    }

    /// The value of that property.
    ///
    /// # Errors
    /// When it is not what it should be.
    pub fn value<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, M::Error> {
        self.map.next_value().map(Some)
    }

    /// The same for one that is not read as its type says.
    ///
    /// # Errors
    /// When it is not what the adapter reads.
    pub fn value_as<A: Adapter>(&mut self) -> Result<Option<A::Value>, M::Error> {
        Ok(Some(self.map.next_value::<Adapted<A>>()?.0))
    }
}

/// The name of a property, as its place among these; that one is looked at first.
struct Known(&'static [&'static str], usize);

impl<'de> DeserializeSeed<'de> for Known {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<usize>, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Known {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(place(self.0, self.1, name))
    }
}

fn place(names: &[&str], likely: usize, name: &str) -> Option<usize> {
    if names.get(likely).is_some_and(|known| *known == name) {
        return Some(likely);
    }
    names.iter().position(|known| *known == name)
}

/// A property that was there, or what its type takes a missing one for.
///
/// # Errors
/// When its type has nothing for that.
pub fn or_absent<'de, T: Deserialize<'de>, E: Error>(
    value: Option<T>,
    name: &'static str,
) -> Result<T, E> {
    match value {
        Some(value) => Ok(value),
        None => T::deserialize(Absent).map_err(|_| E::missing_field(name)),
    }
}

/// A property that was there.
///
/// # Errors
/// When it was not.
pub fn or_missing<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// Nothing, which only an option can be made of.
struct Absent;

impl<'de> Deserializer<'de> for Absent {
    type Error = Nothing;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Nothing> {
        Err(Nothing::custom("missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Nothing> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A struct that is read from an object: each property by its name, unless `rename` says another.
/// `with` says how one is read that is not read as its type says, and `absent` what stands for one
/// that is missing. What has no field is left out, or kept in the one that is `rest`. Without other
/// derives, it can be cloned, shown and compared.
macro_rules! answered {
    (
        $(#[doc = $doc:literal])*
        $(#[deprecated = $why:literal])?
        $vis:vis struct $name:ident { $($fields:tt)* }
    ) => {
        $crate::runtime::answered! {
            $(#[doc = $doc])*
            $(#[deprecated = $why])?
            #[derive(Clone, Debug, PartialEq)]
            $vis struct $name { $($fields)* }
        }
    };
    (
        $(#[doc = $doc:literal])*
        $(#[deprecated = $why:literal])?
        #[derive($($derived:ident),*)]
        $vis:vis struct $name:ident {
            $(
                $(#[doc = $about:literal])*
                $(#[deprecated = $obsolete:literal])?
                $(#[read(
                    $(rename = $wire:literal $(,)?)?
                    $(absent = $absent:ident $(,)?)?
                    $(with = $with:ty $(,)?)?
                )])?
                $see:vis $field:ident: $ty:ty,
            )*
            $(
                #[rest $(($rest_with:ty))?]
                $see_rest:vis $rest:ident: $rest_ty:ty,
            )?
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated = $why])?
        #[derive($($derived),*)]
        #[non_exhaustive]
        $vis struct $name {
            $(
                $(#[doc = $about])*
                $(#[deprecated = $obsolete])?
                $see $field: $ty,
            )*
            $(
                /// The properties that have no field of their own.
                $see_rest $rest: $rest_ty,
            )?
        }

        impl<'de> $crate::runtime::Answered<'de> for $name {
            #[allow(unused_mut, reason = "an object may have no property that is read")]
            #[allow(deprecated, reason = "what the document advises against is read all the same")]
            fn of<M: ::serde::de::MapAccess<'de>>(
                mut properties: $crate::runtime::Properties<M>,
            ) -> Result<Self, M::Error> {
                #[allow(non_camel_case_types, reason = "they are called as the fields are")]
                #[derive(Clone, Copy)]
                enum Known { $($field),* }
                const KNOWN: &[Known] = &[$(Known::$field),*];
                const NAMES: &[&str] =
                    &[$($crate::runtime::answered!(@name $field $($(, $wire)?)?)),*];
                $(let mut $field: Option<$ty> = None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let Some(place) =
                    $crate::runtime::answered!(@next properties, NAMES $(, $rest $(, $rest_with)?)?)
                {
                    match KNOWN.get(place).copied() {
                        $(Some(Known::$field) => {
                            $field = $crate::runtime::answered!(@read properties $($(, $with)?)?);
                        })*
                        None => {}
                    }
                }
                Ok(Self {
                    $($field: $crate::runtime::answered!(
                        @held $field, $ty, $crate::runtime::answered!(@name $field $($(, $wire)?)?);
                        $($($absent)?)?; $($($with)?)?
                    ),)*
                    $($rest,)?
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::runtime::read_object(from)
            }
        }
    };
    (@name $field:ident) => {
        stringify!($field)
    };
    (@name $field:ident, $wire:literal) => {
        $wire
    };
    (@next $properties:ident, $names:ident) => {
        $properties.next($names)?
    };
    (@next $properties:ident, $names:ident, $rest:ident) => {
        $properties.next_or_rest($names, &mut $rest)?
    };
    (@next $properties:ident, $names:ident, $rest:ident, $with:ty) => {
        $properties.next_or_rest_as::<$with>($names, &mut $rest)?
    };
    (@read $properties:ident) => {
        $properties.value()?
    };
    (@read $properties:ident, $with:ty) => {
        $properties.value_as::<$with>()?
    };
    (@held $value:ident, $ty:ty, $wire:expr; $absent:ident; $($with:ty)?) => {
        $value.unwrap_or_else(<$ty as $absent>::default)
    };
    (@held $value:ident, $ty:ty, $wire:expr; ; $with:ty) => {
        $crate::runtime::or_missing($value, $wire)?
    };
    (@held $value:ident, $ty:ty, $wire:expr; ;) => {
        $crate::runtime::or_absent($value, $wire)?
    };
}

pub(crate) use answered;
