//! Takes a schema that is no object and no choice and gives the plain value that it means; it must never guess where keywords contradict each other.

use openapiv3::{
    AnySchema, IntegerFormat, ReferenceOr, Schema, StringFormat, Type as Kind,
    VariantOrUnknownOrEmpty as Format,
};

/// A plain value or a list.
#[derive(Clone, Debug)]
pub(crate) enum Leaf<'d> {
    /// A string.
    Text(Text<'d>),
    /// A whole number, with its format and the values that it may have.
    Integer(String, Vec<i64>),
    /// Any number.
    Number,
    /// True or false.
    Bool,
    /// A list.
    List(Option<&'d ReferenceOr<Box<Schema>>>),
    /// Values of several kinds.
    Values(&'d [serde_json::Value]),
}

/// A string.
#[derive(Clone, Debug)]
pub(crate) struct Text<'d> {
    pub(crate) format: String,
    pub(crate) pattern: Option<&'d str>,
    pub(crate) values: Vec<&'d str>,
}

impl Leaf<'_> {
    /// How much it says.
    pub(crate) fn detail(&self) -> usize {
        match self {
            Self::Text(text) => {
                text.values.len() * 4
                    + usize::from(!text.format.is_empty()) * 2
                    + usize::from(text.pattern.is_some())
            }
            Self::Integer(format, values) => values.len() * 2 + usize::from(!format.is_empty()),
            Self::List(items) => usize::from(items.is_some()),
            Self::Number | Self::Bool | Self::Values(_) => 0,
        }
    }
}

/// The value that a type of openapiv3 means, unless it is an object.
pub(crate) fn leaf(kind: &Kind) -> Option<Leaf<'_>> {
    Some(match kind {
        Kind::String(string) => Leaf::Text(Text {
            format: text_format(&string.format),
            pattern: string.pattern.as_deref(),
            values: string
                .enumeration
                .iter()
                .flatten()
                .map(String::as_str)
                .collect(),
        }),
        Kind::Integer(integer) => Leaf::Integer(
            match &integer.format {
                Format::Item(IntegerFormat::Int32) => "int32".to_owned(),
                Format::Item(IntegerFormat::Int64) | Format::Empty => String::new(),
                Format::Unknown(other) => other.clone(),
            },
            integer.enumeration.iter().flatten().copied().collect(),
        ),
        Kind::Number(_) => Leaf::Number,
        Kind::Boolean(_) => Leaf::Bool,
        Kind::Array(array) => Leaf::List(array.items.as_ref()),
        Kind::Object(_) => return None,
    })
}

fn text_format(format: &Format<StringFormat>) -> String {
    match format {
        Format::Item(StringFormat::Date) => "date",
        Format::Item(StringFormat::DateTime) => "date-time",
        Format::Item(StringFormat::Password) => "password",
        Format::Item(StringFormat::Byte) => "byte",
        Format::Item(StringFormat::Binary) => "binary",
        Format::Unknown(other) => other,
        Format::Empty => "",
    }
    .to_owned()
}

/// What keywords of several kinds mean, where they leave no doubt.
pub(crate) fn meant(any: &AnySchema) -> Option<Leaf<'_>> {
    let values = any.enumeration.as_slice();
    let texts: Vec<&str> = values
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let numbers: Vec<i64> = values
        .iter()
        .filter_map(serde_json::Value::as_i64)
        .collect();
    let null = values.iter().filter(|value| value.is_null()).count();
    let text = || {
        Leaf::Text(Text {
            format: any.format.clone().unwrap_or_default(),
            pattern: any.pattern.as_deref(),
            values: texts.clone(),
        })
    };
    let integer = || Leaf::Integer(any.format.clone().unwrap_or_default(), numbers.clone());
    Some(match any.typ.as_deref() {
        Some("array") => Leaf::List(any.items.as_ref()),
        Some("boolean") => Leaf::Bool,
        Some("integer") => integer(),
        Some("number") => Leaf::Number,
        Some("string") => text(),
        None if any.items.is_some() => Leaf::List(any.items.as_ref()),
        None if !texts.is_empty() && texts.len() + null == values.len() => text(),
        None if !numbers.is_empty() && numbers.len() + null == values.len() => integer(),
        None if values.len() > null => of_values(values),
        None if any.pattern.is_some() || any.min_length.is_some() || any.max_length.is_some() => {
            text()
        }
        None if any.minimum.is_some() || any.maximum.is_some() => Leaf::Number,
        _ => return None,
    })
}

/// Values that are neither all strings nor all whole numbers.
fn of_values(values: &[serde_json::Value]) -> Leaf<'_> {
    let all = |is: fn(&serde_json::Value) -> bool| {
        values.iter().all(|value| value.is_null() || is(value))
    };
    if all(serde_json::Value::is_boolean) {
        Leaf::Bool
    } else if all(serde_json::Value::is_number) {
        Leaf::Number
    } else {
        Leaf::Values(values)
    }
}

/// Whether a schema allows any value.
pub(crate) fn is_bare(any: &AnySchema) -> bool {
    any.typ.is_none()
        && any.properties.is_empty()
        && any.required.is_empty()
        && any.additional_properties.is_none()
        && any.one_of.is_empty()
        && any.any_of.is_empty()
        && any.all_of.is_empty()
        && meant(any).is_none()
}
