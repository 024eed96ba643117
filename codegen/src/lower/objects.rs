//! Takes the properties of an object and gives the fields of its struct; it must never let a name depend on what becomes of the struct.

use openapiv3::Schema;

use super::Lowering;
use super::mixed::Leaf;
use super::names::{self, Candidates};
use super::rules;
use super::shape::{Object, Property, Shape};
use super::types::Use;
use super::words::Words;
use crate::model::{Access, Field, Rules, Struct, Type, TypeId, TypeKind};

impl<'d> Lowering<'d> {
    pub(crate) fn fill_struct(&mut self, id: TypeId, object: &Object<'d>) {
        let mut found = Vec::new();
        for (wire, property) in &object.properties {
            let ty = self.boxed_type(property.schema, &property.site, Use::Json);
            found.push((*wire, property, ty));
        }
        let rest = object.rest.as_ref();
        let rest = rest.map(|(rest, site)| self.rest_type(rest, site, Use::Json));
        let spellings = found
            .iter()
            .map(|(wire, ..)| Candidates::new([Words::of(wire).snake()]));
        let others = ["additional", "additional_properties", "other_properties"];
        let others = rest
            .iter()
            .map(|_| Candidates::new(others.map(str::to_owned)));
        let spellings: Vec<_> = spellings.chain(others).collect();
        let mut names = names::assign(&spellings, &[]).into_iter();
        let mut fields = Vec::new();
        for ((wire, property, ty), name) in found.into_iter().zip(names.by_ref()) {
            let mut field = self.field(wire, property, ty, object.requires(wire));
            field.name = name;
            fields.push(field);
        }
        let rest = names.next().zip(rest);
        if let Some(draft) = self.drafts.get_mut(id) {
            draft.kind = TypeKind::Struct(Struct {
                fields,
                rest,
                ..Struct::default()
            });
        }
    }

    fn field(&self, wire: &str, property: &Property<'d>, ty: Type, required: bool) -> Field {
        let document = self.document;
        let resolved = document.boxed_schema(property.schema);
        let schema = resolved.map(|(_, schema)| schema);
        let data = schema.map(|schema| &schema.schema_data);
        let access = match data.map(|data| (data.read_only, data.write_only)) {
            Some((true, false)) => Access::Answered,
            Some((false, true)) => Access::Sent,
            _ => Access::Both,
        };
        let nullable = schema.is_some_and(|schema| self.is_nullable(schema));
        let sole = schema.filter(|_| required && !nullable);
        Field {
            wire: wire.to_owned(),
            name: names::single("field"),
            rules: schema.map_or_else(Rules::default, |schema| rules::rules(document, schema, &ty)),
            ty,
            required,
            nullable,
            access,
            fixed: sole.and_then(|schema| self.only_text(schema)),
            docs: data
                .and_then(|data| data.description.clone())
                .unwrap_or_default(),
            default: data.and_then(|data| data.default.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
        }
    }

    /// The only value of a schema, where that is a text.
    pub(crate) fn only_text(&self, schema: &'d Schema) -> Option<String> {
        let texts = self.listed_texts(schema);
        match texts.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }

    /// The texts that a schema lists as its values.
    pub(crate) fn listed_texts(&self, schema: &'d Schema) -> Vec<&'d str> {
        let mut schema = schema;
        let site = self.known.site("");
        for _ in 0..8 {
            match self.shape(schema, &site) {
                Shape::Leaf(Leaf::Text(text), _) => return text.values,
                Shape::Same(other) => match self.document.schema(other) {
                    Some((_, resolved)) => schema = resolved,
                    None => break,
                },
                _ => break,
            }
        }
        Vec::new()
    }
}
