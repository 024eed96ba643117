//! Takes the node of a schema and gives it in the types of openapiv3, which tell plain types from mixtures; it must never go deeper than the source allowed.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType,
    Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::Value;

use super::operation::boxed;
use super::{Node, Read};

/// The keys that say what data is valid. A schema that has others than those of its type is a mixture.
const KEYWORDS: [&str; 23] = [
    "pattern",
    "multipleOf",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minimum",
    "maximum",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "enum",
    "format",
    "minLength",
    "maxLength",
    "oneOf",
    "allOf",
    "anyOf",
    "not",
];

const OF_STRINGS: &[&str] = &["pattern", "enum", "format", "minLength", "maxLength"];
const OF_NUMBERS: &[&str] = &[
    "multipleOf",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minimum",
    "maximum",
    "enum",
    "format",
];
const OF_OBJECTS: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
];
const OF_ARRAYS: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];

pub(super) fn schema(mut node: Node<'_>) -> Read<Schema> {
    let schema_kind = kind(&mut node)?;
    let schema_data = SchemaData {
        nullable: node.is_set("nullable"),
        read_only: node.is_set("readOnly"),
        write_only: node.is_set("writeOnly"),
        deprecated: node.is_set("deprecated"),
        external_docs: node.leaf("externalDocs")?,
        example: node.take("example"),
        title: node.text("title"),
        description: node.text("description"),
        discriminator: node.leaf("discriminator")?,
        default: node.take("default"),
        extensions: node.extensions(),
    };
    Ok(Schema {
        schema_data,
        schema_kind,
    })
}

fn kind(node: &mut Node<'_>) -> Read<SchemaKind> {
    let keyword = |key: &String| KEYWORDS.into_iter().find(|known| known == key);
    let keys: Vec<&str> = node.keys().filter_map(keyword).collect();
    let only = |allowed: &[&str]| keys.iter().all(|key| allowed.contains(key));
    let plain = match node.get("type").and_then(Value::as_str) {
        Some("string") if only(OF_STRINGS) && of_kind(node, Value::is_string) => {
            Type::String(string(node))
        }
        Some("number") if only(OF_NUMBERS) && of_kind(node, Value::is_number) => {
            Type::Number(number(node))
        }
        Some("integer")
            if only(OF_NUMBERS) && of_kind(node, Value::is_i64) && bounds_are_integers(node) =>
        {
            Type::Integer(integer(node))
        }
        Some("boolean") if only(&["enum"]) && of_kind(node, Value::is_boolean) => {
            Type::Boolean(BooleanType {
                enumeration: enumeration(node, Value::as_bool),
            })
        }
        Some("object") if only(OF_OBJECTS) => Type::Object(object(node)?),
        Some("array") if only(OF_ARRAYS) => Type::Array(array(node)?),
        None if only(&["oneOf"]) && node.get("oneOf").is_some() => {
            return Ok(SchemaKind::OneOf {
                one_of: node.list("oneOf", schema)?,
            });
        }
        None if only(&["allOf"]) && node.get("allOf").is_some() => {
            return Ok(SchemaKind::AllOf {
                all_of: node.list("allOf", schema)?,
            });
        }
        None if only(&["anyOf"]) && node.get("anyOf").is_some() => {
            return Ok(SchemaKind::AnyOf {
                any_of: node.list("anyOf", schema)?,
            });
        }
        None if only(&["not"]) => return not_or_any(node),
        _ => return any(node).map(SchemaKind::Any),
    };
    Ok(SchemaKind::Type(plain))
}

fn not_or_any(node: &mut Node<'_>) -> Read<SchemaKind> {
    match node.object("not", schema)? {
        Some(not) => Ok(SchemaKind::Not { not: Box::new(not) }),
        None => Ok(SchemaKind::Any(AnySchema::default())),
    }
}

fn string(node: &mut Node<'_>) -> StringType {
    StringType {
        format: node.text("format").into(),
        pattern: node.text("pattern"),
        enumeration: enumeration(node, |value| value.as_str().map(str::to_owned)),
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
    }
}

fn number(node: &mut Node<'_>) -> NumberType {
    NumberType {
        format: node.text("format").into(),
        multiple_of: float(node, "multipleOf"),
        exclusive_minimum: node.is_set("exclusiveMinimum"),
        exclusive_maximum: node.is_set("exclusiveMaximum"),
        minimum: float(node, "minimum"),
        maximum: float(node, "maximum"),
        enumeration: enumeration(node, Value::as_f64),
    }
}

fn integer(node: &mut Node<'_>) -> IntegerType {
    IntegerType {
        format: node.text("format").into(),
        multiple_of: bound(node, "multipleOf"),
        exclusive_minimum: node.is_set("exclusiveMinimum"),
        exclusive_maximum: node.is_set("exclusiveMaximum"),
        minimum: bound(node, "minimum"),
        maximum: bound(node, "maximum"),
        enumeration: enumeration(node, Value::as_i64),
    }
}

fn bound(node: &Node<'_>, key: &str) -> Option<i64> {
    node.get(key)?.as_i64()
}

fn object(node: &mut Node<'_>) -> Read<ObjectType> {
    let properties = node.map("properties", schema)?;
    Ok(ObjectType {
        properties: properties
            .into_iter()
            .map(|(name, property)| (name, boxed(property)))
            .collect(),
        required: node.texts("required"),
        additional_properties: additional_properties(node)?,
        min_properties: count(node, "minProperties"),
        max_properties: count(node, "maxProperties"),
    })
}

fn additional_properties(node: &mut Node<'_>) -> Read<Option<AdditionalProperties>> {
    if let Some(flag) = node.flag("additionalProperties") {
        return Ok(Some(AdditionalProperties::Any(flag)));
    }
    let schema = node.object("additionalProperties", schema)?;
    Ok(schema.map(|schema| AdditionalProperties::Schema(Box::new(schema))))
}

fn array(node: &mut Node<'_>) -> Read<ArrayType> {
    Ok(ArrayType {
        items: node.object("items", schema)?.map(boxed),
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: node.is_set("uniqueItems"),
    })
}

fn any(node: &mut Node<'_>) -> Read<AnySchema> {
    let ObjectType {
        properties,
        required,
        additional_properties,
        min_properties,
        max_properties,
    } = object(node)?;
    Ok(AnySchema {
        typ: node.text("type"),
        pattern: node.text("pattern"),
        multiple_of: float(node, "multipleOf"),
        exclusive_minimum: node.flag("exclusiveMinimum"),
        exclusive_maximum: node.flag("exclusiveMaximum"),
        minimum: float(node, "minimum"),
        maximum: float(node, "maximum"),
        properties,
        required,
        additional_properties,
        min_properties,
        max_properties,
        items: node.object("items", schema)?.map(boxed),
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: node.flag("uniqueItems"),
        enumeration: node.elements("enum"),
        format: node.text("format"),
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
        one_of: node.list("oneOf", schema)?,
        all_of: node.list("allOf", schema)?,
        any_of: node.list("anyOf", schema)?,
        not: node.object("not", schema)?.map(Box::new),
    })
}

fn enumeration<T>(node: &Node<'_>, read: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    node.get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(read)
        .collect()
}

/// Whether the enum, if there is one, holds nothing else but null.
fn of_kind(node: &Node<'_>, is_kind: impl Fn(&Value) -> bool) -> bool {
    let mut values = node
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    values.all(|value| value.is_null() || is_kind(value))
}

fn bounds_are_integers(node: &Node<'_>) -> bool {
    ["multipleOf", "minimum", "maximum"]
        .iter()
        .all(|key| node.get(key).is_none_or(Value::is_i64))
}

fn float(node: &Node<'_>, key: &str) -> Option<f64> {
    node.get(key)?.as_f64()
}

fn count(node: &Node<'_>, key: &str) -> Option<usize> {
    node.get(key)?
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
}
