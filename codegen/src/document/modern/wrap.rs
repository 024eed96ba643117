//! Takes a value of the wrong kind whose meaning is plain and gives it the right kind, so that what is in it is lowered as well; it must never drop a part of it.

use serde_json::{Map, Value};

use super::super::table::{Kind, Shape};
use super::work::Work;

/// Words that are types.
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

pub(super) fn wrap(work: &mut Work<'_>, value: &mut Value, shape: Shape) {
    match (shape, &mut *value) {
        (Shape::List(Shape::Object(_) | Shape::Ref(_) | Shape::Map(_)), Value::Object(members)) => {
            alone(work, members);
            let element = Value::Object(std::mem::take(members));
            let (from, to) = (work.here(), work.inner(&["0"]));
            work.origins.moved(&from, &to);
            *value = Value::Array(vec![element]);
        }
        (Shape::Map(of @ (Shape::Object(_) | Shape::Ref(_))), Value::Array(elements)) => {
            if let Some(key) = name_of(*of)
                && let Some(members) = named(elements, key)
            {
                let message = format!("this is a list; it is read as a mapping by `{key}`");
                let help = "write a mapping: each name, a colon, and what is called so below it";
                work.repaired(message, help);
                for (index, (name, _)) in members.iter().enumerate() {
                    work.moved(&[&index.to_string()], &[name]);
                }
                *value = Value::Object(members);
            }
        }
        (Shape::Ref(Kind::Schema), Value::String(name)) if TYPES.contains(&name.as_str()) => {
            let message = format!("this is the word `{name}`; it is read as `type: {name}`");
            work.repaired(message, "write a schema such as `type: string`");
            *value = serde_json::json!({ "type": name });
        }
        _ => {}
    }
}

fn alone(work: &mut Work<'_>, members: &Map<String, Value>) {
    let message = "this is a mapping; it is read as a list with one element";
    let help = "write `- ` before it";
    if !members.is_empty() {
        work.repaired(message.to_owned(), help);
    }
}

/// The member that names an object of a list.
const fn name_of(of: Shape) -> Option<&'static str> {
    match of {
        Shape::Ref(Kind::Schema | Kind::Header) => Some("name"),
        _ => None,
    }
}

/// The elements of a list by their names, if each has one of its own.
fn named(elements: &[Value], key: &str) -> Option<Map<String, Value>> {
    let mut members = Map::new();
    for element in elements {
        let name = element.get(key)?.as_str()?;
        let mut element = element.as_object()?.clone();
        element.shift_remove(key);
        let former = members.insert(name.to_owned(), Value::Object(element));
        former.is_none().then_some(())?;
    }
    (!members.is_empty()).then_some(members)
}
