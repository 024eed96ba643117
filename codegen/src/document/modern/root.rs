//! Takes objects other than schemas and gives them without what only later versions have; it must never touch a schema.

use serde_json::{Map, Value};

use super::super::table::Kind;
use super::Members;
use super::defs::{self, Definition};
use super::work::{Dropped, Work};

/// The keys of the whole document, and the definitions that it has outside of `components`.
pub(super) fn root(work: &mut Work<'_>, value: &mut Value) -> Vec<Definition> {
    let Value::Object(members) = value else {
        return Vec::new();
    };
    if work.is_modern() {
        members.shift_remove("jsonSchemaDialect");
        members.shift_remove("$schema");
        if let Some(Value::Object(webhooks)) = members.shift_remove("webhooks")
            && !webhooks.is_empty()
        {
            work.dropped(Dropped::Webhooks, "webhooks");
        }
        members
            .entry("paths")
            .or_insert_with(|| Value::Object(Map::new()));
    }
    defs::take(work, members);
    std::mem::take(&mut work.definitions)
}

/// Lowers the members of one object that is no schema.
pub(super) fn object(work: &mut Work<'_>, members: &mut Members, kind: Kind) {
    match kind {
        Kind::Components => callbacks(work, members),
        Kind::Operation => {
            callbacks(work, members);
            if work.is_modern() {
                members
                    .entry("responses")
                    .or_insert_with(|| Value::Object(Map::new()));
            }
        }
        Kind::Info if work.is_modern() => summary(work, members),
        Kind::License if work.is_modern() => {
            members.shift_remove("identifier");
        }
        Kind::SecurityScheme => mutual(members),
        Kind::Discriminator => mapping(work, members),
        _ => {}
    }
}

fn callbacks(work: &mut Work<'_>, members: &mut Members) {
    if let Some(Value::Object(callbacks)) = members.shift_remove("callbacks")
        && !callbacks.is_empty()
    {
        work.dropped(Dropped::Callbacks, "callbacks");
    }
}

/// A summary is the next best description.
fn summary(work: &mut Work<'_>, members: &mut Members) {
    let Some(summary) = members.shift_remove("summary") else {
        return;
    };
    if !members.contains_key("description") {
        work.moved(&["summary"], &["description"]);
        members.insert("description".to_owned(), summary);
    }
}

/// Certificates of clients are a scheme of HTTP that 3.0 has no word for.
fn mutual(members: &mut Members) {
    if members.get("type").and_then(Value::as_str) == Some("mutualTLS") {
        for (key, word) in [("type", "http"), ("scheme", "mutualTLS")] {
            members.insert(key.to_owned(), Value::String(word.to_owned()));
        }
    }
}

/// The values of a mapping are references, or names.
fn mapping(work: &mut Work<'_>, members: &Members) {
    let Some(Value::Object(mapping)) = members.get("mapping") else {
        return;
    };
    let outer = work.enter("mapping");
    for (key, target) in mapping {
        if let Some(target) = target.as_str().filter(|target| target.contains('#')) {
            work.reference(key, target, Kind::Schema);
        }
    }
    work.leave(outer);
}
