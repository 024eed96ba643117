//! Takes a value that is not of the kind that belongs in its place and gives a repair or an error; it must never accept what could mean two things.

use serde_json::{Map, Number, Value};

use super::super::spelling::{choices, nearest};
use super::super::table::{Kind, Shape};
use super::mend::Slot;
use super::{Checker, Repair};
use crate::diagnostic::{Code, Place};

impl Checker<'_> {
    /// Null where a key is optional.
    pub(super) fn nothing(&mut self) {
        let pointer = self.pointer();
        let message = format!("`{}` has no value; it is ignored", self.key());
        self.repair(
            Place::key(pointer.clone()),
            message,
            "give it a value, or remove it",
            Repair::Remove(pointer),
        );
    }

    /// Everything that is not a list or a mapping as it should be.
    pub(super) fn leaf(&mut self, shape: Shape, value: &Value, slot: Slot) {
        match (shape, value) {
            (Shape::Text, Value::String(_))
            | (Shape::Flag, Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(number)) if number.is_u64() => {}
            (Shape::Choice(words), Value::String(text)) => self.choice(words, text, slot),
            (Shape::Text, Value::Number(_) | Value::Bool(_)) => self.unquoted(value),
            (Shape::Flag, Value::String(text)) => self.flag(text, value, slot),
            (Shape::Number | Shape::Count, Value::String(text)) => {
                self.quoted_number(shape, text, value, slot);
            }
            (Shape::Count, Value::Number(number)) => self.count(number, value, slot),
            (Shape::Text, Value::Null) if self.key() == "description" => {
                self.read_as(
                    "text",
                    value,
                    "write a description",
                    Value::String(String::new()),
                );
            }
            (shape, value) => self.container(shape, value, slot),
        }
    }

    /// What should have been a list or a mapping.
    fn container(&mut self, shape: Shape, value: &Value, slot: Slot) {
        let empty = || Value::Object(Map::new());
        match (shape, value) {
            (Shape::List(Shape::Text), Value::String(_)) => {
                let list = Value::Array(vec![value.clone()]);
                self.read_as("a list", value, "write it as a list with one element", list);
            }
            (Shape::List(Shape::Text), Value::Bool(_)) if self.key() == "required" => {
                self.required_flag();
            }
            // The names of schemes alone, as other formats have them.
            (Shape::Map(Shape::List(_)), Value::String(name)) if self.key() == "security" => {
                let requirement = serde_json::json!({ name: [] });
                let help = format!("write `{name}: []`");
                self.read_as("a requirement", value, help, requirement);
            }
            (Shape::List(_), Value::Null) => {
                self.read_as("a list", value, "write `[]`", Value::Array(Vec::new()));
            }
            (Shape::Map(_), Value::Null) => self.read_as("a mapping", value, "write `{}`", empty()),
            (Shape::Object(kind) | Shape::Ref(kind), Value::Null) if may_be_empty(kind) => {
                self.read_as("a mapping", value, "write `{}`", empty());
            }
            (Shape::Map(_) | Shape::Object(_), Value::Array(elements)) if elements.is_empty() => {
                self.read_as("a mapping", value, "write `{}`", empty());
            }
            (Shape::Ref(Kind::Schema), Value::Bool(true)) => {
                self.read_as(
                    "a schema",
                    value,
                    "write `{}`, which allows everything",
                    empty(),
                );
            }
            (Shape::Ref(Kind::Schema), Value::Bool(false)) => {
                let nothing = serde_json::json!({ "not": {} });
                let help = "write `not: {}`, which allows nothing";
                self.read_as("a schema", value, help, nothing);
            }
            (Shape::Ref(Kind::Response), Value::Null) => {
                let empty = serde_json::json!({ "description": "" });
                self.read_as("a mapping", value, "write `{ description: … }`", empty);
            }
            (Shape::Object(Kind::Discriminator), Value::String(name)) => {
                let object = serde_json::json!({ "propertyName": name });
                self.read_as(
                    "an object",
                    value,
                    format!("write `propertyName: {name}` below it"),
                    object,
                );
            }
            (shape, value) => self.wrong_kind(shape, value, slot),
        }
    }

    fn wrong_kind(&mut self, shape: Shape, value: &Value, slot: Slot) {
        let message = format!(
            "`{}`: expected {}, found {}",
            self.key(),
            expected(shape),
            found(value)
        );
        let place = Place::value(self.pointer());
        let help = example(shape);
        self.mend((Code::WrongKind, place), message, help, (shape, slot));
    }

    /// `required: true` in the schema of a property.
    fn required_flag(&mut self) {
        let pointer = self.pointer();
        let message = "`required` of a schema is a list of properties, not a flag; it is ignored";
        let help = "list the property in the `required` of the object that has it";
        self.repair(
            Place::value(pointer.clone()),
            message,
            help,
            Repair::Remove(pointer),
        );
    }

    fn choice(&mut self, words: &'static [&'static str], text: &str, slot: Slot) {
        if words.contains(&text) {
            return;
        }
        let place = Place::value(self.pointer());
        let key = self.key();
        let set = |word: &str| Repair::Set(place.pointer.clone(), Value::String(word.to_owned()));
        if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
            let message = format!("`{key}` is `{text}`; it is read as `{word}`");
            let repair = set(word);
            return self.repair(place, message, format!("write `{word}`"), repair);
        }
        let help = format!("write {}", choices(words));
        if let Some(word) = nearest(text, words.iter().copied()) {
            let message = format!("unknown value `{text}` for `{key}`; did you mean `{word}`?");
            if !matches!(slot, Slot::Optional) {
                return self.error(Code::UnknownValue, place, message, help);
            }
            let repair = set(word);
            let fault = (Code::UnknownValue, place);
            return self.mistake(fault, message, help, "it is read as that", repair);
        }
        let message = format!("unknown value `{text}` for `{key}`");
        if key == "style" && slot == Slot::Optional {
            let repair = Repair::Remove(place.pointer.clone());
            return self.repair(place, format!("{message}; it is ignored"), help, repair);
        }
        let lack = (Shape::Choice(words), slot);
        self.mend((Code::UnknownValue, place), message, help, lack);
    }

    /// A scalar that should have been text.
    fn unquoted(&mut self, value: &Value) {
        let written = self.written(&self.pointer(), value);
        let quoted = format!("put it in quotes: `'{written}'`");
        let what = format!("the text `{written}`");
        self.read_as(&what, value, quoted, Value::String(written));
    }

    fn flag(&mut self, text: &str, value: &Value, slot: Slot) {
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => self.read_as(
                "true",
                value,
                "write `true`, without quotes",
                Value::Bool(true),
            ),
            "false" | "no" => self.read_as(
                "false",
                value,
                "write `false`, without quotes",
                Value::Bool(false),
            ),
            _ => self.wrong_kind(Shape::Flag, value, slot),
        }
    }

    fn quoted_number(&mut self, shape: Shape, text: &str, value: &Value, slot: Slot) {
        let number: Option<Number> = serde_json::from_str(text).ok();
        match number.filter(|number| matches!(shape, Shape::Number) || number.is_u64()) {
            Some(number) => self.read_as(
                "a number",
                value,
                format!("write `{number}`, without quotes"),
                Value::Number(number),
            ),
            None => self.wrong_kind(shape, value, slot),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked before"
    )]
    fn count(&mut self, number: &Number, value: &Value, slot: Slot) {
        match number.as_f64() {
            Some(count) if count >= 0.0 && count.fract() == 0.0 && count < 1e15 => {
                let count = count as u64;
                self.read_as(
                    "an integer",
                    value,
                    format!("write `{count}`"),
                    Value::Number(count.into()),
                );
            }
            _ => self.wrong_kind(Shape::Count, value, slot),
        }
    }

    fn read_as(&mut self, what: &str, value: &Value, help: impl Into<String>, repaired: Value) {
        let message = format!("`{}` is {}; it is read as {what}", self.key(), found(value));
        let pointer = self.pointer();
        self.repair(
            Place::value(pointer.clone()),
            message,
            help,
            Repair::Set(pointer, repaired),
        );
    }
}

/// Whether an object of this kind says something even if it has no members.
const fn may_be_empty(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Paths
            | Kind::PathItem
            | Kind::Responses
            | Kind::Schema
            | Kind::MediaType
            | Kind::Components
    )
}

/// What a value is, in words.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        Value::String(_) => "text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}

fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "a value",
        Shape::Text => "text",
        Shape::Choice(_) => "a word",
        Shape::Flag => "`true` or `false`",
        Shape::Number => "a number",
        Shape::Count => "an integer that is not negative",
        Shape::List(_) => "a list",
        Shape::Map(_) => "a mapping",
        Shape::Object(kind) | Shape::Ref(kind) => match kind {
            Kind::Schema => "a schema",
            Kind::Operation => "an operation",
            _ => "a mapping",
        },
        Shape::FlagOrRef(_) => "a schema, `true` or `false`",
    }
}

fn example(shape: Shape) -> String {
    match shape {
        Shape::Choice(words) => format!("write {}", choices(words)),
        Shape::Text => "write a single text".to_owned(),
        Shape::List(_) => "write a list: each element on a line of its own, after `- `".to_owned(),
        Shape::Ref(Kind::Schema) => {
            "write a schema such as `type: string`, or a `$ref` to one".to_owned()
        }
        Shape::Map(_) | Shape::Object(_) | Shape::Ref(_) => {
            "write its keys below it, indented: `key: value`".to_owned()
        }
        other => format!("write {}", expected(other)),
    }
}
