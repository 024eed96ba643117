//! Takes an object whose keys are known and gives what the table can't say about it: rules between its members; it must never look outside of the object.

use serde_json::{Map, Value};

use super::super::operations::placeholders;
use super::super::spelling::{choices, nearest};
use super::super::table::Kind;
use super::{Checker, Repair};
use crate::diagnostic::{Code, Place};

type Members = Map<String, Value>;

/// Where a key can be sent.
const PLACES_OF_KEYS: [&str; 3] = ["query", "header", "cookie"];

impl Checker<'_> {
    /// The key of the object that is being looked at, for what is missing in it.
    pub(super) fn here(&self) -> Place {
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
                let rooted = format!("/{}", key.trim_start().trim_start_matches('/'));
                let help = format!("write `{rooted}`");
                let (mend, repair) = if members.contains_key(&rooted) {
                    let ignored = Repair::Remove(place.pointer.clone());
                    ("it is left out".to_owned(), ignored)
                } else {
                    let mend = format!("it is read as `{rooted}`");
                    (mend, Repair::Rename(place.pointer.clone(), rooted))
                };
                self.mistake((Code::InvalidPath, place), message, help, mend, repair);
            } else {
                let message = format!("the braces of the path `{key}` do not match");
                let help = "put the name of each parameter between `{` and `}`";
                let repair = Repair::Remove(place.pointer.clone());
                let fault = (Code::InvalidPath, place);
                self.mistake(fault, message, help, "it is left out", repair);
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
            let meant = status_of(key).filter(|status| !members.contains_key(status));
            let (mend, repair) = if let Some(status) = meant {
                let mend = format!("it is read as `{status}`");
                (mend, Repair::Rename(place.pointer.clone(), status))
            } else {
                let ignored = Repair::Remove(place.pointer.clone());
                ("it is left out".to_owned(), ignored)
            };
            self.mistake((Code::InvalidStatus, place), message, help, mend, repair);
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

    /// Each type of scheme has required keys of its own.
    fn security_scheme(&mut self, members: &Members) {
        let required: &[&str] = match members.get("type").and_then(Value::as_str) {
            Some("apiKey") => &["name", "in"],
            Some("http") => &["scheme"],
            Some("oauth2") => &["flows"],
            Some("openIdConnect") => &["openIdConnectUrl"],
            _ => &[],
        };
        // A key of a wrong kind or value is dropped for it, which leaves a scheme without.
        let usable = |key: &str| match members.get(key) {
            Some(Value::String(place)) if key == "in" => PLACES_OF_KEYS.contains(&place.as_str()),
            value => {
                value.is_some_and(|value| !value.is_null() && (key == "flows" || is_scalar(value)))
            }
        };
        for key in required.iter().filter(|key| !usable(key)) {
            let place = self.here();
            let message =
                format!("the security scheme has no usable `{key}`, which its type requires");
            let empty = match *key {
                "flows" => Some(Value::Object(Map::new())),
                "openIdConnectUrl" => Some(Value::String(String::new())),
                _ => None,
            };
            let pointer = place.pointer.clone();
            let (mend, repair) = match empty {
                Some(empty) => (
                    "it is read as empty",
                    Repair::Set(pointer.child(key), empty),
                ),
                None => ("it is left out", Repair::Remove(pointer)),
            };
            let fault = (Code::MissingKey, place);
            self.mistake(fault, message, format!("add `{key}`"), mend, repair);
        }
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

/// The status that a key begins with, such as `200 OK`.
fn status_of(key: &str) -> Option<String> {
    if nearest(key, ["default"]).is_some() {
        return Some("default".to_owned());
    }
    let status: String = key.trim().chars().take(3).collect();
    let more = key.trim().chars().nth(3);
    (super::is_status(&status) && !more.is_some_and(char::is_alphanumeric)).then_some(status)
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
