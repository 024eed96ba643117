//! Takes a value of an example and its type, and gives the expression that makes it; it must never make it another value, though a form may spell it in several ways.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, SecondsFormat};

use super::misfit::Misfit;
use super::objects;
use crate::model::{Crate, Newtype, OneOf, Pattern, Rules, Shown, Type, TypeId, TypeKind, Value};

/// Values deeper than that are left alone.
const DEEPEST: u8 = 64;

/// As many values are looked at for one example: alternatives inside of alternatives multiply.
const MOST: u32 = 100_000;

/// How many values may still be looked at.
pub(super) struct Steps(Cell<u32>);

impl Steps {
    pub(super) const fn new() -> Self {
        Self(Cell::new(MOST))
    }

    fn next(&self) -> Result<(), Misfit> {
        let left = self.0.get().checked_sub(1).ok_or(Misfit::Beyond)?;
        self.0.set(left);
        Ok(())
    }
}

/// What takes the expression.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Take {
    /// An argument that takes whatever converts.
    Argument,
    /// The same, but text is no newtype there.
    Given,
    /// A place that takes the type itself.
    Exact,
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct At<'m> {
    pub(super) model: &'m Crate,
    /// Whether a text may stand for a number, a list or an object: so it is in a form.
    pub(super) loose: bool,
    depth: u8,
    steps: &'m Steps,
}

pub(super) type Fit = Result<Shown, Misfit>;

impl<'m> At<'m> {
    pub(super) const fn new(model: &'m Crate, loose: bool, steps: &'m Steps) -> Self {
        Self {
            model,
            loose,
            depth: DEEPEST,
            steps,
        }
    }

    /// The same place, where every value is of its own kind.
    pub(super) const fn strict(self) -> Self {
        Self {
            loose: false,
            ..self
        }
    }

    fn deeper(self) -> Result<Self, Misfit> {
        self.steps.next()?;
        let depth = self.depth.checked_sub(1).ok_or(Misfit::Beyond)?;
        Ok(Self { depth, ..self })
    }

    pub(super) fn kind(self, id: TypeId) -> Option<&'m TypeKind> {
        self.model.type_def(id).map(|definition| &definition.kind)
    }

    /// The expression for a value of that type.
    pub(super) fn value(self, take: Take, ty: &Type, rules: &Rules, value: &Value) -> Fit {
        let at = self.deeper()?;
        match ty {
            Type::Bool | Type::Flag => at.boolean(ty, value),
            Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 => {
                at.integer(ty, rules, value)
            }
            Type::Number => at.number(value),
            Type::Text => {
                let text = at.text(value)?;
                fits(rules, &text)?;
                Ok(owned(take, text))
            }
            Type::Secret if take == Take::Exact => Err(Misfit::Beyond),
            Type::Secret => {
                let text = at.text(value)?;
                fits(rules, &text)?;
                Ok(Shown::Text(text))
            }
            Type::Timestamp | Type::Date => moment(self.loose, ty, value),
            Type::Bytes | Type::Upload => Err(Misfit::Beyond),
            Type::Json => Ok(Shown::Json(value.clone())),
            Type::Named(id) => at.named(take, *id, value),
            Type::Nullable(inner) if value.is_null() => Ok(Shown::Null((**inner).clone())),
            Type::Nullable(inner) => {
                let inner = at.value(Take::Exact, inner, rules, value)?;
                Ok(Shown::Some(Box::new(inner)))
            }
            Type::List(inner) => at.list(take, inner, rules, value),
            Type::Map(inner) => at.map(inner, value),
            Type::Boxed(inner) => {
                let inner = at.value(take, inner, rules, value)?;
                Ok(match take {
                    Take::Exact => Shown::Boxed(Box::new(inner)),
                    Take::Argument | Take::Given => inner,
                })
            }
        }
    }

    fn boolean(self, ty: &Type, value: &Value) -> Fit {
        let is_flag = *ty == Type::Flag;
        match value {
            // JSON is compared as it stands, and a flag is a text there.
            Value::Bool(_) if is_flag && !self.loose => Err(Misfit::Beyond),
            Value::Bool(value) => Ok(Shown::Bool(*value)),
            Value::String(text) if is_flag && matches!(text.as_str(), "true" | "false") => {
                Ok(Shown::Bool(text == "true"))
            }
            Value::String(text) if self.loose && text.eq_ignore_ascii_case("true") => {
                Ok(Shown::Bool(true))
            }
            Value::String(text) if self.loose && text.eq_ignore_ascii_case("false") => {
                Ok(Shown::Bool(false))
            }
            other => Err(Misfit::here(format!(
                "{} is neither true nor false",
                named(other)
            ))),
        }
    }

    fn integer(self, ty: &Type, rules: &Rules, value: &Value) -> Fit {
        let number = match value {
            Value::Number(number) => whole(number),
            Value::String(text) if self.loose => text.parse().ok(),
            _ => None,
        };
        let number: i128 = number.ok_or_else(|| {
            Misfit::here(format!("{} is no whole number of 64 bits", named(value)))
        })?;
        let (least, most): (i128, i128) = match ty {
            Type::Integer32 => (i32::MIN.into(), i32::MAX.into()),
            Type::Unsigned => (0, u64::MAX.into()),
            Type::Unsigned32 => (0, u32::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        };
        let least = rules.minimum.map_or(least, |own| least.max(own.into()));
        let most = rules.maximum.map_or(most, |own| most.min(own.into()));
        if number < least {
            return Err(Misfit::here(format!("{number} is less than {least}")));
        }
        if number > most {
            return Err(Misfit::here(format!("{number} is more than {most}")));
        }
        Ok(Shown::Integer(number))
    }

    fn number(self, value: &Value) -> Fit {
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) if self.loose => text.parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite());
        let number =
            number.ok_or_else(|| Misfit::here(format!("{} is no number", named(value))))?;
        Ok(Shown::Number(number))
    }

    fn text(self, value: &Value) -> Result<String, Misfit> {
        match value {
            Value::String(text) => Ok(text.clone()),
            // An object in a text of a form is JSON.
            Value::Bool(_) | Value::Number(_) | Value::Object(_) if self.loose => {
                Ok(value.to_string())
            }
            other => Err(Misfit::here(format!("{} is no text", named(other)))),
        }
    }

    fn named(self, take: Take, id: TypeId, value: &Value) -> Fit {
        match self.kind(id) {
            Some(TypeKind::Newtype(newtype)) => self.newtype(take, id, newtype, value),
            Some(TypeKind::Enum(values)) => {
                let inner = if values.numbers {
                    self.integer(&Type::Integer, &Rules::default(), value)?
                } else {
                    Shown::Text(self.text(value)?)
                };
                Ok(match take {
                    Take::Exact => Shown::Listed(id, Box::new(inner)),
                    Take::Argument | Take::Given => inner,
                })
            }
            Some(TypeKind::Struct(structure)) => objects::structure(self, id, structure, value),
            Some(TypeKind::OneOf(choice)) => self.choice(id, choice, value),
            _ => Err(Misfit::Beyond),
        }
    }

    fn newtype(self, take: Take, id: TypeId, newtype: &Newtype, value: &Value) -> Fit {
        let text = self.text(value)?;
        matches(&newtype.pattern, &text)?;
        Ok(match take {
            Take::Argument => Shown::Text(text),
            Take::Given | Take::Exact => Shown::Parsed(Type::Named(id), text),
        })
    }

    /// The alternative that the tag chooses, or the first that fits.
    fn choice(self, id: TypeId, choice: &OneOf, value: &Value) -> Fit {
        let tag = choice.tag.as_ref();
        let chosen = tag.map(|tag| {
            let chosen = value.get(tag).and_then(Value::as_str);
            chosen.ok_or_else(|| {
                Misfit::here(format!(
                    "the property `{tag}` is missing, which tells what it is"
                ))
            })
        });
        let chosen = chosen.transpose()?;
        let mut first = None;
        for variant in &choice.variants {
            if chosen.is_some_and(|chosen| !variant.values.iter().any(|known| known == chosen)) {
                continue;
            }
            match self.value(Take::Exact, &variant.ty, &Rules::default(), value) {
                Ok(held) => return Ok(Shown::Variant(id, variant.name.clone(), Box::new(held))),
                Err(misfit) if chosen.is_some() => return Err(misfit),
                Err(misfit) => match (&first, &misfit) {
                    (None, _) | (Some(Misfit::Contradicts { .. }), Misfit::Unknown { .. }) => {
                        first = Some(misfit);
                    }
                    _ => {}
                },
            }
        }
        Err(match first {
            // What has only more than an alternative has is that one without it.
            Some(misfit @ (Misfit::Beyond | Misfit::Unknown { .. })) => misfit,
            _ => Misfit::here("it is none of the alternatives"),
        })
    }

    fn list(self, take: Take, item: &Type, rules: &Rules, value: &Value) -> Fit {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single if self.loose && !single.is_object() => std::slice::from_ref(single),
            other => return Err(Misfit::here(format!("{} is no list", named(other)))),
        };
        if items.is_empty() {
            return Ok(Shown::Empty(item.clone()));
        }
        // Lists in a list have one type, whatever their lengths.
        let inner = match item {
            Type::List(_) => Take::Exact,
            _ => take,
        };
        let shown = items.iter().enumerate().map(|(index, value)| {
            let shown = self.value(inner, item, rules, value);
            shown.map_err(|misfit| match value {
                _ if !self.loose || items.len() > 1 => misfit.within(&index.to_string()),
                _ => misfit,
            })
        });
        let shown = shown.collect::<Result<_, _>>()?;
        Ok(match take {
            Take::Exact => Shown::List(shown),
            Take::Argument | Take::Given => Shown::Items(shown),
        })
    }

    fn map(self, inner: &Type, value: &Value) -> Fit {
        let members = self.members(value)?;
        let strict = self.strict();
        let entries = members.iter().map(|(key, value)| {
            let shown = strict.value(Take::Exact, inner, &Rules::default(), value);
            Ok((key.clone(), shown.map_err(|misfit| misfit.within(key))?))
        });
        entries.collect::<Result<_, Misfit>>().map(Shown::Map)
    }

    /// The members of an object, which a form may have as text.
    pub(super) fn members(self, value: &Value) -> Result<serde_json::Map<String, Value>, Misfit> {
        match value {
            Value::Object(members) => Ok(members.clone()),
            Value::String(text) if self.loose => serde_json::from_str(text)
                .map_err(|_| Misfit::here("the text is no object in JSON")),
            other => Err(Misfit::here(format!("{} is no object", named(other)))),
        }
    }
}

fn owned(take: Take, text: String) -> Shown {
    match take {
        Take::Exact => Shown::Owned(text),
        Take::Argument | Take::Given => Shown::Text(text),
    }
}

/// Whether the rules allow a text.
fn fits(rules: &Rules, text: &str) -> Result<(), Misfit> {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if let Some(least) = rules.min_length.filter(|least| length < *least) {
        return Err(Misfit::here(format!(
            "it has {length} characters, fewer than {least}"
        )));
    }
    if let Some(most) = rules.max_length.filter(|most| length > *most) {
        return Err(Misfit::here(format!(
            "it has {length} characters, more than {most}"
        )));
    }
    rules
        .pattern
        .as_ref()
        .map_or(Ok(()), |pattern| matches(pattern, text))
}

fn matches(pattern: &Pattern, text: &str) -> Result<(), Misfit> {
    if pattern.matches(text) {
        Ok(())
    } else {
        Err(Misfit::here(format!(
            "it does not match the pattern `{}`",
            pattern.source
        )))
    }
}

/// A number without a fraction, however it is written.
fn whole(number: &serde_json::Number) -> Option<i128> {
    let digits = number.to_string();
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    digits.parse().ok()
}

/// A moment or a day, as the runtime writes it.
fn moment(loose: bool, ty: &Type, value: &Value) -> Fit {
    let text = value
        .as_str()
        .ok_or_else(|| Misfit::here(format!("{} is no text", named(value))))?;
    let written = if *ty == Type::Date {
        let day = text.parse::<NaiveDate>();
        day.map(|day| day.to_string())
            .map_err(|_| Misfit::here("this text is no date such as `2015-10-07`"))
    } else {
        let moment = DateTime::parse_from_rfc3339(text);
        let utc = moment.map(|moment| moment.to_utc());
        utc.map(|utc| utc.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            .map_err(|_| Misfit::here("this text is no date and time of RFC 3339"))
    }?;
    // JSON is compared as it stands.
    if loose || written == text {
        Ok(Shown::Parsed(ty.clone(), written))
    } else {
        Err(Misfit::Beyond)
    }
}

/// What a value is, without its text.
pub(super) const fn named(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "this text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
