//! Takes schemas and gives the types that they mean; it must never name a definition before all of a crate are known.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type as Kind, VariantOrUnknownOrEmpty as Format,
};

use super::drafts::{Draft, draft};
use super::identities::Identities;
use super::names::{self, Candidates};
use super::site::Site;
use super::words::Words;
use super::{Lowering, mixed};
use crate::document::Document;
use crate::model::{Enum, Field, Struct, Type, TypeId, TypeKind, Variant};
use crate::source::Pointer;

/// Inline schemas may stand in each other up to this depth.
const DEEPEST: usize = 64;

/// An object may be merged out of that many schemas.
const MOST_PARTS: usize = 1024;

/// Whether a schema describes what the API answers or what it is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Use {
    Answer,
    Sent,
}

/// What is known of a document's schemas by now.
#[derive(Debug)]
pub(crate) struct Known {
    /// Components as answers.
    answers: BTreeMap<String, Type>,
    /// Components that are being read: lists and maps may lead back to one of them.
    open: BTreeSet<String>,
    /// Strings by their pattern.
    pub(crate) identities: Identities,
    /// Forms by component.
    pub(crate) forms: BTreeMap<String, TypeId>,
    /// The dotted beginning that all dotted component names share.
    namespace: String,
}

impl Known {
    pub(crate) fn of(document: &Document) -> Self {
        let names = document
            .api()
            .components
            .iter()
            .flat_map(|components| components.schemas.keys());
        Self {
            answers: BTreeMap::new(),
            open: BTreeSet::new(),
            identities: Identities::default(),
            forms: BTreeMap::new(),
            namespace: namespace(names.map(String::as_str)),
        }
    }

    /// Where a component stands.
    pub(crate) fn site(&self, component: &str) -> Site {
        let pointer = Pointer::root()
            .child("components")
            .child("schemas")
            .child(component);
        Site {
            pointer,
            parent: Words::default(),
            own: Words::of(self.short(component)),
            qualifier: Words::default(),
            depth: 0,
        }
    }

    fn short<'n>(&self, component: &'n str) -> &'n str {
        component.strip_prefix(&self.namespace).unwrap_or(component)
    }

    /// The spellings of a component's name.
    pub(crate) fn spellings(&self, component: &str) -> Vec<String> {
        vec![
            Words::of(self.short(component)).pascal(),
            Words::of(component).pascal(),
        ]
    }
}

/// The steps that every dotted name begins with, such as `chat.v2.`.
fn namespace<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut dotted = names
        .filter_map(|name| name.rsplit_once('.'))
        .map(|(space, _)| space);
    let Some(first) = dotted.next() else {
        return String::new();
    };
    let mut shared: Vec<&str> = first.split('.').collect();
    for space in dotted {
        let same = space
            .split('.')
            .zip(&shared)
            .take_while(|(a, b)| a == *b)
            .count();
        shared.truncate(same);
    }
    shared.iter().flat_map(|step| [*step, "."]).collect()
}

impl Lowering<'_> {
    /// The type of a property, parameter or item.
    pub(crate) fn value_type(
        &mut self,
        schema: &ReferenceOr<Schema>,
        site: &Site,
        usage: Use,
    ) -> Type {
        let document = self.document;
        // A reference in a checked document resolves; what does not is JSON all the same.
        let Some((component, resolved)) = document.schema(schema) else {
            return Type::Json;
        };
        match component {
            Some(name) => self.component_type(name, resolved, usage),
            None => self.inline_type(resolved, site, usage),
        }
    }

    pub(crate) fn boxed_type(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        site: &Site,
        usage: Use,
    ) -> Type {
        let document = self.document;
        let Some((component, resolved)) = document.boxed_schema(schema) else {
            return Type::Json;
        };
        match component {
            Some(name) => self.component_type(name, resolved, usage),
            None => self.inline_type(resolved, site, usage),
        }
    }

    fn component_type(&mut self, name: &str, schema: &Schema, usage: Use) -> Type {
        let key = match usage {
            Use::Answer => name.to_owned(),
            Use::Sent => format!("{name} sent"),
        };
        if let Some(known) = self.known.answers.get(&key) {
            return known.clone();
        }
        let site = self.known.site(name);
        let spellings = self.known.spellings(name);
        let object = self.object_view(schema).filter(|_| usage == Use::Answer);
        if let Some(object) = object
            .as_ref()
            .filter(|object| !object.properties.is_empty())
        {
            // The definition is known before its fields are, so that a field can lead back to it.
            let kind = TypeKind::Struct(Struct {
                fields: Vec::new(),
                page: None,
            });
            let id = self
                .drafts
                .add(draft(self.home, spellings, &schema.schema_data, kind));
            self.known.answers.insert(key, Type::Named(id));
            self.fill_struct(id, object, &site);
            return Type::Named(id);
        }
        if !self.known.open.insert(key.clone()) {
            self.leave_untyped(&site.pointer, "it consists of nothing but itself");
            return Type::Json;
        }
        let ty = match &object {
            Some(object) => self.free_object(object, &site, usage),
            None => self.plain_type(schema, &site, spellings, usage),
        };
        self.known.open.remove(&key);
        self.known.answers.insert(key, ty.clone());
        ty
    }

    fn inline_type(&mut self, schema: &Schema, site: &Site, usage: Use) -> Type {
        if site.depth > DEEPEST {
            self.leave_untyped(
                &site.pointer,
                format!("it stands more than {DEEPEST} schemas deep"),
            );
            return Type::Json;
        }
        let spellings = site.spellings();
        if let (Some(object), Use::Answer) = (self.object_view(schema), usage) {
            if object.properties.is_empty() {
                return self.free_object(&object, site, usage);
            }
            let kind = TypeKind::Struct(Struct {
                fields: Vec::new(),
                page: None,
            });
            let id = self
                .drafts
                .add(draft(self.home, spellings, &schema.schema_data, kind));
            self.fill_struct(id, &object, site);
            return self.same_or(id);
        }
        self.plain_type(schema, site, spellings, usage)
    }

    /// An inline struct that equals one of the same name is that one.
    fn same_or(&mut self, id: TypeId) -> Type {
        let equal = self
            .drafts
            .get(id)
            .and_then(|draft| self.drafts.find(draft))
            .filter(|found| *found != id);
        match equal {
            // Only the newest definition can be taken back: others may already refer to an older one.
            Some(equal) if self.drafts.len() == id.0 + 1 => {
                self.drafts.take_back();
                Type::Named(equal)
            }
            _ => Type::Named(id),
        }
    }

    /// Everything but an object with properties.
    fn plain_type(
        &mut self,
        schema: &Schema,
        site: &Site,
        spellings: Vec<String>,
        usage: Use,
    ) -> Type {
        match &schema.schema_kind {
            SchemaKind::Type(Kind::String(string)) => {
                self.string_type(string, &schema.schema_data, site, spellings, usage)
            }
            SchemaKind::Type(Kind::Integer(_)) => Type::Integer,
            SchemaKind::Type(Kind::Number(_)) => Type::Number,
            SchemaKind::Type(Kind::Boolean(_)) => Type::Bool,
            SchemaKind::Type(Kind::Array(array)) => {
                let own = site.own.to_singular();
                let item = array.items.as_ref().map_or(Type::Json, |items| {
                    self.boxed_type(items, &site.inner("items", &own), usage)
                });
                Type::List(Box::new(item))
            }
            SchemaKind::AllOf { all_of } if all_of.len() == 1 => {
                all_of.first().map_or(Type::Json, |only| {
                    let own = site.own.clone();
                    let mut inner = site.inner("allOf", &own);
                    inner.pointer = inner.pointer.index(0);
                    self.value_type(only, &inner, usage)
                })
            }
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => {
                self.leave_untyped(
                    &site.pointer,
                    "alternatives (`oneOf`, `anyOf`) are typed in forms only",
                );
                Type::Json
            }
            SchemaKind::AllOf { .. } | SchemaKind::Not { .. } => {
                self.leave_untyped(
                    &site.pointer,
                    "only objects are merged by `allOf`, and `not` has no Rust type",
                );
                Type::Json
            }
            // What a form has no fields for is sent as JSON.
            SchemaKind::Type(Kind::Object(_)) => Type::Json,
            SchemaKind::Any(any) => self.mixed_type(any, schema, site, spellings, usage),
        }
    }

    fn mixed_type(
        &mut self,
        any: &AnySchema,
        schema: &Schema,
        site: &Site,
        spellings: Vec<String>,
        usage: Use,
    ) -> Type {
        if let Some(schema_kind) = mixed::meant(any) {
            let schema = Schema {
                schema_data: schema.schema_data.clone(),
                schema_kind,
            };
            return self.plain_type(&schema, site, spellings, usage);
        }
        if *any != AnySchema::default() {
            self.leave_untyped(
                &site.pointer,
                "its keywords do not say what kind of value it is",
            );
        }
        Type::Json
    }

    fn string_type(
        &mut self,
        string: &StringType,
        data: &SchemaData,
        site: &Site,
        spellings: Vec<String>,
        usage: Use,
    ) -> Type {
        let values: Vec<&str> = string
            .enumeration
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !values.is_empty() {
            if is_flag(&values, usage) {
                return Type::Flag;
            }
            let kind = TypeKind::Enum(enumeration(&values, data));
            return Type::Named(self.definition(draft(self.home, spellings, data, kind)));
        }
        match &string.format {
            Format::Item(StringFormat::Password) => return Type::Secret,
            Format::Item(StringFormat::DateTime) => return Type::Timestamp,
            _ => {}
        }
        match string.pattern.as_deref() {
            Some(source) => self.pattern_type(source, data, site, spellings),
            None => Type::Text,
        }
    }

    /// A definition, or an equal one that is there already.
    pub(crate) fn definition(&mut self, draft: Draft) -> TypeId {
        match self.drafts.find(&draft) {
            Some(known) => known,
            None => self.drafts.add(draft),
        }
    }

    fn free_object(&mut self, object: &ObjectType, site: &Site, usage: Use) -> Type {
        match &object.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => {
                let own = site.own.to_singular();
                let value =
                    self.value_type(schema, &site.inner("additionalProperties", &own), usage);
                Type::Map(Box::new(value))
            }
            _ => Type::Map(Box::new(Type::Json)),
        }
    }

    fn fill_struct(&mut self, id: TypeId, object: &ObjectType, site: &Site) {
        let mut found = Vec::new();
        for (wire, schema) in &object.properties {
            let data = self
                .document
                .boxed_schema(schema)
                .map(|(_, schema)| schema.schema_data.clone());
            let data = data.unwrap_or_default();
            if data.write_only {
                continue;
            }
            let ty = self.boxed_type(schema, &site.property(wire), Use::Answer);
            found.push((wire, ty, data));
        }
        let spellings: Vec<_> = found
            .iter()
            .map(|(wire, ..)| Candidates::new([Words::of(wire).snake()]))
            .collect();
        let fields = found.into_iter().zip(names::assign(&spellings, &[])).map(
            |((wire, ty, data), name)| Field {
                wire: wire.clone(),
                name,
                ty,
                optional: data.nullable || !object.required.contains(wire),
                docs: data.description.unwrap_or_default(),
                deprecated: data.deprecated,
            },
        );
        let fields = fields.collect();
        if let Some(draft) = self.drafts.get_mut(id) {
            draft.kind = TypeKind::Struct(Struct { fields, page: None });
        }
    }

    /// The schema as an object, where it is one: `allOf` merged, and properties without a `type` taken at their word.
    pub(crate) fn object_view(&self, schema: &Schema) -> Option<ObjectType> {
        self.object_view_within(schema, 0, &mut { MOST_PARTS })
    }

    fn object_view_within(
        &self,
        schema: &Schema,
        depth: usize,
        parts: &mut usize,
    ) -> Option<ObjectType> {
        // Parts may share parts, so that a short document could have endlessly many.
        *parts = parts.checked_sub(1)?;
        match &schema.schema_kind {
            SchemaKind::Type(Kind::Object(object)) => Some(object.clone()),
            SchemaKind::Any(any) if depth < DEEPEST => {
                let own = mixed::object(any)?;
                self.merged(&any.all_of, Some(own), depth, parts)
            }
            SchemaKind::AllOf { all_of } if depth < DEEPEST => {
                self.merged(all_of, None, depth, parts)
            }
            _ => None,
        }
    }

    fn merged(
        &self,
        all_of: &[ReferenceOr<Schema>],
        own: Option<ObjectType>,
        depth: usize,
        parts: &mut usize,
    ) -> Option<ObjectType> {
        let mut merged = ObjectType::default();
        let mut add = |part: ObjectType| {
            merged.properties.extend(part.properties);
            merged.required.extend(part.required);
            if merged.additional_properties.is_none() {
                merged.additional_properties = part.additional_properties;
            }
        };
        for one in all_of {
            let (_, part) = self.document.schema(one)?;
            add(self.object_view_within(part, depth + 1, parts)?);
        }
        own.into_iter().for_each(add);
        Some(merged)
    }
}

/// Whether a list of strings is a boolean in disguise. What is sent must be spelled as the runtime spells it.
fn is_flag(values: &[&str], usage: Use) -> bool {
    let mut spelled: Vec<String> = match usage {
        Use::Answer => values
            .iter()
            .map(|value| value.to_ascii_lowercase())
            .collect(),
        Use::Sent => values.iter().map(|value| (*value).to_owned()).collect(),
    };
    spelled.sort_unstable();
    spelled == ["false", "true"]
}

fn enumeration(values: &[&str], data: &SchemaData) -> Enum {
    let described = data.extensions.get("x-enum-descriptions");
    let spellings: Vec<_> = values
        .iter()
        .map(|value| {
            let value = if value.is_empty() { "empty" } else { value };
            Candidates::new([
                Words::of(value).pascal(),
                Words::of(&format!("value {value}")).pascal(),
            ])
        })
        .collect();
    let names = names::assign(&spellings, &["Self"]);
    let unknown = ["UnknownValue", "UnlistedValue", "UnrecognizedValue"]
        .into_iter()
        .find(|unknown| names.iter().all(|name| name.as_str() != *unknown))
        .unwrap_or("UnknownValue");
    let variants = values
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (wire, name))| {
            let docs = described.and_then(|all| all.get(*wire).or_else(|| all.get(index)));
            let docs = docs
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
                .to_owned();
            Variant {
                wire: (*wire).to_owned(),
                name,
                docs,
            }
        });
    Enum {
        variants: variants.collect(),
        unknown: names::single(unknown),
    }
}
