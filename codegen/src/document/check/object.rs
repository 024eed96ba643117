//! Takes an object whose keys are known and gives what the table can't say about it: rules between its members; it must never look outside of the object.

use serde_json::{Map, Value};

use super::super::operations::placeholders;
use super::super::spelling::{choices, nearest};
use super::super::table::{Field, Kind, Need, Object};
use super::{Checker, Repair, leaf};
use crate::diagnostic::{Code, Place};

type Members = Map<String, Value>;

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

impl Checker<'_> {
    pub(super) fn missing(&mut self, object: &'static Object, field: &Field) {
        let place = self.here();
        let name = field.name;
        let empty = match field.need {
            Need::Optional => return,
            Need::EmptyText => Value::String(String::new()),
            Need::EmptyMap => Value::Object(Map::new()),
            Need::Required => {
                let message = format!("{} has no `{name}`, which is required", object.name);
                return self.error(Code::MissingKey, place, message, format!("add `{name}`"));
            }
        };
        let repair = Repair::Set(place.pointer.child(name), empty);
        let message = format!("{} has no `{name}`; it is read as empty", object.name);
        self.repair(place, message, format!("add `{name}`"), repair);
    }

    /// The key of the object that is being looked at, for what is missing in it.
    fn here(&self) -> Place {
        let pointer = self.pointer();
        if pointer.is_root() {
            Place::value(pointer)
        } else {
            Place::key(pointer)
        }
    }

    pub(super) fn object_rules(&mut self, kind: Kind, members: &Members) {
        match kind {
            Kind::Paths => self.path_keys(members),
            Kind::Responses => self.status_keys(members),
            Kind::Parameter => {
                self.described(members);
                self.parameter(members);
            }
            Kind::Header => {
                self.described(members);
                self.style(members, "header");
            }
            Kind::Schema => self.schema(members),
            Kind::SecurityScheme => self.security_scheme(members),
            _ => {}
        }
    }

    fn path_keys(&mut self, members: &Members) {
        for key in members.keys().filter(|key| !key.starts_with("x-")) {
            let balanced = braces_match(key);
            let place = Place::key(self.pointer().child(key));
            if key.starts_with('/') && balanced {
                self.path_operators(key, members, place);
                continue;
            }
            if balanced {
                let message = format!("the path `{key}` does not begin with a slash");
                let help = format!("write `/{}`", key.trim_start());
                self.error(Code::InvalidPath, place, message, help);
            } else {
                let message = format!("the braces of the path `{key}` do not match");
                self.error(
                    Code::InvalidPath,
                    place,
                    message,
                    "put the name of each parameter between `{` and `}`",
                );
            }
        }
    }

    /// `{.name*}` is how URI templates give the style of a parameter, which OpenAPI does by `style` and `explode`.
    fn path_operators(&mut self, key: &str, members: &Members, place: Place) {
        let mut plain = key.to_owned();
        for name in placeholders(key) {
            let bare = name.trim_start_matches(['.', ';']).trim_end_matches('*');
            plain = plain.replacen(&format!("{{{name}}}"), &format!("{{{bare}}}"), 1);
        }
        if plain != key && !members.contains_key(&plain) {
            let message =
                format!("the path `{key}` has operators of URI templates; it is read as `{plain}`");
            let help =
                "write the name alone between braces, and `style` and `explode` in the parameter";
            let repair = Repair::Rename(place.pointer.clone(), plain);
            self.repair(place, message, help, repair);
        }
    }

    fn status_keys(&mut self, members: &Members) {
        for key in members
            .keys()
            .filter(|key| !key.starts_with("x-") && *key != "default")
        {
            if super::is_status(key) {
                continue;
            }
            let place = Place::key(self.pointer().child(key));
            let message = format!("`{key}` is not a status code{}", suggestion(key));
            let help = "write a status code such as `'200'`, a range such as `4XX`, or `default`";
            self.error(Code::InvalidStatus, place, message, help);
        }
    }

    /// A parameter or header says what it is by `schema` or by `content`, not by both.
    fn described(&mut self, members: &Members) {
        let (schema, content) = (
            members.contains_key("schema"),
            members.contains_key("content"),
        );
        if schema != content {
            return;
        }
        let pointer = self.pointer();
        if schema {
            let content = pointer.child("content");
            let message = "`schema` and `content` exclude each other; `content` is ignored";
            let repair = Repair::Remove(content.clone());
            self.repair(
                Place::key(content),
                message,
                "remove one of the two",
                repair,
            );
            return;
        }
        let plain = members.iter().filter(|(key, _)| is_plain_schema_key(key));
        let schema: Members = plain
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let message = "neither `schema` nor `content` says what the value is";
        let help = "add `schema`, for example `schema: { type: string }`";
        let repair = Repair::Set(pointer.child("schema"), Value::Object(schema));
        let place = self.here();
        self.repair(place, message, help, repair);
    }

    fn parameter(&mut self, members: &Members) {
        let Some(location) = members.get("in").and_then(Value::as_str) else {
            return;
        };
        self.style(members, location);
        if location == "path" && members.get("required").and_then(Value::as_bool) != Some(true) {
            let place = self.here();
            let repair = Repair::Set(place.pointer.child("required"), Value::Bool(true));
            self.repair(
                place,
                "a path parameter is always required",
                "add `required: true`",
                repair,
            );
        }
    }

    fn style(&mut self, members: &Members, location: &str) {
        let Some(style) = members.get("style").and_then(Value::as_str) else {
            return;
        };
        let allowed: &[&str] = match location {
            "path" => &["simple", "label", "matrix"],
            "header" => &["simple"],
            "cookie" => &["form"],
            _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        };
        if allowed.contains(&style) {
            return;
        }
        let pointer = self.pointer().child("style");
        let message = format!("`style: {style}` is not possible in a {location}; it is ignored");
        let help = format!("write {}", choices(allowed));
        self.repair(
            Place::value(pointer.clone()),
            message,
            help,
            Repair::Remove(pointer),
        );
    }

    fn schema(&mut self, members: &Members) {
        match members.get("type") {
            None => {}
            Some(Value::String(name)) => {
                self.type_name(name);
                self.enum_values(members, name);
            }
            Some(other) => {
                let message = format!("`type`: expected a word, found {}", leaf::found(other));
                let place = Place::value(self.pointer().child("type"));
                self.error(
                    Code::WrongKind,
                    place,
                    message,
                    format!("write {}", choices(&TYPES)),
                );
            }
        }
        self.exclusive(members, "exclusiveMinimum");
        self.exclusive(members, "exclusiveMaximum");
    }

    fn type_name(&mut self, name: &str) {
        if TYPES.contains(&name) {
            return;
        }
        let place = Place::value(self.pointer().child("type"));
        let message = format!("unknown value `{name}` for `type`");
        let help = format!("write {}", choices(&TYPES));
        match nearest(name, TYPES) {
            Some(meant) if meant.eq_ignore_ascii_case(name) => {
                let repair = Repair::Set(place.pointer.clone(), Value::String(meant.to_owned()));
                self.repair(
                    place,
                    format!("{message}; it is read as `{meant}`"),
                    help,
                    repair,
                );
            }
            Some(meant) => self.error(
                Code::UnknownValue,
                place,
                format!("{message}; did you mean `{meant}`?"),
                help,
            ),
            None => {
                let repair = Repair::Remove(place.pointer.clone());
                self.repair(
                    place,
                    format!("{message}; the schema is read as if it had none"),
                    help,
                    repair,
                );
            }
        }
    }

    /// A bound is a flag; numbers were lowered before.
    fn exclusive(&mut self, members: &Members, key: &'static str) {
        let place = Place::value(self.pointer().child(key));
        match members.get(key) {
            None | Some(Value::Bool(_)) => {}
            Some(Value::Null) => self.findings.repairs.push(Repair::Remove(place.pointer)),
            Some(other) => {
                let message = format!(
                    "`{key}`: expected `true` or `false`, found {}",
                    leaf::found(other)
                );
                self.error(Code::WrongKind, place, message, "write `true` or `false`");
            }
        }
    }

    /// One finding for each enum that is repaired, since its values tend to be wrong all together; one for each value that can't be.
    fn enum_values(&mut self, members: &Members, name: &str) {
        let Some(Value::Array(values)) = members.get("enum") else {
            return;
        };
        if values
            .iter()
            .all(|value| value.is_null() || is_of_type(value, name))
        {
            return;
        }
        let pointer = self.pointer().child("enum");
        let mut repaired = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if value.is_null() || is_of_type(value, name) {
                continue;
            }
            let pointer = pointer.index(index);
            if let Some(converted) = self.converted(value, name, &pointer) {
                repaired.push((value, Repair::Set(pointer, converted)));
                continue;
            }
            let message = format!(
                "{} in the enum of a schema of type `{name}`",
                leaf::found(value)
            );
            let help = "change the value, or the type of the schema";
            self.error(Code::EnumKind, Place::value(pointer), message, help);
        }
        let Some((first, Repair::Set(pointer, _))) = repaired.first() else {
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
        self.findings
            .repairs
            .extend(repaired.into_iter().map(|(_, repair)| repair));
    }

    /// The value as the type wants it, if there is no doubt about which value is meant.
    fn converted(
        &self,
        value: &Value,
        name: &str,
        pointer: &crate::source::Pointer,
    ) -> Option<Value> {
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

    /// Each type of scheme has required keys of its own.
    fn security_scheme(&mut self, members: &Members) {
        let required: &[&str] = match members.get("type").and_then(Value::as_str) {
            Some("apiKey") => &["name", "in"],
            Some("http") => &["scheme"],
            Some("oauth2") => &["flows"],
            Some("openIdConnect") => &["openIdConnectUrl"],
            _ => &[],
        };
        for key in required.iter().filter(|key| !members.contains_key(**key)) {
            let place = self.here();
            let message = format!("the security scheme has no `{key}`, which its type requires");
            self.error(Code::MissingKey, place, message, format!("add `{key}`"));
        }
    }
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

/// Swagger 2.0 put these next to the name of a parameter.
fn is_plain_schema_key(key: &str) -> bool {
    [
        "type", "format", "items", "enum", "default", "pattern", "minimum", "maximum",
    ]
    .contains(&key)
}

fn braces_match(template: &str) -> bool {
    let mut open = false;
    for letter in template.chars() {
        match letter {
            '{' if open => return false,
            '}' if !open => return false,
            '{' => open = true,
            '}' => open = false,
            _ => {}
        }
    }
    !open
}

fn suggestion(key: &str) -> String {
    super::super::spelling::suggestion(nearest(key, ["default"]))
}
