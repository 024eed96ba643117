//! Takes an object of an example and gives the constructor and the setters that make it; it must never leave a member out.

use super::misfit::Misfit;
use super::value::{At, Fit, Take};
use crate::lower::names;
use crate::model::{
    Access, Field, FormField, FormStruct, Made, Name, Rules, Shown, Struct, Style, Type, TypeId,
    TypeKind, Union, Value,
};

/// An object in JSON.
pub(super) fn structure(at: At<'_>, id: TypeId, structure: &Struct, value: &Value) -> Fit {
    let members = at.members(value)?;
    let at = at.strict();
    let mut made = Made {
        id,
        constructor: names::single("new"),
        gives: id,
        arguments: Vec::new(),
        setters: Vec::new(),
    };
    for field in &structure.fields {
        let given = members.get(&field.wire);
        if let Some(fixed) = &field.fixed {
            fixed_member(field, fixed, given)?;
            continue;
        }
        match given {
            Some(_) if field.access == Access::Answered => {
                let reason = format!("`{}` is read-only, so it can't be sent", field.wire);
                return Err(Misfit::here(reason));
            }
            Some(value) => {
                let shown = member(at, structure, field, value)
                    .map_err(|misfit| misfit.within(&field.wire))?;
                if field.is_argument() {
                    made.arguments.push(shown);
                } else {
                    made.setters.push((field.name.clone(), shown));
                }
            }
            None if field.is_argument() => return Err(missing(&field.wire)),
            None => {}
        }
    }
    let is_known = |wire: &String| structure.fields.iter().any(|field| field.wire == *wire);
    let mut others = members
        .iter()
        .filter(|(wire, _)| !is_known(wire))
        .peekable();
    match (&structure.rest, others.peek()) {
        (_, None) => {}
        (None, Some((wire, _))) => return Err(unknown(wire)),
        (Some((name, ty)), Some(_)) => {
            let entries = others.map(|(wire, value)| {
                let shown = at.value(Take::Exact, ty, &Rules::default(), value);
                Ok((wire.clone(), shown.map_err(|misfit| misfit.within(wire))?))
            });
            let entries = entries.collect::<Result<_, Misfit>>()?;
            made.setters.push((name.clone(), Shown::Map(entries)));
        }
    }
    Ok(Shown::Made(made))
}

/// A property that is sent by itself has to be in the example as it is sent.
fn fixed_member(field: &Field, fixed: &str, given: Option<&Value>) -> Result<(), Misfit> {
    match given {
        Some(given) if given.as_str() == Some(fixed) => Ok(()),
        Some(_) => Err(Misfit::here(format!("it has to be `{fixed}`")).within(&field.wire)),
        None if field.required => Err(missing(&field.wire)),
        None => Err(Misfit::Beyond),
    }
}

fn member(at: At<'_>, structure: &Struct, field: &Field, value: &Value) -> Fit {
    if field.nullable {
        return Ok(match value {
            Value::Null => Shown::Null(field.ty.clone()),
            value => at.value(Take::Exact, &field.ty, &field.rules, value)?,
        });
    }
    let take = if structure.usage.answered {
        Take::Given
    } else {
        Take::Argument
    };
    at.value(take, &field.ty, &field.rules, value)
}

/// The members of a form with the names of its fields, and what they are.
pub(super) type Members = serde_json::Map<String, Value>;

/// A form, or the one of several that a property chooses.
pub(super) fn form(at: At<'_>, id: TypeId, members: &Members) -> Fit {
    match at.kind(id) {
        Some(TypeKind::Form(form)) => {
            let (arguments, setters) = fields(at, form, members)?;
            let constructor = names::single("new");
            Ok(Shown::Made(Made {
                id,
                constructor,
                gives: id,
                arguments,
                setters,
            }))
        }
        Some(TypeKind::Union(union)) => alternative(at, id, union, members),
        _ => Err(Misfit::Beyond),
    }
}

fn alternative(at: At<'_>, id: TypeId, union: &Union, members: &Members) -> Fit {
    let tag = members.get(&union.tag).ok_or_else(|| missing(&union.tag))?;
    let mut variants = union.variants.iter();
    let chosen = variants.find(|variant| Some(variant.value.as_str()) == tag.as_str());
    let chosen =
        chosen.ok_or_else(|| Misfit::here("it is none of the alternatives").within(&union.tag))?;
    let Some(TypeKind::Form(form)) = at.kind(chosen.form) else {
        return Err(Misfit::Beyond);
    };
    let (arguments, setters) = fields(at, form, members)?;
    Ok(Shown::Made(Made {
        id,
        constructor: chosen.constructor.clone(),
        gives: chosen.form,
        arguments,
        setters,
    }))
}

type Parts = (Vec<Shown>, Vec<(Name, Shown)>);

fn fields(at: At<'_>, form: &FormStruct, members: &Members) -> Result<Parts, Misfit> {
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for field in &form.fields {
        match given(members, &field.wire) {
            Some(value) => {
                let shown = self::field(at, field, value)?;
                if field.required {
                    arguments.push(shown);
                } else {
                    setters.push((field.name.clone(), shown));
                }
            }
            None if field.required => return Err(missing(&field.wire)),
            None => {}
        }
    }
    Ok((arguments, setters))
}

/// Names and values on the wire.
pub(super) type Pairs = Vec<(String, String)>;

/// The pairs that a form is written as, and the names that it has a field for.
pub(super) fn form_pairs(
    at: At<'_>,
    made: &Made,
    members: &Members,
) -> Option<(Pairs, Vec<String>)> {
    let Some(TypeKind::Form(form)) = at.kind(made.gives) else {
        return None;
    };
    let mut known = Vec::new();
    let mut written = Vec::new();
    if let Some(TypeKind::Union(union)) = at.kind(made.id) {
        known.push(union.tag.clone());
        let tag = members.get(&union.tag).and_then(Value::as_str)?;
        written.push((union.tag.clone(), tag.to_owned()));
    }
    let (mut arguments, mut setters) = (made.arguments.iter(), made.setters.iter());
    for field in &form.fields {
        known.push(field.wire.clone());
        let Some(value) = given(members, &field.wire) else {
            continue;
        };
        let shown = if field.required {
            arguments.next()?
        } else {
            &setters.next()?.1
        };
        if field.style != Style::default() {
            return None;
        }
        written.extend(pairs(&field.wire, &field.ty, shown, value)?);
    }
    Some((written, known))
}

fn field(at: At<'_>, field: &FormField, value: &Value) -> Fit {
    let shown = at.value(Take::Argument, &field.ty, &field.rules, value);
    shown.map_err(|misfit| misfit.within(&field.wire))
}

pub(super) fn missing(wire: &str) -> Misfit {
    Misfit::here(format!("the required property `{wire}` is missing"))
}

pub(super) fn unknown(wire: &str) -> Misfit {
    Misfit::Unknown {
        steps: vec![wire.to_owned()],
    }
}

/// The pairs of a member on the wire; none where that is more than an example tells.
pub(super) fn pairs(wire: &str, ty: &Type, shown: &Shown, value: &Value) -> Option<Pairs> {
    let pair = |text: String| Some(vec![(wire.to_owned(), text)]);
    match (shown, value) {
        (Shown::Items(items), value) => {
            let inner = match ty {
                Type::List(inner) => inner,
                other => other,
            };
            let values = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice);
            let each = items.iter().zip(values);
            let each = each.map(|(item, value)| pairs(wire, inner, item, value));
            each.collect::<Option<Vec<_>>>().map(|each| each.concat())
        }
        (Shown::Json(Value::Array(_)) | Shown::List(_), _) => None,
        (Shown::Empty(_) | Shown::Null(_) | Shown::Json(Value::Null), _) => Some(Vec::new()),
        (Shown::Bool(is), _) => pair(is.to_string()),
        (Shown::Integer(number), _) => pair(number.to_string()),
        (Shown::Number(number), _) => pair(number.to_string()),
        (Shown::Parsed(_, text), _) | (_, Value::String(text)) => pair(text.clone()),
        (_, value) => pair(value.to_string()),
    }
}

/// The members that are sent: null in a form is nothing.
pub(super) fn given<'v>(members: &'v Members, wire: &str) -> Option<&'v Value> {
    members.get(wire).filter(|value| !value.is_null())
}
