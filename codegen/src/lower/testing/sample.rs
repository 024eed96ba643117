//! Takes the type of an answer and gives a value of it, for operations that the document shows no example of; it must never go deeper than types that are required can.

use serde_json::{Map, Value};

use super::Types;
use crate::model::{ExampleBody, Operation, Success, Type, TypeKind};

/// Definitions deeper than that are left empty.
const DEEPEST: u8 = 12;

/// A value for the answer, if the document has none.
pub(super) fn of(types: &Types<'_>, operation: &Operation) -> Option<Value> {
    let mut bodies = operation.examples.iter().map(|example| &example.body);
    if bodies.any(|body| matches!(body, ExampleBody::Answer { .. })) {
        return None;
    }
    match &operation.success {
        Success::Json(ty) => Some(value(types, ty, DEEPEST)),
        _ => None,
    }
}

fn value(types: &Types<'_>, ty: &Type, depth: u8) -> Value {
    let Some(below) = depth.checked_sub(1) else {
        return Value::Null;
    };
    match ty {
        Type::Bool => false.into(),
        Type::Flag => "false".into(),
        Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 | Type::Number => {
            1.into()
        }
        Type::Text | Type::Secret | Type::Upload => "text".into(),
        Type::Bytes => "dGV4dA==".into(),
        Type::Date => "2020-01-01".into(),
        Type::Timestamp => "2020-01-01T00:00:00Z".into(),
        Type::Json | Type::Map(_) => Value::Object(Map::new()),
        Type::Nullable(_) => Value::Null,
        Type::Boxed(inner) => value(types, inner, below),
        // One item shows what an item is; lists inside of it say nothing more.
        Type::List(inner) if depth > DEEPEST - 2 => vec![value(types, inner, below)].into(),
        Type::List(_) => Value::Array(Vec::new()),
        Type::Named(id) => match types.kind(*id) {
            Some(TypeKind::Struct(structure)) => {
                let required = structure
                    .fields
                    .iter()
                    .filter(|field| field.required && !field.nullable);
                let members = required
                    .map(|field| (field.wire.clone(), value(types, &field.ty, below)))
                    .collect::<Map<_, _>>();
                Value::Object(members)
            }
            Some(TypeKind::Enum(values)) => {
                let first = values.variants.first();
                let first = first.map_or("", |variant| variant.wire.as_str());
                match first.parse::<i64>() {
                    Ok(number) if values.numbers => number.into(),
                    _ => first.into(),
                }
            }
            Some(TypeKind::OneOf(choice)) => {
                let first = choice.variants.first();
                first.map_or(Value::Null, |variant| value(types, &variant.ty, below))
            }
            Some(TypeKind::Newtype(newtype)) => newtype.pattern.sample().into(),
            _ => Value::Object(Map::new()),
        },
    }
}
