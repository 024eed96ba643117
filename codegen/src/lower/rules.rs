//! Takes a schema and gives what the runtime checks before a value of it is sent; it must never refuse what the schema allows.

use openapiv3::{Schema, SchemaKind, Type as Kind};

use super::pattern;
use crate::document::Document;
use crate::model::{Rules, Type};

/// The rules for a value of that type. A newtype checks its own pattern.
pub(crate) fn rules(document: &Document, schema: &Schema, ty: &Type) -> Rules {
    match (&schema.schema_kind, ty) {
        (SchemaKind::Type(Kind::Array(array)), Type::List(item)) => {
            let items = array
                .items
                .as_ref()
                .and_then(|items| document.boxed_schema(items));
            items
                .map(|(_, items)| scalar(items, item))
                .unwrap_or_default()
        }
        _ => scalar(schema, ty),
    }
}

fn scalar(schema: &Schema, ty: &Type) -> Rules {
    match (&schema.schema_kind, ty) {
        (SchemaKind::Type(Kind::String(string)), Type::Text | Type::Secret) => {
            let table = string
                .pattern
                .as_deref()
                .map(|source| (source, pattern::table(source)));
            Rules {
                min_length: string
                    .min_length
                    .filter(|least| *least > 0)
                    .map(|least| least as u64),
                max_length: string.max_length.map(|most| most as u64),
                unchecked: table
                    .as_ref()
                    .filter(|(_, table)| table.is_none())
                    .map(|(source, _)| (*source).to_owned()),
                pattern: table.and_then(|(_, table)| table),
                ..Rules::default()
            }
        }
        (
            SchemaKind::Type(Kind::Integer(integer)),
            Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32,
        ) => Rules {
            minimum: integer
                .minimum
                .map(|least| least.saturating_add(i64::from(integer.exclusive_minimum)))
                .filter(|least| *least > 0 || !matches!(ty, Type::Unsigned | Type::Unsigned32)),
            maximum: integer
                .maximum
                .map(|most| most.saturating_sub(i64::from(integer.exclusive_maximum))),
            ..Rules::default()
        },
        _ => Rules::default(),
    }
}
