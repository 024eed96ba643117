//! Takes the kind of an object and gives what OpenAPI 3.0 allows in it; it must never look at a document.

mod objects;

use objects::{NOTHING, OBJECTS};

/// The objects of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientFlow,
    CodeFlow,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Any,
    Text,
    Flag,
    Number,
    /// An integer that is not negative.
    Count,
    Choice(&'static [&'static str]),
    List(&'static Shape),
    /// A mapping whose keys are names.
    Map(&'static Shape),
    Object(Kind),
    /// An object, or a `$ref` to one.
    Ref(Kind),
    /// A boolean, or an object or a `$ref` to one.
    FlagOrRef(Kind),
}

/// What is done when a key is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Optional,
    Required,
    /// Required, but empty text is as good.
    EmptyText,
    /// Required, but an empty mapping is as good.
    EmptyMap,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) need: Need,
}

/// What the keys are that the table does not name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Others {
    Unknown,
    /// Path templates.
    Paths(Shape),
    /// Status codes.
    Statuses(Shape),
    /// Runtime expressions.
    Expressions(Shape),
}

#[derive(Debug)]
pub(super) struct Object {
    pub(super) kind: Kind,
    /// What a message calls it.
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) others: Others,
}

impl Object {
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The shape of a member; none if the object does not know the key.
    pub(super) fn shape(&self, key: &str) -> Option<Shape> {
        if let Some(field) = self.field(key) {
            return Some(field.shape);
        }
        match self.others {
            Others::Paths(shape) | Others::Statuses(shape) | Others::Expressions(shape)
                if !key.starts_with("x-") =>
            {
                Some(shape)
            }
            _ => None,
        }
    }
}

impl Kind {
    /// The row of the table.
    pub(super) fn object(self) -> &'static Object {
        OBJECTS
            .get(self as usize)
            .filter(|object| object.kind == self)
            .unwrap_or(&NOTHING)
    }

    /// The section of `components` that objects of this kind are in.
    pub(super) fn section(self) -> Option<&'static str> {
        let sections = Self::Components.object().fields.iter();
        sections
            .filter(|field| matches!(field.shape, Shape::Map(Shape::Ref(kind)) if *kind == self))
            .map(|field| field.name)
            .next()
    }
}

/// The methods of a path item, which are the keys of its operations.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keys of later versions that look like misspelt ones of this version.
pub(super) const LATER: [&str; 4] = ["examples", "contains", "webhooks", "identifier"];

#[cfg(test)]
mod tests {
    use super::objects::OBJECTS;

    #[test]
    fn each_kind_finds_its_own_row() {
        for object in &OBJECTS {
            assert_eq!(object.kind.object().kind, object.kind, "{}", object.name);
        }
    }
}
