//! Takes a checked value and gives it in the types of openapiv3; it must never repair anything.
//!
//! openapiv3 reads itself by `serde`, but copies everything below each object several times and needs a deep stack. So only the objects without schemas are read that way;
//! those that hold others are put together here. The result is the same, but for callbacks and links, which a client has no use for and which are left out.

mod operation;
mod schema;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::source::Pointer;

/// What could not be read, and why.
pub(super) type Failure = (Pointer, String);

type Read<T> = Result<T, Failure>;

/// Reads the document, or says what could not be read and where.
pub(super) fn read(value: &Value) -> Read<OpenAPI> {
    let root = Node {
        value,
        at: At {
            parent: None,
            step: Step::Root,
        },
    };
    // Most of a document is in these two.
    let (paths, components) = std::thread::scope(|scope| {
        let components = scope.spawn(|| root.member("components").map(components).transpose());
        let paths = root.member("paths").map(operation::paths).transpose();
        match components.join() {
            Ok(components) => (paths, components),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    Ok(OpenAPI {
        openapi: root.text("openapi").unwrap_or_default(),
        info: root.leaf("info")?.unwrap_or_default(),
        servers: root.leaf("servers")?.unwrap_or_default(),
        paths: paths?.unwrap_or_default(),
        components: components?,
        security: root.leaf("security")?,
        tags: root.leaf("tags")?.unwrap_or_default(),
        external_docs: root.leaf("externalDocs")?,
        extensions: root.extensions(),
    })
}

fn components(node: Node<'_>) -> Read<Components> {
    Ok(Components {
        schemas: node.map("schemas", schema::schema)?,
        responses: node.map("responses", operation::response)?,
        parameters: node.map("parameters", operation::parameter)?,
        examples: node.map("examples", operation::example)?,
        request_bodies: node.map("requestBodies", operation::request_body)?,
        headers: node.map("headers", operation::header)?,
        security_schemes: node.leaf("securitySchemes")?.unwrap_or_default(),
        links: IndexMap::new(),
        callbacks: IndexMap::new(),
        extensions: node.extensions(),
    })
}

/// The way to a value; it becomes a pointer only if something fails.
#[derive(Clone, Copy)]
struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl At<'_> {
    fn pointer(&self) -> Pointer {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(here) = at {
            steps.push(here.step);
            at = here.parent;
        }
        let mut pointer = Pointer::root();
        for step in steps.iter().rev() {
            match step {
                Step::Root => {}
                Step::Key(key) => pointer.push(key),
                Step::Index(index) => pointer.push_index(*index),
            }
        }
        pointer
    }
}

/// A value and the way to it.
#[derive(Clone, Copy)]
struct Node<'a> {
    value: &'a Value,
    at: At<'a>,
}

impl<'a> Node<'a> {
    fn get(&self, key: &str) -> Option<&'a Value> {
        self.value.get(key).filter(|value| !value.is_null())
    }

    /// The member with a key; null is as good as none.
    fn member<'b>(&'b self, key: &'b str) -> Option<Node<'b>> {
        Some(Node {
            value: self.get(key)?,
            at: At {
                parent: Some(&self.at),
                step: Step::Key(key),
            },
        })
    }

    fn members(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.value.as_object().into_iter().flatten()
    }

    fn child<'b>(&'b self, key: &'b str, value: &'b Value) -> Node<'b> {
        Node {
            value,
            at: At {
                parent: Some(&self.at),
                step: Step::Key(key),
            },
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_str().map(str::to_owned)
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    fn is_set(&self, key: &str) -> bool {
        self.flag(key).unwrap_or_default()
    }

    fn value(&self, key: &str) -> Option<Value> {
        self.get(key).cloned()
    }

    fn texts(&self, key: &str) -> Vec<String> {
        let elements = self
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        elements
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    fn extensions(&self) -> IndexMap<String, Value> {
        let own = self.members().filter(|(key, _)| key.starts_with("x-"));
        own.map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// A member that is read by `serde`.
    fn leaf<T: DeserializeOwned>(&self, key: &str) -> Read<Option<T>> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let read = serde_path_to_error::deserialize(value);
        read.map(Some)
            .map_err(|error: serde_path_to_error::Error<serde_json::Error>| {
                let mut pointer = self.at.pointer().child(key);
                for step in error.path() {
                    match step {
                        serde_path_to_error::Segment::Seq { index } => {
                            pointer.push_index(*index);
                        }
                        serde_path_to_error::Segment::Map { key } => pointer.push(key),
                        _ => break,
                    }
                }
                (pointer, error.inner().to_string())
            })
    }

    /// A mapping of objects or references to them.
    fn map<T>(
        &self,
        key: &str,
        read: fn(Node<'_>) -> Read<T>,
    ) -> Read<IndexMap<String, ReferenceOr<T>>> {
        let Some(node) = self.member(key) else {
            return Ok(IndexMap::new());
        };
        node.members()
            .map(|(key, value)| Ok((key.clone(), node.child(key, value).or_reference(read)?)))
            .collect()
    }

    /// A list of objects or references to them.
    fn list<T>(&self, key: &str, read: fn(Node<'_>) -> Read<T>) -> Read<Vec<ReferenceOr<T>>> {
        let Some(node) = self.member(key) else {
            return Ok(Vec::new());
        };
        let elements = node.value.as_array().into_iter().flatten().enumerate();
        let child = |(index, value)| Node {
            value,
            at: At {
                parent: Some(&node.at),
                step: Step::Index(index),
            },
        };
        elements
            .map(|element| child(element).or_reference(read))
            .collect()
    }

    /// A member that is an object or a reference to one.
    fn object<T>(&self, key: &str, read: fn(Node<'_>) -> Read<T>) -> Read<Option<ReferenceOr<T>>> {
        self.member(key)
            .map(|node| node.or_reference(read))
            .transpose()
    }

    fn or_reference<T>(self, read: fn(Node<'_>) -> Read<T>) -> Read<ReferenceOr<T>> {
        match self.value.get("$ref").and_then(Value::as_str) {
            Some(reference) => Ok(ReferenceOr::Reference {
                reference: reference.to_owned(),
            }),
            None => read(self).map(ReferenceOr::Item),
        }
    }

    fn failure<T>(&self, complaint: &str) -> Read<T> {
        Err((self.at.pointer(), complaint.to_owned()))
    }
}
