//! Takes a value of a response in any form that APIs use for it; gives the one Rust type for it; must never make a value up.

use crate::runtime::adapter::Adapted;
use crate::runtime::{Adapter, SecretString};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::{Deserialize, Deserializer, Error as _, Unexpected, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// For `#[serde(deserialize_with = "read::<_, Adapter>")]`.
///
/// # Errors
/// When the value has none of the forms that the adapter knows.
pub fn read<'de, D: Deserializer<'de>, A: Adapter>(from: D) -> Result<A::Value, D::Error> {
    A::read(from)
}

/// Reads a text without a copy of it on the heap.
///
/// # Errors
/// When the value is no text.
pub fn read_text<'de, D: Deserializer<'de>, T>(
    from: D,
    expected: &'static str,
    make: impl FnOnce(&str) -> T,
) -> Result<T, D::Error> {
    struct Text<F>(&'static str, F);

    impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Text<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a string ({})", self.0)
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok((self.1)(text))
        }
    }

    from.deserialize_str(Text(expected, make))
}

/// A date and time: RFC 3339 with any offset and fraction, or RFC 2822.
#[derive(Debug)]
pub enum Timestamp {}

impl Adapter for Timestamp {
    type Value = DateTime<Utc>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        let parse = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .or_else(|_| DateTime::parse_from_rfc2822(text))
                .map(|date| date.to_utc())
                .map_err(|_| {
                    D::Error::invalid_value(
                        Unexpected::Str(text),
                        &"a date and time of RFC 3339 or RFC 2822",
                    )
                })
        };
        read_text(from, "date and time", parse)?
    }
}

/// A day: `2015-10-07`.
#[derive(Debug)]
pub enum Day {}

impl Adapter for Day {
    type Value = NaiveDate;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        let parse = |text: &str| {
            text.parse().map_err(|_| {
                D::Error::invalid_value(Unexpected::Str(text), &"a date such as 2015-10-07")
            })
        };
        read_text(from, "date", parse)?
    }
}

/// Yes or no: a JSON boolean, or `"true"` and `"false"` in any case.
#[derive(Debug)]
pub enum Flag {}

impl Adapter for Flag {
    type Value = bool;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
        struct Either;

        impl Visitor<'_> for Either {
            type Value = bool;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false, as a boolean or a string")
            }

            fn visit_bool<E>(self, value: bool) -> Result<bool, E> {
                Ok(value)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<bool, E> {
                if text.eq_ignore_ascii_case("true") {
                    Ok(true)
                } else if text.eq_ignore_ascii_case("false") {
                    Ok(false)
                } else {
                    Err(E::invalid_value(Unexpected::Str(text), &self))
                }
            }
        }

        from.deserialize_any(Either)
    }
}

/// A number, or a string that holds one: APIs write prices so, whatever their documents say.
#[derive(Debug)]
pub enum Number {}

impl Adapter for Number {
    type Value = f64;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        struct Either;

        impl Visitor<'_> for Either {
            type Value = f64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, as such or in a string")
            }

            fn visit_f64<E>(self, value: f64) -> Result<f64, E> {
                Ok(value)
            }

            #[expect(
                clippy::cast_precision_loss,
                reason = "serde reads whole numbers as floating-point ones in the same way"
            )]
            fn visit_u64<E>(self, value: u64) -> Result<f64, E> {
                Ok(value as f64)
            }

            #[expect(
                clippy::cast_precision_loss,
                reason = "serde reads whole numbers as floating-point ones in the same way"
            )]
            fn visit_i64<E>(self, value: i64) -> Result<f64, E> {
                Ok(value as f64)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<f64, E> {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite());
                number.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        from.deserialize_any(Either)
    }
}

/// A secret, which is never shown; its value is not part of the error either.
#[derive(Debug)]
pub enum Secret {}

impl Adapter for Secret {
    type Value = SecretString;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
        read_text(from, "secret", |text| SecretString::from(text))
    }
}

/// What the inner adapter reads, or nothing when the value is null.
#[derive(Debug)]
pub struct Optional<A>(PhantomData<A>);

impl<A: Adapter> Adapter for Optional<A> {
    type Value = Option<A::Value>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        Ok(Option::<Adapted<A>>::deserialize(from)?.map(|adapted| adapted.0))
    }
}

/// Bytes as base64, of either alphabet, with padding or without.
#[derive(Debug)]
pub enum Base64 {}

impl Adapter for Base64 {
    type Value = Vec<u8>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        read_text(from, "base64", |text| {
            base64_decode(text).ok_or_else(|| D::Error::custom("the text is not base64"))
        })?
    }
}

/// A list of what the inner adapter reads.
#[derive(Debug)]
pub struct List<A>(PhantomData<A>);

impl<A: Adapter> Adapter for List<A> {
    type Value = Vec<A::Value>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        let list = Vec::<Adapted<A>>::deserialize(from)?;
        Ok(list.into_iter().map(|adapted| adapted.0).collect())
    }
}

/// An object whose values the inner adapter reads.
#[derive(Debug)]
pub struct Map<A>(PhantomData<A>);

impl<A: Adapter> Adapter for Map<A> {
    type Value = BTreeMap<String, A::Value>;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self::Value, D::Error> {
        let map = BTreeMap::<String, Adapted<A>>::deserialize(from)?;
        Ok(map
            .into_iter()
            .map(|(key, adapted)| (key, adapted.0))
            .collect())
    }
}

/// The bytes that a base64 text of either alphabet stands for; line breaks between them are allowed.
fn base64_decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_u32, 0_u8);
    for byte in text.trim_end_matches(['=', '\r', '\n', ' ']).bytes() {
        if matches!(byte, b'\r' | b'\n') {
            continue;
        }
        bits = bits << 6 | u32::from(base64_sextet(byte)?);
        count += 1;
        if count == 4 {
            let [_, a, b, c] = bits.to_be_bytes();
            out.extend([a, b, c]);
            (bits, count) = (0, 0);
        }
    }
    let [_, a, b, _] = (bits << (6 * (4 - count))).to_be_bytes();
    match count {
        0 => {}
        2 => out.push(a),
        3 => out.extend([a, b]),
        _ => return None,
    }
    Some(out)
}

const fn base64_sextet(symbol: u8) -> Option<u8> {
    Some(match symbol {
        b'A'..=b'Z' => symbol - b'A',
        b'a'..=b'z' => symbol - b'a' + 26,
        b'0'..=b'9' => symbol - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}
