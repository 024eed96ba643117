//! Takes schemas and gives the types that they mean; it must never name a definition before all of a crate are known.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind};

use super::Lowering;
use super::drafts::draft;
use super::identities::Identities;
use super::mixed::{self, Leaf};
use super::place::Place;
use super::shape::{Choice, Object, Shape};
use super::site::Site;
use super::words::Words;
use crate::document::Document;
use crate::model::{Struct, Type, TypeId, TypeKind};
use crate::source::Pointer;

/// Inline schemas may stand in each other up to this depth.
const DEEPEST: usize = 64;

/// Definitions are filled in while the one that leads to them is, up to this depth; beyond it, later.
const EAGER: usize = 24;

/// Whether a schema describes JSON, or a parameter or a field of a form.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Use {
    Json,
    Sent,
}

/// What a type is known by: its component or its place, and what it is made for.
pub(super) type Key = (String, Use);

/// What is known of a document's schemas by now.
#[derive(Debug)]
pub(crate) struct Known<'d> {
    /// Components and inline schemas by their place.
    types: BTreeMap<Key, Type>,
    /// Components that are being read: lists and maps may lead back to one of them.
    open: BTreeSet<Key>,
    /// Definitions that are still empty.
    empty: VecDeque<(TypeId, Empty<'d>, Site)>,
    /// How many schemas are being read.
    nesting: usize,
    /// Strings by their pattern.
    pub(crate) identities: Identities,
    /// Forms by component.
    pub(crate) forms: BTreeMap<String, TypeId>,
    /// Headers by what they are.
    pub(crate) headers: BTreeMap<String, TypeId>,
    /// Which value of a property stands for a struct.
    pub(crate) tags: Vec<(TypeId, String, String)>,
    /// The dotted beginning that all dotted component names share.
    namespace: String,
}

/// What an empty definition is to become.
#[derive(Debug)]
pub(crate) enum Empty<'d> {
    Struct(Object<'d>),
    OneOf(Choice<'d>),
}

impl Known<'_> {
    pub(crate) fn of(document: &Document) -> Self {
        let names = document
            .api()
            .components
            .iter()
            .flat_map(|components| components.schemas.keys());
        Self {
            types: BTreeMap::new(),
            open: BTreeSet::new(),
            empty: VecDeque::new(),
            nesting: 0,
            identities: Identities::default(),
            forms: BTreeMap::new(),
            headers: BTreeMap::new(),
            tags: Vec::new(),
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
        let names = [self.short(component), component];
        names.map(|name| Words::of(name).pascal()).into()
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

impl<'d> Lowering<'d> {
    /// The type of a property, parameter or item.
    pub(crate) fn value_type(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        site: &Site,
        usage: Use,
    ) -> Type {
        let document = self.document;
        // A reference in a checked document resolves; what does not is JSON all the same.
        match document.schema(schema) {
            Some((component, resolved)) => self.schema_type(component, resolved, site, usage),
            None => Type::Json,
        }
    }

    pub(crate) fn boxed_type(
        &mut self,
        schema: &'d ReferenceOr<Box<Schema>>,
        site: &Site,
        usage: Use,
    ) -> Type {
        let document = self.document;
        match document.boxed_schema(schema) {
            Some((component, resolved)) => self.schema_type(component, resolved, site, usage),
            None => Type::Json,
        }
    }

    /// The same, for a place that has no other way to be null.
    pub(crate) fn item_type(
        &mut self,
        schema: &'d ReferenceOr<Box<Schema>>,
        site: &Site,
        usage: Use,
    ) -> Type {
        let document = self.document;
        let ty = self.boxed_type(schema, site, usage);
        let resolved = document.boxed_schema(schema).map(|(_, schema)| schema);
        self.or_null(ty, resolved, usage)
    }

    pub(crate) fn or_null(&self, ty: Type, schema: Option<&'d Schema>, usage: Use) -> Type {
        let nullable = usage == Use::Json && schema.is_some_and(|schema| self.is_nullable(schema));
        if nullable && ty != Type::Json {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    fn schema_type(
        &mut self,
        component: Option<&'d str>,
        schema: &'d Schema,
        site: &Site,
        usage: Use,
    ) -> Type {
        if site.depth > DEEPEST || self.known.nesting > DEEPEST + EAGER {
            self.leave_untyped(
                &site.pointer,
                format!("it stands more than {DEEPEST} schemas deep"),
            );
            return Type::Json;
        }
        self.known.nesting += 1;
        let ty = match component {
            Some(name) => self.component_type(name, schema, usage),
            None => self.inline_type(schema, site, usage),
        };
        self.known.nesting -= 1;
        if self.known.nesting == 0 {
            self.fill_empty();
        }
        ty
    }

    fn component_type(&mut self, name: &'d str, schema: &'d Schema, usage: Use) -> Type {
        let mut names = vec![name];
        let (mut name, mut schema) = (name, schema);
        let key = |name: &str| (name.to_owned(), usage);
        // What is only another name for a component is that one.
        let shape = loop {
            if let Some(known) = self.known.types.get(&key(name)) {
                return known.clone();
            }
            let shape = self.shape(schema, &self.known.site(name));
            let Shape::Same(other) = shape else {
                break shape;
            };
            match self.document.schema(other) {
                Some((Some(other), resolved))
                    if names.len() < DEEPEST && !names.contains(&other) =>
                {
                    names.push(other);
                    (name, schema) = (other, resolved);
                }
                _ => break Shape::Unclear("it consists of nothing but itself"),
            }
        };
        let site = self.known.site(name);
        if !self.known.open.insert(key(name)) {
            self.leave_untyped(&site.pointer, "it consists of nothing but itself");
            return Type::Json;
        }
        let place = Place {
            key: key(name),
            site,
            spelled: Some(self.known.spellings(name)),
        };
        let ty = self.shaped_type(shape, &schema.schema_data, &place);
        self.known.open.remove(&place.key);
        for name in names {
            self.known.types.insert(key(name), ty.clone());
        }
        ty
    }

    fn inline_type(&mut self, schema: &'d Schema, site: &Site, usage: Use) -> Type {
        let shape = self.shape(schema, site);
        if let Shape::Same(other) = shape {
            return self.value_type(other, site, usage);
        }
        let key = (site.pointer.to_string(), usage);
        if let Some(known) = self.known.types.get(&key) {
            return known.clone();
        }
        let before = self.drafts.len();
        let place = Place {
            key,
            site: site.clone(),
            spelled: None,
        };
        let ty = self.shaped_type(shape, &schema.schema_data, &place);
        let ty = match ty {
            Type::Named(id) if id.0 == before => self.same_or(id),
            other => other,
        };
        self.known.types.insert(place.key, ty.clone());
        ty
    }

    /// An inline struct that equals one of the same name is that one.
    fn same_or(&mut self, id: TypeId) -> Type {
        let is_full = !self.known.empty.iter().any(|(empty, ..)| *empty == id);
        let equal = self
            .drafts
            .get(id)
            .filter(|draft| is_full && matches!(draft.kind, TypeKind::Struct(_)))
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

    fn shaped_type(&mut self, shape: Shape<'d>, data: &SchemaData, place: &Place) -> Type {
        match shape {
            // An object in a parameter or a form is the same as in JSON.
            Shape::Object(_) if place.usage() == Use::Sent => {
                let place = place.in_json();
                let known = self.known_at(&place);
                known.unwrap_or_else(|| self.shaped_type(shape, data, &place))
            }
            Shape::Object(object) if object.properties.is_empty() => {
                let value = object
                    .rest
                    .map(|(rest, site)| self.rest_type(rest, &site, place.usage()));
                Type::Map(Box::new(value.unwrap_or(Type::Json)))
            }
            Shape::Object(object) => {
                let kind = TypeKind::Struct(Struct::default());
                self.define(kind, Empty::Struct(object), data, place)
            }
            Shape::Choice(choice) => self.choice_type(choice, data, place),
            Shape::Leaf(leaf, site) => self.leaf_type(leaf, data, &place.moved(site)),
            Shape::Same(other) => self.value_type(other, &place.site, place.usage()),
            Shape::Any => Type::Json,
            Shape::Unclear(reason) => {
                self.leave_untyped(&place.site.pointer, reason);
                Type::Json
            }
        }
    }

    /// What is known of a place already.
    pub(crate) fn known_at(&self, place: &Place) -> Option<Type> {
        self.known.types.get(&place.key).cloned()
    }

    /// A definition that is known before it is filled, so that what is in it can lead back to it.
    pub(crate) fn define(
        &mut self,
        kind: TypeKind,
        content: Empty<'d>,
        data: &SchemaData,
        place: &Place,
    ) -> Type {
        let draft = draft(self.home, place.spellings(), data, kind);
        let id = self.drafts.add(draft);
        let ty = Type::Named(id);
        self.known.types.insert(place.key.clone(), ty.clone());
        self.known.open.remove(&place.key);
        // A list that is being read has no type yet; what may lead back to it must wait.
        if self.known.open.is_empty() && self.known.nesting <= EAGER {
            self.fill(id, content, &place.site);
        } else {
            self.known
                .empty
                .push_back((id, content, place.site.clone()));
        }
        ty
    }

    fn fill(&mut self, id: TypeId, content: Empty<'d>, site: &Site) {
        match content {
            Empty::Struct(object) => self.fill_struct(id, &object),
            Empty::OneOf(choice) => self.fill_choice(id, &choice, site),
        }
    }

    fn fill_empty(&mut self) {
        while let Some((id, content, site)) = self.known.empty.pop_front() {
            self.known.nesting += 1;
            self.fill(id, content, &site);
            self.known.nesting -= 1;
        }
    }

    /// What the properties hold that have no name in the document.
    pub(crate) fn rest_type(
        &mut self,
        rest: &'d AdditionalProperties,
        site: &Site,
        usage: Use,
    ) -> Type {
        let AdditionalProperties::Schema(schema) = rest else {
            return Type::Json;
        };
        let own = site.own.to_singular();
        let document = self.document;
        let ty = self.value_type(schema, &site.inner("additionalProperties", &own), usage);
        let resolved = document.schema(schema).map(|(_, schema)| schema);
        self.or_null(ty, resolved, usage)
    }

    fn leaf_type(&mut self, leaf: Leaf<'d>, data: &SchemaData, place: &Place) -> Type {
        match leaf {
            Leaf::Text(text) => self.text_type(&text, data, place),
            Leaf::Integer(format, values) => self.integer_type(&format, &values, data, place),
            Leaf::Number => Type::Number,
            Leaf::Bool => Type::Bool,
            Leaf::List(items) => {
                let own = place.site.own.to_singular();
                let item = items.map_or(Type::Json, |items| {
                    self.item_type(items, &place.site.inner("items", &own), place.usage())
                });
                Type::List(Box::new(item))
            }
            Leaf::Values(values) => self.mixed_values(values, data, place),
        }
    }

    /// Whether null is a value of the schema.
    pub(crate) fn is_nullable(&self, schema: &'d Schema) -> bool {
        let mut schema = schema;
        for _ in 0..DEEPEST {
            if schema.schema_data.nullable || has_null(schema) {
                return true;
            }
            match &schema.schema_kind {
                SchemaKind::OneOf { one_of: list } | SchemaKind::AnyOf { any_of: list } => {
                    let mut all = list.iter().filter_map(|one| self.document.schema(one));
                    return all.any(|(_, one)| one.schema_data.nullable || has_null(one));
                }
                SchemaKind::AllOf { all_of } if all_of.len() == 1 => {
                    let only = all_of.first().and_then(|one| self.document.schema(one));
                    match only {
                        Some((_, only)) => schema = only,
                        None => return false,
                    }
                }
                _ => return false,
            }
        }
        false
    }
}

/// Whether null is in the list of values.
fn has_null(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => string.enumeration.contains(&None),
        SchemaKind::Type(openapiv3::Type::Integer(integer)) => integer.enumeration.contains(&None),
        SchemaKind::Any(any) => any.enumeration.iter().any(serde_json::Value::is_null),
        _ => false,
    }
}

/// Whether the schema has no value but null.
pub(crate) fn is_null(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => {
            !string.enumeration.is_empty() && string.enumeration.iter().all(Option::is_none)
        }
        SchemaKind::Any(any) if any.enumeration.is_empty() => {
            (schema.schema_data.nullable && mixed::is_bare(any))
                || any.typ.as_deref() == Some("null")
        }
        SchemaKind::Any(any) => any.enumeration.iter().all(serde_json::Value::is_null),
        _ => false,
    }
}
