//! Takes an example of a request and its operation, and gives the call that sends it and what is then on the wire; it must never send what the rules refuse.

use std::fmt::Write as _;

use super::misfit::Misfit;
use super::objects::{self, Members};
use super::value::{At, Steps, Take};
use crate::model::{
    Argument, BodyKind, Crate, Input, Module, Name, Operation, Position, Reach, Rules, Sent, Shown,
    Style, Type, TypeKind, Value, WireBody,
};

/// The call that sends an example.
pub(super) fn of(
    model: &Crate,
    module: &Module,
    operation: &Operation,
    value: &Value,
) -> Result<Sent, Misfit> {
    let steps = Steps::new();
    let at = At::new(model, operation.media == Some(BodyKind::Form), &steps);
    let body = Body::of(at, operation, value)?;
    let mut arguments = Vec::new();
    let mut path = path(module, operation).ok_or(Misfit::Beyond)?;
    for argument in operation.arguments() {
        arguments.push(match argument {
            Argument::Input(input) if input.position == Position::Form => {
                body.field(input)?.clone()
            }
            Argument::Input(input) => {
                let sample = sample(at, input).ok_or(Misfit::Beyond)?;
                if input.position == Position::Path {
                    let value = in_path(input, &sample).ok_or(Misfit::Beyond)?;
                    path = path.replace(&format!("{{{}}}", input.wire), &value);
                }
                // What no example shows is none of its mistakes.
                at.value(Take::Argument, &input.ty, &input.rules, &sample)
                    .map_err(|_| Misfit::Beyond)?
            }
            Argument::Body(_) => body.whole.clone().ok_or(Misfit::Beyond)?,
        });
    }
    let mut setters = body.setters;
    if let Some(argument) = operation
        .body
        .as_ref()
        .filter(|argument| !argument.required)
    {
        setters.extend(body.whole.map(|shown| (argument.name.clone(), shown)));
    }
    Ok(Sent {
        arguments,
        setters,
        path,
        wire: body.wire,
    })
}

/// The path with what is before all paths, where the client's user need not say that; other URLs are replaced by that of the test.
fn path(module: &Module, operation: &Operation) -> Option<String> {
    let servers = module.servers_of(operation);
    let base = servers.first().filter(|url| url.reach == Reach::Relative);
    let mut path = base.map_or_else(String::new, |url| {
        url.template.trim_end_matches('/').to_owned()
    });
    for variable in base.iter().flat_map(|url| &url.variables) {
        let value = variable.default.as_ref()?;
        path = path.replace(&format!("{{{}}}", variable.wire), value);
    }
    path.push_str(&operation.path);
    Some(path)
}

/// A value as the client writes it in a path, where no style adds to it.
fn in_path(input: &Input, value: &Value) -> Option<String> {
    let text = text(value);
    if text.is_empty() || input.style != Style::default() {
        return None;
    }
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Some(encoded)
}

/// The body that an example shows.
struct Body<'o> {
    /// The body, where it is one argument.
    whole: Option<Shown>,
    /// The fields that are arguments of their own.
    fields: Vec<(&'o Input, Shown)>,
    setters: Vec<(Name, Shown)>,
    wire: WireBody,
}

impl<'o> Body<'o> {
    fn of(at: At<'_>, operation: &'o Operation, value: &Value) -> Result<Self, Misfit> {
        match (&operation.media, value) {
            (Some(BodyKind::Form), Value::Object(members)) => Self::form(at, operation, members),
            (Some(BodyKind::Form), _) => Err(Misfit::here("it is no object")),
            (Some(BodyKind::Json(_)), value) => {
                let argument = operation.body.as_ref().ok_or(Misfit::Beyond)?;
                let whole = at.value(Take::Argument, &argument.ty, &Rules::default(), value)?;
                let wire = WireBody::Json(value.clone());
                Ok(Self {
                    whole: Some(whole),
                    fields: Vec::new(),
                    setters: Vec::new(),
                    wire,
                })
            }
            _ => Err(Misfit::Beyond),
        }
    }

    fn form(at: At<'_>, operation: &'o Operation, members: &Members) -> Result<Self, Misfit> {
        let (mut wire, mut known) = (Vec::new(), Vec::new());
        let id = operation
            .body
            .as_ref()
            .and_then(|argument| argument.ty.named());
        let whole = id.map(|id| objects::form(at, id, members)).transpose()?;
        if let Some(Shown::Made(made)) = &whole {
            (wire, known) = objects::form_pairs(at, made, members).ok_or(Misfit::Beyond)?;
        }
        let (mut fields, mut setters) = (Vec::new(), Vec::new());
        let inputs = operation
            .inputs
            .iter()
            .filter(|input| input.position == Position::Form);
        for input in inputs {
            known.push(input.wire.clone());
            let Some(value) = objects::given(members, &input.wire) else {
                continue;
            };
            if input.style != Style::default() {
                return Err(Misfit::Beyond);
            }
            let shown = at.value(Take::Argument, &input.ty, &input.rules, value);
            let shown = shown.map_err(|misfit| misfit.within(&input.wire))?;
            let pairs = objects::pairs(&input.wire, &input.ty, &shown, value);
            wire.extend(pairs.ok_or(Misfit::Beyond)?);
            if input.required {
                fields.push((input, shown));
            } else {
                setters.push((input.name.clone(), shown));
            }
        }
        match members.keys().find(|wire| !known.contains(wire)) {
            Some(wire) => Err(objects::unknown(wire)),
            None => Ok(Self {
                whole,
                fields,
                setters,
                wire: WireBody::Form(wire),
            }),
        }
    }

    fn field(&self, input: &Input) -> Result<&Shown, Misfit> {
        let mut fields = self.fields.iter();
        let field = fields.find(|(own, _)| own.wire == input.wire);
        field
            .map(|(_, shown)| shown)
            .ok_or_else(|| objects::missing(&input.wire))
    }
}

/// A value that the rules allow, for what the example does not show.
fn sample(at: At<'_>, input: &Input) -> Option<Value> {
    let rules = &input.rules;
    Some(match &input.ty {
        Type::Bool | Type::Flag => true.into(),
        Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 => {
            rules.minimum.or(rules.maximum).unwrap_or(1).into()
        }
        Type::Number => 1.into(),
        Type::Text | Type::Secret | Type::Json => sample_text(rules).into(),
        Type::Named(id) => match at.kind(*id)? {
            TypeKind::Newtype(newtype) => newtype.pattern.sample().into(),
            TypeKind::Enum(values) => {
                let first = values.variants.first()?.wire.as_str();
                match first.parse::<i64>() {
                    Ok(number) if values.numbers => number.into(),
                    _ => first.into(),
                }
            }
            _ => return None,
        },
        _ => return None,
    })
}

fn sample_text(rules: &Rules) -> String {
    if let Some(pattern) = &rules.pattern {
        return pattern.sample();
    }
    let least = rules.min_length.unwrap_or(1).clamp(1, 64);
    let length = least.min(rules.max_length.unwrap_or(least));
    "a".repeat(usize::try_from(length).unwrap_or(1))
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
