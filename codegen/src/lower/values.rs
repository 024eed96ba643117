//! Takes strings and whole numbers with their formats and values and gives their types; it must never refuse a value that the API may answer.

use std::collections::BTreeSet;

use openapiv3::SchemaData;
use serde_json::Value;

use super::Lowering;
use super::drafts::{Draft, draft};
use super::mixed::Text;
use super::names::{self, Candidates};
use super::place::Place;
use super::types::Use;
use super::words::Words;
use crate::model::{Enum, Type, TypeId, TypeKind, Variant};

impl Lowering<'_> {
    pub(crate) fn text_type(&mut self, text: &Text<'_>, data: &SchemaData, place: &Place) -> Type {
        if !text.values.is_empty() {
            if is_flag(&text.values, place.usage()) {
                return Type::Flag;
            }
            let values: Vec<String> = text
                .values
                .iter()
                .map(|value| (*value).to_owned())
                .collect();
            return self.enum_type(&values, false, data, place);
        }
        match text.format.as_str() {
            "password" => return Type::Secret,
            "date-time" => return Type::Timestamp,
            "date" if place.usage() == Use::Json => return Type::Date,
            "byte" if place.usage() == Use::Json => return Type::Bytes,
            _ => {}
        }
        match text.pattern {
            Some(source) => self.pattern_type(source, data, &place.site, place.spellings()),
            None => Type::Text,
        }
    }

    pub(crate) fn integer_type(
        &mut self,
        format: &str,
        values: &[i64],
        data: &SchemaData,
        place: &Place,
    ) -> Type {
        if !values.is_empty() && place.usage() == Use::Json {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            return self.enum_type(&values, true, data, place);
        }
        match format {
            _ if place.usage() == Use::Sent => Type::Integer,
            "int32" | "int16" | "int8" => Type::Integer32,
            "uint32" | "uint16" | "uint8" => Type::Unsigned32,
            "uint64" | "uint" => Type::Unsigned,
            _ => Type::Integer,
        }
    }

    fn enum_type(
        &mut self,
        values: &[String],
        numbers: bool,
        data: &SchemaData,
        place: &Place,
    ) -> Type {
        let kind = TypeKind::Enum(enumeration(values, numbers, data));
        let draft = draft(self.home, place.spellings(), data, kind);
        Type::Named(self.definition(draft))
    }

    /// A definition, or an equal one that is there already.
    pub(crate) fn definition(&mut self, draft: Draft) -> TypeId {
        match self.drafts.find(&draft) {
            Some(known) => known,
            None => self.drafts.add(draft),
        }
    }
}

/// Whether a list of strings is a boolean in disguise. What is sent must be spelled as the runtime spells it.
fn is_flag(values: &[&str], usage: Use) -> bool {
    let mut spelled: Vec<String> = match usage {
        Use::Json => values
            .iter()
            .map(|value| value.to_ascii_lowercase())
            .collect(),
        Use::Sent => values.iter().map(|value| (*value).to_owned()).collect(),
    };
    spelled.sort_unstable();
    spelled == ["false", "true"]
}

/// The values of a list, each once.
pub(crate) fn enumeration(values: &[String], numbers: bool, data: &SchemaData) -> Enum {
    let described = ["x-enum-descriptions", "x-enumDescriptions"]
        .iter()
        .find_map(|key| data.extensions.get(*key));
    let called = ["x-enum-varnames", "x-enumNames"]
        .iter()
        .find_map(|key| data.extensions.get(*key))
        .filter(|_| numbers);
    let mut seen = BTreeSet::new();
    let mut listed: Vec<(&String, Option<&str>, &str)> = Vec::new();
    for (index, wire) in values.iter().enumerate() {
        if !seen.insert(wire) {
            continue;
        }
        listed.push((
            wire,
            text_at(called, wire, index),
            text_at(described, wire, index).unwrap_or_default(),
        ));
    }
    let spellings: Vec<_> = listed
        .iter()
        .map(|(wire, name, _)| spellings(wire, *name))
        .collect();
    let names = names::assign(&spellings, &["Self"]);
    let unknown = ["UnknownValue", "UnlistedValue", "UnrecognizedValue"]
        .into_iter()
        .find(|unknown| names.iter().all(|name| name.as_str() != *unknown))
        .unwrap_or("UnknownValue");
    let variants = listed
        .iter()
        .zip(names)
        .map(|((wire, _, docs), name)| Variant {
            wire: (*wire).clone(),
            name,
            docs: (*docs).to_owned(),
        });
    Enum {
        numbers,
        variants: variants.collect(),
        unknown: names::single(unknown),
    }
}

/// What an extension says of one value: by its text, or by its place in the list.
fn text_at<'v>(all: Option<&'v Value>, wire: &str, index: usize) -> Option<&'v str> {
    let all = all?;
    let found = all.get(wire).or_else(|| all.get(index));
    found.and_then(Value::as_str)
}

fn spellings(wire: &str, name: Option<&str>) -> Candidates {
    let value = if wire.is_empty() { "empty" } else { wire };
    let own = name.map(|name| Words::of(name).pascal());
    let others = [
        Words::of(value).pascal(),
        Words::of(&format!("value {value}")).pascal(),
    ];
    Candidates::new(own.into_iter().chain(others))
}
