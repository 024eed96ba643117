//! Takes the schema of a body that has parts and gives an input for each; it must never send a file as anything but its bytes.

use std::collections::BTreeMap;

use openapiv3::{AdditionalProperties, Encoding, MediaType, ReferenceOr, Schema};

use super::Lowering;
use super::bodies::{Body, Described};
use super::media::{Kind, essence, is_json};
use super::mixed::Leaf;
use super::names;
use super::parameters::parameter_parent;
use super::rules;
use super::shape::{Object, Property, Shape};
use super::site::Site;
use super::types::Use;
use super::words::Words;
use crate::model::{BodyKind, Input, Part, Position, Rules, Style, Type};
use crate::source::Pointer;

/// References and alternatives are followed up to this depth.
const DEEPEST: usize = 32;

impl<'d> Lowering<'d> {
    /// A body with its parts; where the document does not say which it has, one that is given as a whole.
    pub(super) fn parts_body(
        &mut self,
        described: Described<'d>,
        place: &Pointer,
        id: &str,
    ) -> Body {
        let site = Site::new(place.child("schema"), parameter_parent(&Words::of(id)), "");
        let schema = described.media.schema.as_ref();
        let object = schema.and_then(|schema| self.parts(schema, &site, 0));
        let Some(object) = object.filter(is_described) else {
            self.note_body(
                place,
                "its parts are not described: they are sent as one file, whose content type names the boundary",
            );
            let mut body = self.bytes_body(described);
            if let Some(argument) = &mut body.argument {
                let about =
                    "All parts as they are sent, with a content type that names their boundary.";
                let docs = format!("{}\n\n{about}", argument.docs);
                docs.trim().clone_into(&mut argument.docs);
            }
            return body;
        };
        let mut parts = BTreeMap::new();
        let mut inputs = Vec::new();
        for (wire, property) in &object.properties {
            let encoding = described.media.encoding.get(*wire);
            let Some(input) = self.part_input(wire, property, encoding) else {
                continue;
            };
            if let Some(media) = self.unusual(&input, encoding, place) {
                parts.insert((*wire).to_owned(), media);
            }
            inputs.push(Input {
                required: object.requires(wire),
                ..input
            });
        }
        inputs.extend(
            object
                .rest
                .map(|(rest, site)| self.other_parts(rest, &site)),
        );
        Body {
            kind: BodyKind::Multipart {
                media: essence(described.name),
                parts,
            },
            argument: None,
            inputs,
            suffix: if described.kind == Kind::Multipart {
                "multipart"
            } else {
                "parts"
            },
        }
    }

    /// The properties of a body; those of alternatives together, of which only what all require is required.
    fn parts(
        &self,
        schema: &'d ReferenceOr<Schema>,
        site: &Site,
        depth: usize,
    ) -> Option<Object<'d>> {
        let (component, resolved) = self.document.schema(schema)?;
        let site = component.map_or_else(|| site.clone(), |name| self.known.site(name));
        match self.shape(resolved, &site) {
            _ if depth > DEEPEST => None,
            Shape::Object(object) => Some(object),
            Shape::Same(other) => self.parts(other, &site, depth + 1),
            Shape::Choice(choice) => {
                let mut all = choice.common;
                let mut required: Option<Vec<&str>> = None;
                for (one, site) in &choice.list {
                    let object = self.parts(one, site, depth + 1)?;
                    let mut both = required.unwrap_or_else(|| object.required.clone());
                    both.retain(|wire| object.requires(wire));
                    required = Some(both);
                    let before = all.required.clone();
                    all.merge(&object);
                    all.required = before;
                }
                all.required.extend(required.into_iter().flatten());
                Some(all)
            }
            _ => None,
        }
    }

    fn part_input(
        &mut self,
        wire: &str,
        property: &Property<'d>,
        encoding: Option<&Encoding>,
    ) -> Option<Input> {
        let document = self.document;
        let (_, schema) = document.boxed_schema(property.schema)?;
        if schema.schema_data.read_only {
            return None;
        }
        let (part, ty) = self.part(property, schema, encoding);
        let mut docs = schema.schema_data.description.clone().unwrap_or_default();
        let headers = encoding
            .into_iter()
            .flat_map(|encoding| encoding.headers.keys());
        let headers: Vec<String> = headers.map(|name| format!("`{name}`")).collect();
        if part == Part::File && !headers.is_empty() {
            let about = if docs.is_empty() {
                "A file."
            } else {
                docs.trim()
            };
            docs = format!(
                "{about}\n\nIts part may have headers, which `Upload::header` sets: {}.",
                headers.join(", ")
            );
        }
        let is_checked = part == Part::Text;
        Some(Input {
            wire: wire.to_owned(),
            name: names::single(&Words::of(wire).snake()),
            position: Position::Part(part),
            style: Style::default(),
            rules: if is_checked {
                rules::rules(document, schema, &ty)
            } else {
                Rules::default()
            },
            ty,
            required: false,
            docs,
            default: schema.schema_data.default.clone(),
            deprecated: schema.schema_data.deprecated,
        })
    }

    /// What a property is sent as.
    fn part(
        &mut self,
        property: &Property<'d>,
        schema: &'d Schema,
        encoding: Option<&Encoding>,
    ) -> (Part, Type) {
        let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let is_json_part = media.is_some_and(is_json);
        if !is_json_part && self.is_file(schema) {
            return (Part::File, Type::Upload);
        }
        if !is_json_part && self.item_of(schema).is_some_and(|item| self.is_file(item)) {
            return (Part::File, Type::List(Box::new(Type::Upload)));
        }
        let is_image = media.is_some_and(|media| Kind::of(media, false, true) == Kind::Bytes);
        if is_image && self.is_text(schema) {
            return (Part::File, Type::Upload);
        }
        let is_plain =
            self.is_plain(schema) || self.item_of(schema).is_some_and(|item| self.is_plain(item));
        if is_plain && !is_json_part {
            let ty = self.boxed_type(property.schema, &property.site, Use::Sent);
            return (Part::Text, ty);
        }
        let ty = self.boxed_type(property.schema, &property.site, Use::Json);
        let part = match self.resolved_shape(schema) {
            Shape::Choice(_) | Shape::Unclear(_) if !is_json_part => Part::Any,
            _ => Part::Json,
        };
        (part, ty)
    }

    /// The media type of a part, where it is one and not the usual one.
    fn unusual(
        &mut self,
        input: &Input,
        encoding: Option<&Encoding>,
        place: &Pointer,
    ) -> Option<String> {
        let media = encoding?.content_type.as_deref()?.trim();
        let usual = match input.position {
            Position::Part(Part::Json | Part::Any) => "application/json",
            Position::Part(Part::File) => "application/octet-stream",
            _ => "text/plain",
        };
        let several = media.contains([',', '*']);
        let is_object = input.position == Position::Part(Part::Json);
        if is_object && !several && !is_json(media) {
            let place = place.child("encoding").child(&input.wire);
            self.note_body(&place, "an object can't be sent so: its part is JSON");
            return None;
        }
        (!several && media != usual && !media.is_empty()).then(|| media.to_owned())
    }

    fn other_parts(&mut self, rest: &'d AdditionalProperties, site: &Site) -> Input {
        let document = self.document;
        let schema = match rest {
            AdditionalProperties::Schema(schema) => document.schema(schema),
            AdditionalProperties::Any(_) => None,
        };
        let ty = match schema {
            Some((_, schema)) if self.is_binary(schema) => Type::Upload,
            _ => self.rest_type(rest, site, Use::Json),
        };
        Input {
            wire: "additional".to_owned(),
            name: names::single("additional"),
            position: Position::Part(Part::Others),
            style: Style::default(),
            ty: Type::Map(Box::new(ty)),
            required: false,
            docs: "More parts, by their names.".to_owned(),
            rules: Rules::default(),
            default: None,
            deprecated: false,
        }
    }

    /// Whether a part of the body is a file; nothing where no parts are described.
    pub(super) fn has_files(&self, media: &'d MediaType) -> Option<bool> {
        let site = Site::new(Pointer::root(), Words::default(), "");
        let object = self.parts(media.schema.as_ref()?, &site, 0);
        let object = object.filter(is_described)?;
        let is_file = |property: &Property<'d>| {
            let schema = self.document.boxed_schema(property.schema);
            schema.is_some_and(|(_, schema)| {
                let item = self.item_of(schema).unwrap_or(schema);
                self.is_binary(schema) || self.is_binary(item)
            })
        };
        Some(object.properties.values().any(is_file))
    }

    /// What a schema means, behind references.
    fn resolved_shape(&self, schema: &'d Schema) -> Shape<'d> {
        let site = Site::new(Pointer::root(), Words::default(), "");
        let mut shape = self.shape(schema, &site);
        for _ in 0..DEEPEST {
            let Shape::Same(other) = shape else { break };
            let Some((_, schema)) = self.document.schema(other) else {
                break;
            };
            shape = self.shape(schema, &site);
        }
        shape
    }

    /// Whether it says that it is bytes, or says nothing.
    pub(super) fn is_file(&self, schema: &'d Schema) -> bool {
        self.is_binary(schema) || matches!(self.resolved_shape(schema), Shape::Any)
    }

    fn is_binary(&self, schema: &'d Schema) -> bool {
        match self.resolved_shape(schema) {
            Shape::Leaf(Leaf::Text(text), _) => text.format == "binary",
            _ => false,
        }
    }

    /// Whether it is a text that is no more than text.
    pub(super) fn is_text(&self, schema: &'d Schema) -> bool {
        match self.resolved_shape(schema) {
            Shape::Leaf(Leaf::Text(text), _) => !matches!(text.format.as_str(), "binary" | "byte"),
            _ => false,
        }
    }

    /// Whether it has a single text on the wire.
    pub(super) fn is_plain(&self, schema: &'d Schema) -> bool {
        match self.resolved_shape(schema) {
            Shape::Leaf(Leaf::List(_), _) => false,
            Shape::Leaf(..) => true,
            Shape::Choice(choice) => choice.list.iter().all(|(one, _)| {
                let one = self.document.schema(one);
                one.is_some_and(|(_, one)| {
                    let shape = self.resolved_shape(one);
                    matches!(&shape, Shape::Leaf(leaf, _) if !matches!(leaf, Leaf::List(_)))
                })
            }),
            _ => false,
        }
    }

    /// What a list holds.
    fn item_of(&self, schema: &'d Schema) -> Option<&'d Schema> {
        let document = self.document;
        match self.resolved_shape(schema) {
            Shape::Leaf(Leaf::List(items), _) => {
                document.boxed_schema(items?).map(|(_, items)| items)
            }
            _ => None,
        }
    }
}

/// Whether an object says which properties it has.
fn is_described(object: &Object<'_>) -> bool {
    !object.properties.is_empty() || object.rest.is_some()
}
