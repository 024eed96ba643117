//! Takes schemas and gives the types that they mean; it must never name a definition before all of a crate are known.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat,
    StringType, Type as Kind, VariantOrUnknownOrEmpty as Format,
};

use super::names::{self, Candidates};
use super::words::Words;
use super::{Lowering, pattern};
use crate::document::Document;
use crate::model::{
    Enum, Field, Home, Newtype, Storage, Struct, Type, TypeDef, TypeId, TypeKind, Variant,
};
use crate::source::Pointer;

/// Inline schemas may stand in each other up to this depth.
const DEEPEST: usize = 64;

/// Where a schema stands: for names and for diagnostics.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) pointer: Pointer,
    /// What holds the schema.
    pub(crate) parent: Words,
    /// What the schema is called there.
    pub(crate) own: Words,
    depth: usize,
}

impl Site {
    pub(crate) fn new(pointer: Pointer, parent: Words, own: &str) -> Self {
        Self {
            pointer,
            parent,
            own: Words::of(own),
            depth: 0,
        }
    }

    /// The words for a definition that stands here.
    pub(crate) fn words(&self) -> Words {
        self.parent.joined(&self.own)
    }

    fn property(&self, name: &str) -> Self {
        let pointer = self.pointer.child("properties").child(name);
        Self {
            pointer,
            parent: self.words(),
            own: Words::of(name),
            depth: self.depth + 1,
        }
    }

    fn inner(&self, key: &str, own: &Words) -> Self {
        Self {
            pointer: self.pointer.child(key),
            parent: self.parent.clone(),
            own: own.clone(),
            depth: self.depth + 1,
        }
    }
}

/// Whether a schema describes what the API answers or what it is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Use {
    Answer,
    Sent,
}

/// A definition whose name is not decided yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) home: Home,
    pub(crate) spellings: Vec<String>,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    pub(crate) kind: TypeKind,
}

/// The definitions of a crate, as they are found.
#[derive(Debug, Default)]
pub(crate) struct Drafts(Vec<Draft>);

impl Drafts {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn add(&mut self, draft: Draft) -> TypeId {
        self.0.push(draft);
        TypeId(self.0.len() - 1)
    }

    pub(crate) fn get(&self, id: TypeId) -> Option<&Draft> {
        self.0.get(id.0)
    }

    pub(crate) fn get_mut(&mut self, id: TypeId) -> Option<&mut Draft> {
        self.0.get_mut(id.0)
    }

    /// A definition of the same home, first spelling and kind, if there is one.
    pub(crate) fn find(&self, draft: &Draft) -> Option<TypeId> {
        let same = |other: &Draft| {
            other.home == draft.home
                && other.spellings.first() == draft.spellings.first()
                && other.kind == draft.kind
        };
        self.0.iter().position(same).map(TypeId)
    }

    /// Names every definition; those of one module are told apart.
    pub(crate) fn into_types(self, modules: usize) -> Vec<TypeDef> {
        let mut chosen = BTreeMap::new();
        for module in 0..modules {
            let home = Home::Module(module);
            let members = || {
                self.0
                    .iter()
                    .enumerate()
                    .filter(|(_, draft)| draft.home == home)
            };
            let candidates: Vec<_> = members()
                .map(|(_, draft)| {
                    let last = draft
                        .spellings
                        .last()
                        .map(|spelling| format!("{spelling}Model"));
                    Candidates::new(draft.spellings.iter().cloned().chain(last))
                })
                .collect();
            let assigned = names::assign(&candidates, names::RESERVED_TYPES);
            chosen.extend(members().map(|(index, _)| index).zip(assigned));
        }
        let named = self.0.into_iter().enumerate().filter_map(|(index, draft)| {
            let Draft {
                home,
                docs,
                deprecated,
                kind,
                ..
            } = draft;
            chosen.remove(&index).map(|name| TypeDef {
                home,
                name,
                docs,
                deprecated,
                kind,
            })
        });
        named.collect()
    }
}

/// A string type that is used in many places, each of which has a name for it.
#[derive(Debug)]
struct Identity {
    id: TypeId,
    votes: IndexMap<String, usize>,
}

impl Identity {
    fn new(id: TypeId) -> Self {
        Self {
            id,
            votes: IndexMap::new(),
        }
    }

    /// The name of a component decides.
    fn vote(&mut self, spellings: Vec<String>, is_component: bool) {
        for (rank, spelling) in spellings.into_iter().enumerate() {
            let weight = match (is_component, rank) {
                (true, 0) => 1_000_000,
                (_, 0) => 1_000,
                _ => 1,
            };
            *self.votes.entry(spelling).or_default() += weight;
        }
    }

    /// The spellings, that of most places first; of two alike, the first in the alphabet.
    fn spellings(&self) -> Vec<String> {
        let mut all: Vec<_> = self.votes.iter().collect();
        all.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
        all.into_iter()
            .map(|(spelling, _)| spelling.clone())
            .collect()
    }
}

/// What is known of a document's schemas by now.
#[derive(Debug)]
pub(crate) struct Known {
    /// Components as answers.
    answers: BTreeMap<String, Type>,
    /// Strings by their pattern.
    patterns: BTreeMap<String, Identity>,
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
            patterns: BTreeMap::new(),
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
        if let (Some(object), Use::Answer) = (self.object_view(schema), usage) {
            if object.properties.is_empty() {
                return self.free_object(&object, &site, usage);
            }
            // The definition is known before its fields are, so that a field can lead back to it.
            let kind = TypeKind::Struct(Struct {
                fields: Vec::new(),
                page: None,
            });
            let id = self
                .drafts
                .add(draft(self.home, spellings, &schema.schema_data, kind));
            self.known.answers.insert(key, Type::Named(id));
            self.fill_struct(id, &object, &site);
            return Type::Named(id);
        }
        let ty = self.plain_type(schema, &site, spellings, usage);
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
        let spellings = vec![site.words().pascal(), site.parent.then(&site.own).pascal()];
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
                self.drafts.0.pop();
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
            SchemaKind::Type(Kind::Object(_)) | SchemaKind::Any(_) => Type::Json,
        }
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

    /// Strings of one pattern are one type in a document. A pattern that is not anchored at both ends, or that no
    /// table can check, is not an identity: the value stays text.
    fn pattern_type(
        &mut self,
        source: &str,
        data: &SchemaData,
        site: &Site,
        spellings: Vec<String>,
    ) -> Type {
        let Some(pattern) = pattern::table(source).filter(|pattern| pattern.whole) else {
            return Type::Text;
        };
        let is_component = site.parent.is_empty();
        let known = match self.known.patterns.get(source) {
            Some(known) => known.id,
            None => {
                let storage = match pattern::fixed_length(&pattern) {
                    Some(length @ 1..=64) => Storage::Inline(length),
                    _ => Storage::Heap,
                };
                let kind = TypeKind::Newtype(Newtype { pattern, storage });
                let id =
                    self.drafts
                        .add(draft(self.home, Vec::new(), &SchemaData::default(), kind));
                self.known
                    .patterns
                    .insert(source.to_owned(), Identity::new(id));
                id
            }
        };
        if is_component && let Some(draft) = self.drafts.get_mut(known) {
            draft.docs = data.description.clone().unwrap_or_default();
            draft.deprecated = data.deprecated;
        }
        if let Some(identity) = self.known.patterns.get_mut(source) {
            identity.vote(identity_spellings(site, spellings), is_component);
        }
        Type::Named(known)
    }

    /// Names each identity after what most places call it.
    pub(crate) fn name_identities(&mut self) {
        for identity in self.known.patterns.values() {
            if let Some(draft) = self.drafts.get_mut(identity.id) {
                draft.spellings = identity.spellings();
            }
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
        self.object_view_within(schema, 0)
    }

    fn object_view_within(&self, schema: &Schema, depth: usize) -> Option<ObjectType> {
        match &schema.schema_kind {
            SchemaKind::Type(Kind::Object(object)) => Some(object.clone()),
            SchemaKind::Any(any)
                if !any.properties.is_empty() && any.one_of.is_empty() && any.any_of.is_empty() =>
            {
                Some(ObjectType {
                    properties: any.properties.clone(),
                    required: any.required.clone(),
                    additional_properties: any.additional_properties.clone(),
                    ..ObjectType::default()
                })
            }
            SchemaKind::AllOf { all_of } if depth < DEEPEST => {
                let mut merged = ObjectType::default();
                for one in all_of {
                    let (_, part) = self.document.schema(one)?;
                    let part = self.object_view_within(part, depth + 1)?;
                    merged.properties.extend(part.properties);
                    merged.required.extend(part.required);
                    merged.additional_properties =
                        merged.additional_properties.or(part.additional_properties);
                }
                Some(merged)
            }
            _ => None,
        }
    }
}

pub(crate) fn draft(
    home: Home,
    spellings: Vec<String>,
    data: &SchemaData,
    kind: TypeKind,
) -> Draft {
    let docs = data.description.clone().unwrap_or_default();
    Draft {
        home,
        spellings,
        docs,
        deprecated: data.deprecated,
        kind,
    }
}

/// A property `sid` says little by itself, `account_sid` all there is to say: a single word is qualified first.
fn identity_spellings(site: &Site, spellings: Vec<String>) -> Vec<String> {
    if site.own.iter().count() > 1 {
        std::iter::once(site.own.pascal())
            .chain(spellings)
            .collect()
    } else {
        spellings
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
