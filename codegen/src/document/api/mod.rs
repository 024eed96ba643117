//! Takes a checked value apart and gives it in the types of openapiv3; it must never repair anything.
//!
//! openapiv3 reads itself by `serde`, but copies everything below each object several times and needs a deep stack. So only the objects without schemas are read that way;
//! those that hold others are put together here, out of the texts that the value has. The result is the same, but for callbacks and links, which a client has no use for and which are left out.

mod operation;
mod schema;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::cores;
use crate::source::Pointer;

/// What could not be read, and why.
pub(super) type Failure = (Pointer, String);

type Read<T> = Result<T, Failure>;

/// Reads the document, or says what could not be read and where.
pub(super) fn read(value: Value) -> Read<OpenAPI> {
    let mut root = Node { value, at: ROOT };
    let inner = root.take("components");
    let mut inner = inner.map(|value| Node {
        value,
        at: COMPONENTS,
    });
    let schemas = inner.as_mut().and_then(|node| node.take("schemas"));
    let schemas = schemas.map(|value| Node { value, at: SCHEMAS });
    // They are about as much as all the rest.
    let ((paths, components), schemas) = cores::both(
        || {
            let paths = root.one("paths", operation::paths);
            (paths, inner.map(components).transpose())
        },
        || {
            schemas
                .map(|node| node.each(|member| member.or_reference(schema::schema)))
                .transpose()
        },
    );
    let (paths, mut components) = (paths?, components?);
    if let (Some(components), Some(schemas)) = (&mut components, schemas?) {
        components.schemas = schemas;
    }
    Ok(OpenAPI {
        openapi: root.text("openapi").unwrap_or_default(),
        info: root.leaf("info")?.unwrap_or_default(),
        servers: root.leaf("servers")?.unwrap_or_default(),
        paths: paths.unwrap_or_default(),
        components,
        security: root.leaf("security")?,
        tags: root.leaf("tags")?.unwrap_or_default(),
        external_docs: root.leaf("externalDocs")?,
        extensions: root.extensions(),
    })
}

/// All components but the schemas.
fn components(mut node: Node<'_>) -> Read<Components> {
    Ok(Components {
        schemas: IndexMap::new(),
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

const ROOT: At<'_> = At {
    parent: None,
    step: Step::Root,
};

const COMPONENTS: At<'_> = At {
    parent: Some(&ROOT),
    step: Step::Key("components"),
};

const SCHEMAS: At<'_> = At {
    parent: Some(&COMPONENTS),
    step: Step::Key("schemas"),
};

/// A value, of which what was read is gone, and the way to it.
struct Node<'a> {
    value: Value,
    at: At<'a>,
}

/// What is asked for its members has a dozen at most: their names are compared in less time than one is hashed in.
impl Node<'_> {
    /// A member that stays where it is; null is as good as none.
    fn get(&self, key: &str) -> Option<&Value> {
        let mut members = self.value.as_object()?.iter();
        let (_, found) = members.find(|(name, _)| *name == key)?;
        Some(found).filter(|value| !value.is_null())
    }

    /// A member that is gone from here then; null is as good as none.
    fn take(&mut self, key: &str) -> Option<Value> {
        let mut members = self.value.as_object_mut()?.iter_mut();
        let (_, found) = members.find(|(name, _)| *name == key)?;
        Some(std::mem::take(found)).filter(|value| !value.is_null())
    }

    /// A member with the way to it; null is as good as none.
    fn member<'b>(&'b mut self, key: &'b str) -> Option<Node<'b>> {
        let value = self.take(key)?;
        Some(self.child(key, value))
    }

    fn members(&mut self) -> Map<String, Value> {
        match &mut self.value {
            Value::Object(members) => std::mem::take(members),
            _ => Map::new(),
        }
    }

    fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        if let Some(members) = self.value.as_object_mut() {
            members.retain(|key, _| keep(key));
        }
    }

    fn keys(&self) -> impl Iterator<Item = &String> {
        let members = self.value.as_object().into_iter().flatten();
        members
            .filter(|(_, value)| !value.is_null())
            .map(|(key, _)| key)
    }

    fn child<'b>(&'b self, key: &'b str, value: Value) -> Node<'b> {
        Node {
            value,
            at: At {
                parent: Some(&self.at),
                step: Step::Key(key),
            },
        }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    fn is_set(&self, key: &str) -> bool {
        self.flag(key).unwrap_or_default()
    }

    fn elements(&mut self, key: &str) -> Vec<Value> {
        match self.take(key) {
            Some(Value::Array(elements)) => elements,
            _ => Vec::new(),
        }
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        let elements = self.elements(key).into_iter();
        let texts = elements.filter_map(|element| match element {
            Value::String(text) => Some(text),
            _ => None,
        });
        texts.collect()
    }

    fn extensions(&mut self) -> IndexMap<String, Value> {
        let members = self.value.as_object_mut().into_iter().flatten();
        let own = members.filter(|(key, _)| key.starts_with("x-"));
        own.map(|(key, value)| (key.clone(), std::mem::take(value)))
            .collect()
    }

    /// A member that is read by `serde`.
    fn leaf<T: DeserializeOwned>(&mut self, key: &str) -> Read<Option<T>> {
        let Some(value) = self.take(key) else {
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

    /// A member that is read as it is.
    fn one<T>(&mut self, key: &str, read: fn(Node<'_>) -> Read<T>) -> Read<Option<T>> {
        self.member(key).map(read).transpose()
    }

    /// A mapping of objects or references to them.
    fn map<T>(
        &mut self,
        key: &str,
        read: fn(Node<'_>) -> Read<T>,
    ) -> Read<IndexMap<String, ReferenceOr<T>>> {
        let Some(node) = self.member(key) else {
            return Ok(IndexMap::new());
        };
        node.each(|member| member.or_reference(read))
    }

    /// What each member is, by its name.
    fn each<T>(mut self, read: impl Fn(Node<'_>) -> Read<T>) -> Read<IndexMap<String, T>> {
        let members = self.members().into_iter();
        members
            .map(|(key, value)| {
                let item = read(self.child(&key, value))?;
                Ok((key, item))
            })
            .collect()
    }

    /// A list of objects or references to them.
    fn list<T>(&mut self, key: &str, read: fn(Node<'_>) -> Read<T>) -> Read<Vec<ReferenceOr<T>>> {
        let elements = self.elements(key).into_iter().enumerate();
        let list = At {
            parent: Some(&self.at),
            step: Step::Key(key),
        };
        let child = |(index, value)| Node {
            value,
            at: At {
                parent: Some(&list),
                step: Step::Index(index),
            },
        };
        elements
            .map(|element| child(element).or_reference(read))
            .collect()
    }

    /// A member that is an object or a reference to one.
    fn object<T>(
        &mut self,
        key: &str,
        read: fn(Node<'_>) -> Read<T>,
    ) -> Read<Option<ReferenceOr<T>>> {
        let member = self.member(key).map(|node| node.or_reference(read));
        member.transpose()
    }

    fn or_reference<T>(mut self, read: fn(Node<'_>) -> Read<T>) -> Read<ReferenceOr<T>> {
        if self.get("$ref").is_some_and(Value::is_string) {
            let reference = self.text("$ref").unwrap_or_default();
            return Ok(ReferenceOr::Reference { reference });
        }
        read(self).map(ReferenceOr::Item)
    }

    fn failure<T>(&self, complaint: &str) -> Read<T> {
        Err((self.at.pointer(), complaint.to_owned()))
    }
}
