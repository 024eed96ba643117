//! Takes the value of a document of OpenAPI 3.1, or of 3.0 with forms of later versions, and gives it the shape of 3.0; it must never judge what is no form of any version.

mod bounds;
mod content;
mod defs;
mod items;
mod lists;
mod objects;
mod origins;
mod root;
mod schema;
mod siblings;
mod types;
mod unions;
mod values;
mod work;
mod wrap;

use serde_json::{Map, Value};

use super::table::{Kind, Shape};
use super::version::Version;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use work::{Dropped, Work};

pub(super) use origins::Origins;

type Members = Map<String, Value>;

/// What is to be known about a value that was lowered.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    pub(super) origins: Origins,
    /// At places in the text.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Schemas may stand in each other up to this depth; real ones do so up to a dozen. Later stages need a stack for each of them.
const DEEPEST: usize = 48;

/// Lowers a whole document.
pub(super) fn lower(source: &Source, value: &mut Value, version: Version) -> Lowered {
    let mut work = Work::new(source, version, value);
    let definitions = root::root(&mut work, value);
    items::items(&mut work, value);
    visit(&mut work, value, Shape::Object(Kind::Root), 0);
    work.definitions.extend(definitions);
    defs::place(&mut work, value);
    work.finish()
}

/// The parsers have limited how deeply values are nested, and schemas are limited here, so that this ends in time.
fn visit(work: &mut Work<'_>, value: &mut Value, shape: Shape, depth: usize) {
    wrap::wrap(work, value, shape);
    match (shape, value) {
        (Shape::List(of), Value::Array(elements)) => {
            for (index, element) in elements.iter_mut().enumerate() {
                let outer = work.enter(&index.to_string());
                visit(work, element, *of, depth);
                work.leave(outer);
            }
        }
        (Shape::Map(of), Value::Object(members)) => {
            for (key, member) in members {
                let outer = work.enter(key);
                visit(work, member, *of, depth);
                work.leave(outer);
            }
        }
        (Shape::FlagOrRef(_), Value::Bool(_)) => {}
        (Shape::Object(kind) | Shape::Ref(kind) | Shape::FlagOrRef(kind), value) => {
            object(work, value, kind, depth);
        }
        _ => {}
    }
}

fn object(work: &mut Work<'_>, value: &mut Value, kind: Kind, depth: usize) {
    let inner = depth + usize::from(kind == Kind::Schema);
    if inner > DEEPEST {
        work.dropped(Dropped::Depth, "");
        *value = schema::anything_or_nothing(true);
        return;
    }
    if kind == Kind::Schema {
        schema::schema(work, value);
    }
    let Value::Object(members) = value else {
        return;
    };
    if let Some(Value::String(target)) = members.get("$ref") {
        work.reference("$ref", target, kind);
        return;
    }
    root::object(work, members, kind);
    let object = kind.object();
    for (key, member) in members {
        if let Some(shape) = object.shape(key) {
            let outer = work.enter(key);
            visit(work, member, shape, inner);
            work.leave(outer);
        }
    }
}
