//! Takes the body of a request and gives what may be sent as it, the best kind first; it must never leave out a kind that carries something else.

use std::collections::BTreeSet;

use openapiv3::{MediaType, Operation as Source, RequestBody};

use super::Lowering;
use super::media::{Kind, essence, is_xml};
use super::names;
use super::parameters::parameter_parent;
use super::site::Site;
use super::types::Use;
use super::words::Words;
use crate::diagnostic::Code;
use crate::model::{BodyArgument, BodyKind, FormField, Input, Position, Type};
use crate::source::Pointer;

/// A body that may be sent.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) kind: BodyKind,
    pub(crate) argument: Option<BodyArgument>,
    pub(crate) inputs: Vec<Input>,
    /// What tells it apart from the other bodies of its operation.
    pub(crate) suffix: &'static str,
}

/// A kind of body, as the document describes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Described<'d> {
    pub(super) kind: Kind,
    pub(super) name: &'d str,
    pub(super) media: &'d MediaType,
    pub(super) body: &'d RequestBody,
}

impl<'d> Lowering<'d> {
    /// What may be sent as the body of an operation, the preferred one first; nothing where it has none.
    pub(crate) fn bodies(&mut self, source: &'d Source, pointer: &Pointer, id: &str) -> Vec<Body> {
        let document = self.document;
        let reference = source.request_body.as_ref();
        let Some(body) = reference.and_then(|body| document.request_body(body)) else {
            return Vec::new();
        };
        let pointer = pointer.child("requestBody");
        let kinds = self.kinds(body).into_iter();
        kinds.map(|one| self.body(one, &pointer, id)).collect()
    }

    /// The kinds of a body that carry different things.
    fn kinds(&self, body: &'d RequestBody) -> Vec<Described<'d>> {
        let described = body.content.iter().map(|(name, media)| Described {
            kind: self.kind(name, media),
            name,
            media,
            body,
        });
        let mut all: Vec<Described<'d>> = described.collect();
        // Of one kind, what is no range and no dialect; of those, the first of the document.
        all.sort_by_key(|one| (one.kind, one.name.contains('*'), is_dialect(one)));
        let mut kept: Vec<Described<'d>> = Vec::new();
        for one in all {
            let same = |other: &Described<'d>| {
                other.kind == one.kind || self.carries_the_same(other, &one)
            };
            if !kept.iter().any(same) {
                kept.push(one);
            }
        }
        kept
    }

    fn kind(&self, name: &str, media: &'d MediaType) -> Kind {
        let schema = media.schema.as_ref();
        let resolved = schema.and_then(|schema| self.document.schema(schema));
        let schema = resolved.map(|(_, schema)| schema);
        let is_text = schema.is_some_and(|schema| self.is_text(schema));
        let is_file = schema.is_none_or(|schema| is_text || self.is_file(schema));
        Kind::of(name, is_text, is_file)
    }

    /// Whether two kinds of a body are two ways to write the same thing.
    fn carries_the_same(&self, kept: &Described<'d>, other: &Described<'d>) -> bool {
        if matches!(other.kind, Kind::Multipart | Kind::Parts) {
            match self.has_files(other.media) {
                Some(true) => return false,
                Some(false) => {}
                // Nothing is known of it.
                None => return true,
            }
        }
        let (Some(one), Some(two)) = (&kept.media.schema, &other.media.schema) else {
            return other.kind != Kind::Bytes && other.media.schema.is_none();
        };
        if one == two {
            return true;
        }
        let names = |schema| -> Option<BTreeSet<&str>> {
            let (component, resolved) = self.document.schema(schema)?;
            let site = component.map_or_else(
                || Site::new(Pointer::root(), Words::default(), ""),
                |name| self.known.site(name),
            );
            let object = self.object_view(resolved, &site)?;
            Some(object.properties.keys().copied().collect())
        };
        match (names(one), names(two)) {
            (Some(one), Some(two)) => one == two,
            _ => false,
        }
    }

    fn body(&mut self, described: Described<'d>, pointer: &Pointer, id: &str) -> Body {
        let place = pointer.child("content").child(described.name);
        match described.kind {
            Kind::Json => self.json_body(described, &place, id),
            Kind::Form => self.form_body(described, pointer, id),
            Kind::Multipart | Kind::Parts => self.parts_body(described, &place, id),
            Kind::Text => self.text_body(described, &place, id),
            Kind::Bytes => self.bytes_body(described),
        }
    }

    fn json_body(&mut self, described: Described<'d>, place: &Pointer, id: &str) -> Body {
        let document = self.document;
        let mut argument = self.argument(described, Type::Json);
        if let Some(schema) = &described.media.schema {
            let resolved = document.schema(schema).map(|(_, schema)| schema);
            let title = resolved.and_then(|schema| schema.schema_data.title.clone());
            let own = title.unwrap_or_else(|| format!("{id} body"));
            let site = Site::new(place.child("schema"), Words::default(), &own);
            argument.ty = self.value_type(schema, &site.qualified(Words::of(id)), Use::Json);
        }
        let name = described.name;
        let media = if name.contains('*') {
            "application/json"
        } else {
            name
        };
        Body {
            kind: BodyKind::Json(media.to_owned()),
            argument: Some(argument),
            inputs: Vec::new(),
            suffix: "json",
        }
    }

    fn form_body(&mut self, described: Described<'d>, pointer: &Pointer, id: &str) -> Body {
        let parent = parameter_parent(&Words::of(id));
        let site = Site::new(pointer.clone(), parent, "");
        let media = described.media;
        let schema = media.schema.as_ref();
        let form = schema.map(|schema| self.form(schema, &media.encoding, &site));
        let mut form = form.unwrap_or_default();
        form.required |= described.body.required;
        Body {
            kind: BodyKind::Form,
            inputs: form.fields.iter().map(form_input).collect(),
            argument: form.into_argument(),
            suffix: "form",
        }
    }

    fn text_body(&mut self, described: Described<'d>, place: &Pointer, id: &str) -> Body {
        let document = self.document;
        let mut argument = self.argument(described, Type::Text);
        let schema = described.media.schema.as_ref();
        let resolved = schema.and_then(|schema| Some((schema, document.schema(schema)?.1)));
        match resolved {
            Some((schema, resolved)) if self.is_plain(resolved) => {
                let parent = parameter_parent(&Words::of(id));
                let site = Site::new(place.child("schema"), parent, "body");
                argument.ty = self.value_type(schema, &site, Use::Sent);
            }
            Some((_, resolved)) if !self.is_file(resolved) => {
                self.note_body(place, "its schema is not typed: it is sent as text");
            }
            _ => {}
        }
        Body {
            kind: BodyKind::Text(described.name.to_owned()),
            argument: Some(argument),
            inputs: Vec::new(),
            suffix: text_suffix(described.name),
        }
    }

    pub(super) fn bytes_body(&mut self, described: Described<'d>) -> Body {
        Body {
            kind: BodyKind::Bytes(described.name.to_owned()),
            argument: Some(self.argument(described, Type::Upload)),
            inputs: Vec::new(),
            suffix: "bytes",
        }
    }

    fn argument(&self, described: Described<'d>, ty: Type) -> BodyArgument {
        let schema = described.media.schema.as_ref();
        let resolved = schema.and_then(|schema| self.document.schema(schema));
        let of_schema = || resolved?.1.schema_data.description.clone();
        let docs = described.body.description.clone();
        let docs = docs.filter(|docs| !docs.is_empty());
        BodyArgument {
            name: names::single("body"),
            ty,
            required: described.body.required,
            docs: docs.or_else(of_schema).unwrap_or_default(),
        }
    }

    pub(super) fn note_body(&mut self, place: &Pointer, message: &str) {
        let message = message.to_owned();
        self.report.note(Code::LooseBody, place.clone(), message);
    }
}

/// Whether JSON has more than its usual media type, such as a version.
fn is_dialect(described: &Described<'_>) -> bool {
    let name = described.name;
    described.kind == Kind::Json && (essence(name) != "application/json" || name.contains(';'))
}

fn text_suffix(name: &str) -> &'static str {
    let name = essence(name);
    let kinds = [("csv", "csv"), ("yaml", "yaml"), ("ndjson", "ndjson")];
    let known = kinds.iter().find(|(part, _)| name.ends_with(part));
    match known {
        Some((_, suffix)) => suffix,
        None if is_xml(&name) => "xml",
        None => "text",
    }
}

fn form_input(field: &FormField) -> Input {
    Input {
        wire: field.wire.clone(),
        name: field.name.clone(),
        position: Position::Form,
        style: field.style,
        ty: field.ty.clone(),
        required: field.required,
        docs: field.docs.clone(),
        rules: field.rules.clone(),
        default: field.default.clone(),
        deprecated: field.deprecated,
    }
}
