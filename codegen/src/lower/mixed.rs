//! Takes a schema whose keywords are of several kinds and gives the kind that it means; it must never drop properties or alternatives.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, SchemaKind, StringType,
    Type as Kind,
};

/// What the schema means, where its keywords leave no doubt.
pub(crate) fn meant(any: &AnySchema) -> Option<SchemaKind> {
    if !any.one_of.is_empty() {
        return Some(SchemaKind::OneOf {
            one_of: any.one_of.clone(),
        });
    }
    if !any.any_of.is_empty() {
        return Some(SchemaKind::AnyOf {
            any_of: any.any_of.clone(),
        });
    }
    if !any.all_of.is_empty() {
        return Some(SchemaKind::AllOf {
            all_of: any.all_of.clone(),
        });
    }
    let kind = match any.typ.as_deref() {
        Some("object") => Kind::Object(object(any)?),
        Some("array") => Kind::Array(array(any)),
        Some("boolean") => Kind::Boolean(BooleanType::default()),
        Some("integer") => Kind::Integer(IntegerType::default()),
        Some("number") => Kind::Number(NumberType::default()),
        Some("string") => Kind::String(string(any)),
        None if any.items.is_some() => Kind::Array(array(any)),
        None if any.pattern.is_some() || is_list_of_texts(any) => Kind::String(string(any)),
        _ => return None,
    };
    Some(SchemaKind::Type(kind))
}

/// The properties beside whatever else there is.
pub(crate) fn object(any: &AnySchema) -> Option<ObjectType> {
    let is_object = any.typ.as_deref() == Some("object")
        || !any.properties.is_empty()
        || any.additional_properties.is_some();
    let is_alone = any.one_of.is_empty() && any.any_of.is_empty();
    (is_object && is_alone).then(|| ObjectType {
        properties: any.properties.clone(),
        required: any.required.clone(),
        additional_properties: any.additional_properties.clone(),
        ..ObjectType::default()
    })
}

fn array(any: &AnySchema) -> ArrayType {
    ArrayType {
        items: any.items.clone(),
        min_items: None,
        max_items: None,
        unique_items: false,
    }
}

fn string(any: &AnySchema) -> StringType {
    let values = any.enumeration.iter();
    StringType {
        format: any.format.clone().into(),
        pattern: any.pattern.clone(),
        enumeration: values
            .filter_map(|value| value.as_str().map(|text| Some(text.to_owned())))
            .collect(),
        min_length: any.min_length,
        max_length: any.max_length,
    }
}

fn is_list_of_texts(any: &AnySchema) -> bool {
    !any.enumeration.is_empty() && any.enumeration.iter().all(serde_json::Value::is_string)
}
