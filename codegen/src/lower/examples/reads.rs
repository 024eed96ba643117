//! Takes an example of an answer and its type, and gives whether the runtime reads it; it must never be stricter than the runtime.

use chrono::{DateTime, NaiveDate};

use super::misfit::Misfit;
use super::objects::missing;
use super::value::named;
use crate::model::{Crate, Held, OneOf, Struct, Type, TypeId, TypeKind, Value};

/// Values deeper than that are taken to be right.
const DEEPEST: u8 = 64;

/// Whether a value is read as that type.
pub(super) fn check(model: &Crate, ty: &Type, value: &Value) -> Result<(), Misfit> {
    let reader = Reader {
        model,
        depth: DEEPEST,
        plain: ty.named().is_none(),
    };
    reader.read(ty, value)
}

#[derive(Clone, Copy)]
struct Reader<'m> {
    model: &'m Crate,
    depth: u8,
    /// Whether it is read by tests as its type says, which know of no other spelling.
    plain: bool,
}

impl Reader<'_> {
    fn read(self, ty: &Type, value: &Value) -> Result<(), Misfit> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Ok(());
        };
        let below = Self { depth, ..self };
        match ty {
            Type::Bool => is(value.is_boolean(), value, "neither true nor false"),
            Type::Flag | Type::Number if self.plain && value.is_string() => Err(Misfit::Beyond),
            Type::Flag => is(
                value.is_boolean() || value.as_str().is_some_and(is_flag),
                value,
                "neither true nor false",
            ),
            Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 => {
                is(is_whole(ty, value), value, "no whole number of its size")
            }
            Type::Number => {
                let is_number = value
                    .as_str()
                    .is_some_and(|text| text.parse().is_ok_and(f64::is_finite));
                is(value.is_number() || is_number, value, "no number")
            }
            Type::Bytes => is(value.as_str().is_some_and(is_base64), value, "no base64"),
            Type::Text | Type::Secret | Type::Upload => is(value.is_string(), value, "no text"),
            Type::Timestamp => {
                let is_moment = |text: &str| {
                    DateTime::parse_from_rfc3339(text).is_ok()
                        || DateTime::parse_from_rfc2822(text).is_ok()
                };
                is(
                    value.as_str().is_some_and(is_moment),
                    value,
                    "no date and time of RFC 3339",
                )
            }
            Type::Date => {
                let is_day = |text: &str| text.parse::<NaiveDate>().is_ok();
                is(
                    value.as_str().is_some_and(is_day),
                    value,
                    "no date such as `2015-10-07`",
                )
            }
            Type::Json => Ok(()),
            Type::Nullable(_) if value.is_null() => Ok(()),
            Type::Nullable(inner) | Type::Boxed(inner) => below.read(inner, value),
            Type::List(inner) => below.list(inner, value),
            Type::Map(inner) => {
                let members = members(value)?;
                let mut members = members.iter();
                members.try_for_each(|(name, value)| below.member(name, inner, value))
            }
            Type::Named(id) => below.definition(*id, value),
        }
    }

    fn list(self, inner: &Type, value: &Value) -> Result<(), Misfit> {
        let items = value
            .as_array()
            .ok_or_else(|| Misfit::here(format!("{} is no list", named(value))))?;
        let mut items = items.iter().enumerate();
        items.try_for_each(|(index, item)| self.member(&index.to_string(), inner, item))
    }

    fn member(self, name: &str, ty: &Type, value: &Value) -> Result<(), Misfit> {
        let read = self.read(ty, value);
        read.map_err(|misfit| misfit.within(name))
    }

    fn definition(self, id: TypeId, value: &Value) -> Result<(), Misfit> {
        let kind = self.model.type_def(id).map(|definition| &definition.kind);
        match kind {
            Some(TypeKind::Struct(structure)) => self.structure(structure, value),
            Some(TypeKind::OneOf(choice)) => self.choice(choice, value),
            Some(TypeKind::Enum(values)) if values.numbers => {
                is(value.is_i64(), value, "no whole number of its size")
            }
            Some(TypeKind::Enum(_) | TypeKind::Newtype(_)) => {
                is(value.is_string(), value, "no text")
            }
            _ => Ok(()),
        }
    }

    fn structure(self, structure: &Struct, value: &Value) -> Result<(), Misfit> {
        let members = members(value)?;
        for field in &structure.fields {
            let held = field.held(structure.usage);
            match members.get(&field.wire) {
                _ if held == Held::Not => {}
                None if held == Held::Plain => return Err(missing(&field.wire)),
                None => {}
                Some(Value::Null) if held != Held::Plain => {}
                Some(value) => self.member(&field.wire, &field.ty, value)?,
            }
        }
        let Some((_, ty)) = &structure.rest else {
            return Ok(());
        };
        let is_known = |wire: &str| structure.fields.iter().any(|field| field.wire == wire);
        let mut others = members.iter().filter(|(wire, _)| !is_known(wire));
        others.try_for_each(|(wire, value)| self.member(wire, ty, value))
    }

    /// What is none of the alternatives is kept as it is, but one that says what it is has to be that.
    fn choice(self, choice: &OneOf, value: &Value) -> Result<(), Misfit> {
        let tag = choice.tag.as_ref().and_then(|tag| value.get(tag));
        let chosen = tag.and_then(Value::as_str).and_then(|tag| {
            let mut variants = choice.variants.iter();
            variants.find(|variant| variant.values.iter().any(|known| known == tag))
        });
        chosen.map_or(Ok(()), |chosen| self.read(&chosen.ty, value))
    }
}

fn is(is: bool, value: &Value, what: &str) -> Result<(), Misfit> {
    if is {
        return Ok(());
    }
    Err(Misfit::here(format!("{} is {what}", named(value))))
}

fn is_flag(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// Of either alphabet, with line breaks and an end or without.
fn is_base64(text: &str) -> bool {
    let symbols = text.trim_end_matches(['=', '\r', '\n', ' ']).bytes();
    let mut symbols = symbols.filter(|byte| !matches!(byte, b'\r' | b'\n'));
    let mut count = 0_usize;
    let known = symbols.all(|byte| {
        count += 1;
        byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
    });
    known && count % 4 != 1
}

fn is_whole(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Integer32 => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        Type::Unsigned => value.is_u64(),
        Type::Unsigned32 => value
            .as_u64()
            .is_some_and(|number| u32::try_from(number).is_ok()),
        _ => value.is_i64(),
    }
}

fn members(value: &Value) -> Result<&serde_json::Map<String, Value>, Misfit> {
    let members = value.as_object();
    members.ok_or_else(|| Misfit::here(format!("{} is no object", named(value))))
}
