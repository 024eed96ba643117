//! Takes a schema whose keys are known and gives what is wrong between its type, its bounds and its values; it must never look into another schema.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::spelling::{choices, nearest};
use super::{Checker, Repair, leaf};
use crate::diagnostic::{Code, Place};
use crate::source::Pointer;

type Members = Map<String, Value>;

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

/// Words that people write for a type: the type and the format that they mean.
const MEANT: [(&str, &str, &str); 37] = [
    ("file", "string", "binary"),
    ("binary", "string", "binary"),
    ("byte", "string", "byte"),
    ("bytes", "string", "byte"),
    ("base64", "string", "byte"),
    ("str", "string", ""),
    ("text", "string", ""),
    ("char", "string", ""),
    ("enum", "string", ""),
    ("time", "string", "time"),
    ("date", "string", "date"),
    ("datetime", "string", "date-time"),
    ("date-time", "string", "date-time"),
    ("timestamp", "string", "date-time"),
    ("uuid", "string", "uuid"),
    ("guid", "string", "uuid"),
    ("uri", "string", "uri"),
    ("url", "string", "uri"),
    ("email", "string", "email"),
    ("password", "string", "password"),
    ("int", "integer", ""),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("long", "integer", "int64"),
    ("short", "integer", "int32"),
    ("float", "number", "float"),
    ("double", "number", "double"),
    ("decimal", "number", ""),
    ("numeric", "number", ""),
    ("bool", "boolean", ""),
    ("list", "array", ""),
    ("set", "array", ""),
    ("map", "object", ""),
    ("dict", "object", ""),
    ("dictionary", "object", ""),
    ("hash", "object", ""),
    ("struct", "object", ""),
];

impl Checker<'_> {
    pub(super) fn schema(&mut self, members: &Members) {
        match members.get("type") {
            None => self.enum_values(members, ""),
            Some(Value::String(name)) => {
                let meant = self.type_name(name, members);
                self.enum_values(members, meant.unwrap_or_default());
            }
            Some(other) => {
                let message = format!("`type`: expected a word, found {}", leaf::found(other));
                let place = Place::value(self.pointer().child("type"));
                let repair = Repair::Remove(place.pointer.clone());
                let help = format!("write {}", choices(&TYPES));
                let fault = (Code::WrongKind, place);
                self.mistake(fault, message, help, "it is ignored", repair);
            }
        }
        self.exclusive(members, "exclusiveMinimum");
        self.exclusive(members, "exclusiveMaximum");
    }

    /// The type that a word means, if it means one.
    fn type_name(&mut self, name: &str, members: &Members) -> Option<&'static str> {
        if let Some(known) = TYPES.into_iter().find(|known| *known == name) {
            return Some(known);
        }
        let place = Place::value(self.pointer().child("type"));
        let message = format!("unknown value `{name}` for `type`");
        let help = format!("write {}", choices(&TYPES));
        let set = |word: &str| Repair::Set(place.pointer.clone(), Value::String(word.to_owned()));
        let lower = name.to_ascii_lowercase();
        if let Some((_, meant, format)) = MEANT.iter().find(|(word, ..)| *word == lower) {
            let repair = set(meant);
            self.meant_type(place, &message, (meant, format), repair, members);
            return Some(meant);
        }
        let meant = nearest(name, TYPES);
        match meant {
            Some(meant) if meant.eq_ignore_ascii_case(name) => {
                let repair = set(meant);
                let message = format!("{message}; it is read as `{meant}`");
                self.repair(place, message, help, repair);
            }
            Some(meant) => {
                let repair = set(meant);
                let message = format!("{message}; did you mean `{meant}`?");
                let fault = (Code::UnknownValue, place);
                self.mistake(fault, message, help, "it is read as that", repair);
            }
            None => {
                let repair = Repair::Remove(place.pointer.clone());
                let message = format!("{message}; the schema is read as if it had none");
                self.repair(place, message, help, repair);
            }
        }
        meant.and_then(|meant| TYPES.into_iter().find(|known| *known == meant))
    }

    fn meant_type(
        &mut self,
        place: Place,
        message: &str,
        (meant, format): (&str, &str),
        repair: Repair,
        members: &Members,
    ) {
        let pointer = self.pointer().child("format");
        let written = if format.is_empty() {
            format!("`type: {meant}`")
        } else {
            format!("`type: {meant}` with `format: {format}`")
        };
        let message = format!("{message}; it is read as {written}");
        self.repair(place, message, format!("write {written}"), repair);
        if !format.is_empty() && !members.contains_key("format") {
            let format = Value::String(format.to_owned());
            self.findings.repairs.push(Repair::Set(pointer, format));
        }
    }

    /// A bound is a flag; numbers were lowered before.
    fn exclusive(&mut self, members: &Members, key: &'static str) {
        let Some(value) = members.get(key).filter(|value| !value.is_boolean()) else {
            return;
        };
        let place = Place::value(self.pointer().child(key));
        let repair = Repair::Remove(place.pointer.clone());
        if value.is_null() {
            return self.findings.repairs.push(repair);
        }
        let found = leaf::found(value);
        let message = format!("`{key}`: expected `true` or `false`, found {found}");
        let fault = (Code::WrongKind, place);
        let help = "write `true` or `false`";
        self.mistake(fault, message, help, "it is ignored", repair);
    }

    /// One finding for each enum that is repaired, since its values tend to be wrong all together; one for each value that can't be.
    fn enum_values(&mut self, members: &Members, name: &str) {
        let Some(Value::Array(values)) = members.get("enum") else {
            return;
        };
        if are_sound(values, name) {
            return;
        }
        let pointer = self.pointer().child("enum");
        if values.is_empty() {
            let message = "`enum` has no values; it is ignored";
            let repair = Repair::Remove(pointer.clone());
            return self.repair(Place::key(pointer), message, "list the values", repair);
        }
        let mut repaired = Vec::new();
        let mut wrong = Vec::new();
        let mut read = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            if value.is_null() || is_of_type(value, name) {
                read.push(value.clone());
                continue;
            }
            let pointer = pointer.index(index);
            match self.converted(value, name, &pointer) {
                Some(converted) => {
                    read.push(converted);
                    repaired.push((value, pointer));
                }
                None => wrong.push((value, pointer)),
            }
        }
        self.wrong_values(members, name, &wrong, &read);
        self.converted_values(name, &repaired);
        let count = read.len();
        let mut seen = BTreeSet::new();
        read.retain(|value| seen.insert(value.to_string()));
        if read.len() < count {
            let message = "`enum` has the same value more than once; it counts once";
            let help = "remove the others";
            self.warning(Code::Repaired, Place::value(pointer.clone()), message, help);
        }
        let changed = read.len() < count || !repaired.is_empty() || !wrong.is_empty();
        if changed && !read.is_empty() {
            let repair = Repair::Set(pointer, Value::Array(read));
            self.findings.repairs.push(repair);
        }
    }

    /// Values that are not of the type; if none is, the type is what is wrong.
    fn wrong_values(
        &mut self,
        members: &Members,
        name: &str,
        wrong: &[(&Value, Pointer)],
        read: &[Value],
    ) {
        let none = read.iter().all(Value::is_null);
        let here = self.pointer();
        let items = members.get("items").and_then(Value::as_object);
        let mend = match name {
            _ if !none => "it is ignored",
            "array" => "it is read as a value of an element",
            _ => "the type is ignored",
        };
        for (value, pointer) in wrong {
            let found = leaf::found(value);
            let message = format!("{found} in the enum of a schema of type `{name}`");
            let help = "change the value, or the type of the schema";
            let fault = (Code::EnumKind, Place::value(pointer.clone()));
            // What is left of the enum is put together by the caller.
            self.mistake(fault, message, help, mend, None);
        }
        if !none || wrong.is_empty() {
            return;
        }
        let repairs = &mut self.findings.repairs;
        if name != "array" {
            repairs.push(Repair::Remove(here.child("type")));
            return;
        }
        let is_free =
            items.is_none_or(|items| !["$ref", "enum"].iter().any(|key| items.contains_key(*key)));
        if let Some(values) = members.get("enum").filter(|_| is_free && items.is_some()) {
            let place = here.child("items").child("enum");
            repairs.push(Repair::Set(place, values.clone()));
        }
        repairs.push(Repair::Remove(here.child("enum")));
    }

    fn converted_values(&mut self, name: &str, repaired: &[(&Value, Pointer)]) {
        let Some((first, pointer)) = repaired.first() else {
            return;
        };
        let place = Place::value(pointer.clone());
        let more = match repaired.len() {
            1 => String::new(),
            count => format!(" (and {} more like it)", count - 1),
        };
        let (found, read) = (
            leaf::found(first),
            if name == "string" {
                "text"
            } else {
                "what the type says"
            },
        );
        let message =
            format!("{found} in the enum of a schema of type `{name}`{more}; it is read as {read}");
        let help = if name == "string" {
            "put it in quotes"
        } else {
            "write it without quotes"
        };
        self.warning(Code::Repaired, place, message, help);
    }

    /// The value as the type wants it, if there is no doubt about which value is meant.
    fn converted(&self, value: &Value, name: &str, pointer: &Pointer) -> Option<Value> {
        match (name, value) {
            ("string", Value::Number(_) | Value::Bool(_)) => {
                Some(Value::String(self.written(pointer, value)))
            }
            ("integer" | "number" | "boolean", Value::String(text)) => {
                serde_json::from_str::<Value>(text)
                    .ok()
                    .filter(|value| is_of_type(value, name))
            }
            _ => None,
        }
    }
}

/// Whether there are values, each of the type, and none twice.
fn are_sound<'v>(values: &'v [Value], name: &str) -> bool {
    let mut seen = BTreeSet::new();
    let text = |value: &'v Value| match value {
        Value::String(text) => Cow::Borrowed(text.as_str()),
        other => Cow::Owned(other.to_string()),
    };
    let is_of_type = |value: &Value| value.is_null() || is_of_type(value, name);
    !values.is_empty()
        && values
            .iter()
            .all(|one| is_of_type(one) && seen.insert(text(one)))
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => {
            value.is_i64()
                || value.is_u64()
                || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}
