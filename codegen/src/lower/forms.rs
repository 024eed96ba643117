//! Takes the schema of a form body and gives its fields, or the type of its alternatives; it must never send a property that the document does not have.

use indexmap::IndexMap;
use openapiv3::{Discriminator, Encoding, ReferenceOr, Schema, SchemaKind};

use super::drafts::draft;
use super::media::is_json;
use super::names::{self, Candidates};
use super::parameters::query_style;
use super::shape::Object;
use super::site::Site;
use super::types::Use;
use super::words::Words;
use super::{Lowering, rules};
use crate::model::{
    BodyArgument, FormField, FormStruct, Position, Style, StyleKind, Type, TypeId, TypeKind, Union,
    UnionVariant,
};

/// What a form body consists of.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// Its fields, or those that all alternatives share.
    pub(crate) fields: Vec<FormField>,
    /// What is sent as one value: the alternatives, or an object whose fields are not all known.
    pub(crate) whole: Option<Type>,
    /// Whether that value must be given.
    pub(crate) required: bool,
    /// What the document says of it.
    pub(crate) docs: String,
}

/// How the properties of a form are to be written.
type Encodings = IndexMap<String, Encoding>;

/// One alternative of a form, on the way to its definition.
struct Alternative {
    value: String,
    site: Site,
    spellings: Vec<String>,
    schema: Schema,
    fields: Vec<FormField>,
}

impl Form {
    /// What is sent as one value.
    pub(crate) fn into_argument(self) -> Option<BodyArgument> {
        Some(BodyArgument {
            name: names::single("body"),
            ty: self.whole?,
            required: self.required,
            docs: self.docs,
        })
    }
}

impl<'d> Lowering<'d> {
    /// The form that a schema describes.
    pub(crate) fn form(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        encodings: &'d Encodings,
        site: &Site,
    ) -> Form {
        let document = self.document;
        let Some((component, resolved)) = document.schema(schema) else {
            return Form::default();
        };
        let site = component.map_or_else(|| site.clone(), |name| self.known.site(name));
        if let Some(object) = self.object_view(resolved, &site)
            && !object.properties.is_empty()
            && object.rest.is_none()
        {
            let fields = self.form_fields(&object, None, encodings);
            return Form {
                fields,
                ..Form::default()
            };
        }
        if let SchemaKind::OneOf { one_of } | SchemaKind::AnyOf { any_of: one_of } =
            &resolved.schema_kind
            && let Some(discriminator) = &resolved.schema_data.discriminator
        {
            let spellings = component.map_or_else(
                || vec![site.words().pascal()],
                |name| self.known.spellings(name),
            );
            let union = (one_of.as_slice(), discriminator, resolved);
            if let Some(form) = self.union(union, encodings, &site, spellings) {
                return form;
            }
        }
        self.whole_form(schema, resolved, &site)
    }

    /// A form that is given as one value, whose properties are its fields.
    fn whole_form(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        resolved: &'d Schema,
        site: &Site,
    ) -> Form {
        let site = Site {
            own: Words::of("form"),
            ..site.clone()
        };
        let mut ty = self.value_type(schema, &site, Use::Json);
        let kind = ty.named().and_then(|id| self.drafts.get(id));
        let kind = kind.map(|draft| &draft.kind);
        let is_object = match (&ty, kind) {
            (Type::Json | Type::Map(_), _) => true,
            (Type::Named(_), Some(kind)) => {
                matches!(kind, TypeKind::Struct(_) | TypeKind::OneOf(_))
            }
            _ => false,
        };
        if !is_object {
            let reason = "its form is not an object, so that any fields may be sent";
            self.leave_untyped(&site.pointer, reason);
            ty = Type::Map(Box::new(Type::Json));
        }
        let docs = resolved.schema_data.description.clone();
        Form {
            whole: Some(ty),
            docs: docs.unwrap_or_default(),
            ..Form::default()
        }
    }

    fn union(
        &mut self,
        (one_of, discriminator, schema): (&'d [ReferenceOr<Schema>], &'d Discriminator, &'d Schema),
        encodings: &'d Encodings,
        site: &Site,
        spellings: Vec<String>,
    ) -> Option<Form> {
        let tag = &discriminator.property_name;
        let mut alternatives = Vec::new();
        for (index, one) in one_of.iter().enumerate() {
            alternatives.push(self.alternative(one, discriminator, encodings, (site, index))?);
        }
        let common = take_common(&mut alternatives);
        let union_names: Vec<_> = alternatives
            .iter()
            .map(|one| Candidates::new([Words::of(&one.value).pascal()]))
            .collect();
        let constructors: Vec<_> = alternatives
            .iter()
            .map(|one| Candidates::new([Words::of(&one.value).snake()]))
            .collect();
        let variant_names = names::assign(&union_names, &[]);
        let constructor_names = names::assign(&constructors, &[]);
        let mut variants = Vec::new();
        for ((one, name), constructor) in alternatives
            .into_iter()
            .zip(variant_names)
            .zip(constructor_names)
        {
            let form = self.form_struct(&one);
            variants.push(UnionVariant {
                value: one.value,
                name,
                constructor,
                form,
            });
        }
        let kind = TypeKind::Union(Union {
            tag: tag.clone(),
            variants,
        });
        let union = self.definition(draft(self.home, spellings, &schema.schema_data, kind));
        let docs = schema.schema_data.description.clone().unwrap_or_default();
        Some(Form {
            fields: common,
            whole: Some(Type::Named(union)),
            required: true,
            docs,
        })
    }

    fn alternative(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        discriminator: &'d Discriminator,
        encodings: &'d Encodings,
        (site, index): (&Site, usize),
    ) -> Option<Alternative> {
        let document = self.document;
        let (component, resolved) = document.schema(schema)?;
        let inner = component.map_or_else(
            || {
                let pointer = site.pointer.child("oneOf").index(index);
                Site::new(pointer, site.words(), "")
            },
            |name| self.known.site(name),
        );
        let object = self.object_view(resolved, &inner)?;
        let value = self.tag_value(component, discriminator, &object)?;
        let (site, spellings) = if let Some(name) = component {
            (inner, self.known.spellings(name))
        } else {
            let site = Site::new(inner.pointer, site.words(), &value);
            let spellings = vec![site.words().pascal()];
            (site, spellings)
        };
        let fields = self.form_fields(&object, Some(&discriminator.property_name), encodings);
        Some(Alternative {
            value,
            site,
            spellings,
            schema: resolved.clone(),
            fields,
        })
    }

    /// The discriminator's value for an alternative: the mapping says it, or the property's only value, or the component's name.
    fn tag_value(
        &self,
        component: Option<&str>,
        discriminator: &Discriminator,
        object: &Object<'d>,
    ) -> Option<String> {
        let mapped = discriminator.mapping.iter().find(|(_, target)| {
            component.is_some()
                && self.document.schema_at(target).and_then(|(name, _)| name) == component
        });
        if let Some((value, _)) = mapped {
            return Some(value.clone());
        }
        let property = object.properties.get(discriminator.property_name.as_str());
        let only = property.and_then(|property| {
            let (_, schema) = self.document.boxed_schema(property.schema)?;
            self.only_text(schema)
        });
        only.or_else(|| component.map(str::to_owned))
    }

    fn form_struct(&mut self, alternative: &Alternative) -> TypeId {
        let key = alternative.site.pointer.to_string();
        if let Some(known) = self.known.forms.get(&key) {
            return *known;
        }
        let kind = TypeKind::Form(FormStruct {
            fields: alternative.fields.clone(),
        });
        let spellings = alternative.spellings.clone();
        let id = self.drafts.add(draft(
            self.home,
            spellings,
            &alternative.schema.schema_data,
            kind,
        ));
        self.known.forms.insert(key, id);
        id
    }

    /// The properties of a form, without the discriminator's.
    fn form_fields(
        &mut self,
        object: &Object<'d>,
        tag: Option<&str>,
        encodings: &'d Encodings,
    ) -> Vec<FormField> {
        let document = self.document;
        let mut found = Vec::new();
        for (wire, property) in &object.properties {
            let Some((_, schema)) = document.boxed_schema(property.schema) else {
                continue;
            };
            if schema.schema_data.read_only || tag == Some(*wire) {
                continue;
            }
            let ty = self.boxed_type(property.schema, &property.site, Use::Sent);
            found.push((wire, ty, schema));
        }
        let spellings: Vec<_> = found
            .iter()
            .map(|(wire, ..)| {
                Candidates::new([
                    Words::of(wire).snake(),
                    format!("{}_field", Words::of(wire).snake()),
                ])
            })
            .collect();
        let assigned = names::assign(&spellings, &["new"]);
        let fields = found
            .into_iter()
            .zip(assigned)
            .map(|((wire, ty, schema), name)| FormField {
                wire: (*wire).to_owned(),
                name,
                style: style(encodings.get(*wire), &ty),
                rules: rules::rules(document, schema, &ty),
                ty,
                required: object.requires(wire),
                docs: schema.schema_data.description.clone().unwrap_or_default(),
                default: schema.schema_data.default.clone(),
                deprecated: schema.schema_data.deprecated,
            });
        fields.collect()
    }
}

/// Takes out of the alternatives what may be given with any of them: those properties are set on the call.
fn take_common(alternatives: &mut [Alternative]) -> Vec<FormField> {
    let Some((first, rest)) = alternatives.split_first() else {
        return Vec::new();
    };
    let is_common = |field: &&FormField| {
        !field.required && rest.iter().all(|other| other.fields.contains(field))
    };
    let common: Vec<FormField> = first.fields.iter().filter(is_common).cloned().collect();
    for alternative in alternatives {
        alternative.fields.retain(|field| !common.contains(field));
    }
    common
}

/// How a field is written. Where no style is named, its media type counts.
fn style(encoding: Option<&Encoding>, ty: &Type) -> Style {
    let Some(encoding) = encoding else {
        return Style::default();
    };
    let is_json = encoding.content_type.as_deref().is_some_and(is_json);
    let style = match &encoding.style {
        Some(style) => Style {
            kind: query_style(style),
            explode: Some(encoding.explode),
            allow_reserved: encoding.allow_reserved,
        },
        None if is_json => Style {
            kind: StyleKind::Json,
            ..Style::default()
        },
        None => Style::default(),
    };
    style.in_place(Position::Form, ty)
}
