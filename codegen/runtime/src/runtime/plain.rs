//! Takes a text that stands for one value, as in a header or a body of plain text; gives the value; must never take one kind for another.

use crate::runtime::{Adapter, Metadata};
use serde::de::value::Error as Unfit;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// What is read of the headers of an answer.
///
/// # Example
///
/// ```
/// fn headers<T: openapi_client_runtime::FromHeaders>(metadata: &openapi_client_runtime::Metadata) -> T {
///     metadata.headers_as()
/// }
/// ```
pub trait FromHeaders {
    /// Reads the headers; one that is missing or not as documented is none.
    #[doc(hidden)]
    fn read(metadata: &Metadata) -> Self;
}

/// The value of a header, if it is there and can be read.
pub(crate) fn header<T: DeserializeOwned>(metadata: &Metadata, name: &str) -> Option<T> {
    T::deserialize(Plain(metadata.header(name)?.trim())).ok()
}

/// The value of a header that is not read as its type says.
pub(crate) fn header_as<A: Adapter>(metadata: &Metadata, name: &str) -> Option<A::Value> {
    A::read(Plain(metadata.header(name)?.trim())).ok()
}

/// A text that stands for whatever is asked of it.
pub(crate) struct Plain<'t>(pub(crate) &'t str);

macro_rules! parsed {
    ($($method:ident $visit:ident $what:literal),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            let parsed = self.0.trim().parse();
            visitor.$visit(parsed.map_err(|_| Unfit::custom(concat!("it is not ", $what)))?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Plain<'_> {
    type Error = Unfit;

    parsed! {
        deserialize_bool visit_bool "true or false",
        deserialize_i8 visit_i8 "a whole number",
        deserialize_i16 visit_i16 "a whole number",
        deserialize_i32 visit_i32 "a whole number of 32 bits",
        deserialize_i64 visit_i64 "a whole number of 64 bits",
        deserialize_u8 visit_u8 "a whole number",
        deserialize_u16 visit_u16 "a whole number",
        deserialize_u32 visit_u32 "a whole number of 32 bits without a sign",
        deserialize_u64 visit_u64 "a whole number of 64 bits without a sign",
        deserialize_f32 visit_f32 "a number",
        deserialize_f64 visit_f64 "a number"
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}
