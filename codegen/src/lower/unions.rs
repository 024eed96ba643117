//! Takes a choice of schemas and gives one type for it: the only one that is left, texts in one list, or an enum; it must never drop an alternative.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema, SchemaData, StringFormat, VariantOrUnknownOrEmpty as Format};
use serde_json::Value;

use super::Lowering;
use super::drafts::draft;
use super::mixed::Leaf;
use super::names::{self, Candidates};
use super::place::Place;
use super::shape::{Choice, Object, Shape};
use super::site::Site;
use super::types::{Empty, Use, is_null};
use super::values::enumeration;
use super::words::Words;
use crate::document::NamedSchema;
use crate::model::{Alternative, OneOf, Struct, Type, TypeId, TypeKind, Usage};

/// What tells the alternatives of a choice apart: a property, and its values for each of them.
type Tags = (String, Vec<Vec<String>>);

impl<'d> Lowering<'d> {
    pub(crate) fn choice_type(
        &mut self,
        mut choice: Choice<'d>,
        data: &SchemaData,
        place: &Place,
    ) -> Type {
        let document = self.document;
        // What may be null besides is said by the place.
        choice.list.retain(|(one, _)| {
            document
                .schema(one)
                .is_none_or(|(_, schema)| !is_null(schema))
        });
        let is_plain = choice.common.properties.is_empty();
        match choice.list.as_slice() {
            [] => return Type::Json,
            [(only, site)] if is_plain => {
                let site = Site {
                    pointer: site.pointer.clone(),
                    ..place.site.clone()
                };
                return self.value_type(only, &site, place.usage());
            }
            _ => {}
        }
        if let Some(ty) = self.joined(&choice, data, place).filter(|_| is_plain) {
            return ty;
        }
        let place = place.in_json();
        if let Some(known) = self.known_at(&place) {
            return known;
        }
        let kind = TypeKind::OneOf(OneOf {
            tag: None,
            variants: Vec::new(),
            unknown: names::single("Other"),
            usage: Usage::default(),
        });
        self.define(kind, Empty::OneOf(choice), data, &place)
    }

    /// One type for alternatives that are all texts, or all numbers.
    fn joined(&mut self, choice: &Choice<'d>, data: &SchemaData, place: &Place) -> Option<Type> {
        let mut leaves = Vec::new();
        for (one, site) in &choice.list {
            leaves.push((self.leaf_of(self.document.schema(one), site)?, *one));
        }
        let all_texts: Option<Vec<_>> = leaves
            .iter()
            .map(|(leaf, one)| match leaf {
                Leaf::Text(text) => Some((text, *one)),
                _ => None,
            })
            .collect();
        let Some(texts) = all_texts else {
            let is_number = |leaf: &Leaf<'_>| matches!(leaf, Leaf::Number | Leaf::Integer(..));
            let all_numbers = leaves.iter().all(|(leaf, _)| is_number(leaf));
            let all_whole = leaves
                .iter()
                .all(|(leaf, _)| matches!(leaf, Leaf::Integer(..)));
            let all_bool = leaves.iter().all(|(leaf, _)| matches!(leaf, Leaf::Bool));
            return match (all_whole, all_numbers, all_bool) {
                (true, ..) => Some(Type::Integer),
                (_, true, _) => Some(Type::Number),
                (_, _, true) => Some(Type::Bool),
                _ => None,
            };
        };
        if texts.iter().any(|(text, _)| text.format == "password") {
            return Some(Type::Secret);
        }
        let listed: Vec<_> = texts
            .iter()
            .filter(|(text, _)| !text.values.is_empty())
            .collect();
        if let [(_, only)] = listed.as_slice() {
            return Some(self.value_type(only, &place.site, place.usage()));
        }
        let values: Vec<String> = listed
            .iter()
            .flat_map(|(text, _)| &text.values)
            .map(|value| (*value).to_owned())
            .collect();
        if values.is_empty() {
            return Some(Type::Text);
        }
        let kind = TypeKind::Enum(enumeration(&values, false, data));
        let draft = draft(self.home, place.spellings(), data, kind);
        Some(Type::Named(self.definition(draft)))
    }

    /// The plain value that an alternative is.
    fn leaf_of(&self, schema: Option<NamedSchema<'d>>, site: &Site) -> Option<Leaf<'d>> {
        let (_, mut schema) = schema?;
        for _ in 0..8 {
            match self.shape(schema, site) {
                Shape::Leaf(leaf, _) => return Some(leaf),
                Shape::Same(other) => schema = self.document.schema(other)?.1,
                _ => return None,
            }
        }
        None
    }

    pub(crate) fn fill_choice(&mut self, id: TypeId, choice: &Choice<'d>, site: &Site) {
        let tags = self.tags(choice);
        let mut variants: Vec<(Alternative, Vec<String>)> = Vec::new();
        for (index, (one, one_site)) in choice.list.iter().enumerate() {
            let values = tags.as_ref().and_then(|(_, values)| values.get(index));
            let values = values.cloned().unwrap_or_default();
            let (ty, mut spellings, docs) =
                self.alternative_type(one, one_site, choice, site, &values);
            // What is one of itself is one of the others.
            if ty == Type::Named(id) {
                continue;
            }
            if let (Some((tag, _)), Type::Named(struct_id), [value]) =
                (&tags, &ty, values.as_slice())
            {
                self.known
                    .tags
                    .push((*struct_id, tag.clone(), value.clone()));
            }
            if let Some((known, _)) = variants.iter_mut().find(|(known, _)| known.ty == ty) {
                known.values.extend(values);
                continue;
            }
            if tags.is_some() {
                spellings.extend(values.first().map(|value| Words::of(value).pascal()));
            }
            let alternative = Alternative {
                values,
                name: names::single("Variant"),
                ty,
                docs,
            };
            variants.push((alternative, spellings));
        }
        let names: Vec<_> = variants
            .iter()
            .map(|(_, spellings)| Candidates::new(spellings.iter().cloned()))
            .collect();
        let names = names::assign(&names, &["Self"]);
        let unknown = ["Other", "OtherValue", "UnknownValue"]
            .into_iter()
            .find(|unknown| names.iter().all(|name| name.as_str() != *unknown));
        let variants = variants.into_iter().zip(names);
        let variants = variants.map(|((one, _), name)| Alternative { name, ..one });
        let kind = TypeKind::OneOf(OneOf {
            tag: tags.map(|(tag, _)| tag),
            variants: variants.collect(),
            unknown: names::single(unknown.unwrap_or("Unlisted")),
            usage: Usage::default(),
        });
        if let Some(draft) = self.drafts.get_mut(id) {
            draft.kind = kind;
        }
    }

    /// The type of an alternative, what its variant may be called, and what the document says of it.
    fn alternative_type(
        &mut self,
        one: &'d ReferenceOr<Schema>,
        one_site: &Site,
        choice: &Choice<'d>,
        site: &Site,
        values: &[String],
    ) -> (Type, Vec<String>, String) {
        let document = self.document;
        let Some((component, schema)) = document.schema(one) else {
            return (Type::Json, vec!["Value".to_owned()], String::new());
        };
        let data = &schema.schema_data;
        let docs = data.description.clone().unwrap_or_default();
        let own = component
            .map(|name| self.known.site(name).own)
            .or_else(|| data.title.as_deref().map(Words::of))
            .or_else(|| values.first().map(|value| Words::of(value)))
            .filter(|own| !own.is_empty());
        let place = Site {
            pointer: one_site.pointer.clone(),
            parent: site.words(),
            own: own.clone().unwrap_or_else(|| kind_of(schema)),
            qualifier: site.qualifier.clone(),
            depth: one_site.depth,
        };
        let view_site = component.map_or_else(|| place.clone(), |name| self.known.site(name));
        let object = (!choice.common.properties.is_empty())
            .then(|| self.object_view(schema, &view_site))
            .flatten();
        let ty = match object {
            Some(object) => self.with_common(object, &choice.common, data, &place),
            None => self.value_type(one, &place, Use::Json),
        };
        let name = own.unwrap_or_else(|| kind_of(schema)).pascal();
        (ty, vec![name], docs)
    }

    /// A struct of what an alternative has and what all of them have.
    fn with_common(
        &mut self,
        mut object: Object<'d>,
        common: &Object<'d>,
        data: &SchemaData,
        site: &Site,
    ) -> Type {
        object.merge(common);
        let place = Place::at(site.clone(), "merged");
        let kind = TypeKind::Struct(Struct::default());
        self.define(kind, Empty::Struct(object), data, &place)
    }

    /// What tells the alternatives apart; none where nothing does.
    fn tags(&self, choice: &Choice<'d>) -> Option<Tags> {
        let mut objects = Vec::new();
        for (one, site) in &choice.list {
            let (component, schema) = self.document.schema(one)?;
            let site = component.map_or_else(|| site.clone(), |name| self.known.site(name));
            let mut object = self.object_view(schema, &site)?;
            object.merge(&choice.common);
            objects.push((component, object));
        }
        if let Some(discriminator) = choice.discriminator {
            let tag = &discriminator.property_name;
            let values = objects.iter().map(|(component, object)| {
                let mapped = discriminator.mapping.iter().filter(|(_, target)| {
                    component.is_some()
                        && self.document.schema_at(target).and_then(|(name, _)| name) == *component
                });
                let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
                let listed = || self.listed(object, tag);
                let own = || component.map(|name| vec![name.to_owned()]);
                (!mapped.is_empty())
                    .then_some(mapped)
                    .or_else(|| listed().filter(|values| !values.is_empty()))
                    .or_else(own)
            });
            return distinct(tag, values.collect::<Option<_>>()?);
        }
        let (_, first) = objects.first()?;
        first.properties.keys().find_map(|tag| {
            let values = objects.iter().map(|(_, object)| {
                self.listed(object, tag)
                    .filter(|values| !values.is_empty() && object.requires(tag))
            });
            distinct(tag, values.collect::<Option<_>>()?)
        })
    }

    /// The texts that a property may be.
    fn listed(&self, object: &Object<'d>, wire: &str) -> Option<Vec<String>> {
        let property = object.properties.get(wire)?;
        let (_, schema) = self.document.boxed_schema(property.schema)?;
        let texts = self.listed_texts(schema);
        Some(texts.into_iter().map(str::to_owned).collect())
    }

    /// An enum of values of several kinds: the texts, the whole numbers, and whatever else there is.
    pub(crate) fn mixed_values(
        &mut self,
        values: &'d [Value],
        data: &SchemaData,
        place: &Place,
    ) -> Type {
        let texts: Vec<String> = values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        let mut variants = Vec::new();
        let mut add = |name: &str, ty: Type| {
            variants.push(Alternative {
                values: Vec::new(),
                name: names::single(name),
                ty,
                docs: String::new(),
            });
        };
        if values.iter().any(Value::is_boolean) {
            add("Bool", Type::Bool);
        }
        if values.iter().any(Value::is_i64) {
            add("Integer", Type::Integer);
        }
        if values.iter().any(Value::is_f64) {
            add("Number", Type::Number);
        }
        if !texts.is_empty() {
            let spellings = place
                .spellings()
                .into_iter()
                .map(|name| format!("{name}Text"));
            let kind = TypeKind::Enum(enumeration(&texts, false, data));
            let draft = draft(self.home, spellings.collect(), data, kind);
            let id = self.definition(draft);
            add("Text", Type::Named(id));
        }
        let kind = TypeKind::OneOf(OneOf {
            tag: None,
            variants,
            unknown: names::single("Other"),
            usage: Usage::default(),
        });
        let draft = draft(self.home, place.spellings(), data, kind);
        Type::Named(self.definition(draft))
    }
}

/// The tag, if no value stands for two alternatives.
fn distinct(tag: &str, values: Vec<Vec<String>>) -> Option<Tags> {
    let mut seen = BTreeSet::new();
    let all_new = values.iter().flatten().all(|value| seen.insert(value));
    all_new.then(|| (tag.to_owned(), values))
}

const DATE: Format<StringFormat> = Format::Item(StringFormat::Date);
const TIME: Format<StringFormat> = Format::Item(StringFormat::DateTime);

/// What a schema is called where nothing else has a name for it.
fn kind_of(schema: &Schema) -> Words {
    use openapiv3::{SchemaKind, Type as Kind};
    Words::of(match &schema.schema_kind {
        SchemaKind::Type(Kind::String(string)) if string.format == DATE => "date",
        SchemaKind::Type(Kind::String(string)) if string.format == TIME => "time",
        SchemaKind::Type(Kind::String(_)) => "text",
        SchemaKind::Type(Kind::Integer(_)) => "integer",
        SchemaKind::Type(Kind::Number(_)) => "number",
        SchemaKind::Type(Kind::Boolean(_)) => "bool",
        SchemaKind::Type(Kind::Array(_)) => "list",
        SchemaKind::Type(Kind::Object(object)) if object.properties.is_empty() => "map",
        SchemaKind::Type(Kind::Object(_)) | SchemaKind::AllOf { .. } => "object",
        SchemaKind::Any(any) if !any.properties.is_empty() => "object",
        _ => "value",
    })
}
