//! Takes a schema with all that it is made of (`allOf`, keywords of several kinds) and gives the shape that it means; it must never drop properties or alternatives.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ObjectType, ReferenceOr, Schema, SchemaKind,
    Type as Kind,
};

use super::Lowering;
use super::mixed::{self, Leaf};
use super::site::Site;

/// Schemas may be parts of each other up to this depth.
const DEEPEST: usize = 64;

/// A schema may be merged out of that many schemas.
const MOST_PARTS: usize = 1024;

/// What a schema means.
#[derive(Debug)]
pub(crate) enum Shape<'d> {
    /// An object: properties, and what else may be in it.
    Object(Object<'d>),
    /// One of several schemas.
    Choice(Choice<'d>),
    /// Nothing but another schema.
    Same(&'d ReferenceOr<Schema>),
    /// A plain value or a list.
    Leaf(Leaf<'d>, Site),
    /// Any value.
    Any,
    /// What no type expresses.
    Unclear(&'static str),
}

/// An object, merged out of all that describes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object<'d> {
    pub(crate) properties: IndexMap<&'d str, Property<'d>>,
    pub(crate) required: Vec<&'d str>,
    /// What other properties hold, where the document says that there are some.
    pub(crate) rest: Option<(&'d AdditionalProperties, Site)>,
}

/// A property, and where it is declared.
#[derive(Clone, Debug)]
pub(crate) struct Property<'d> {
    pub(crate) schema: &'d ReferenceOr<Box<Schema>>,
    pub(crate) site: Site,
}

/// One of several schemas, each with what all have.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'d> {
    pub(crate) list: Vec<(&'d ReferenceOr<Schema>, Site)>,
    pub(crate) discriminator: Option<&'d Discriminator>,
    pub(crate) common: Object<'d>,
}

impl<'d> Object<'d> {
    fn add(
        &mut self,
        properties: &'d IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'d [String],
        rest: Option<&'d AdditionalProperties>,
        site: &Site,
    ) {
        for (wire, schema) in properties {
            let site = site.property(wire);
            self.properties.insert(wire, Property { schema, site });
        }
        self.required.extend(required.iter().map(String::as_str));
        if self.rest.is_none() {
            let open = rest.filter(|rest| !matches!(rest, AdditionalProperties::Any(false)));
            self.rest = open.map(|rest| (rest, site.clone()));
        }
    }

    /// Takes over what another object has and this one lacks.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (wire, property) in &other.properties {
            self.properties
                .entry(*wire)
                .or_insert_with(|| property.clone());
        }
        self.required.extend(&other.required);
        if self.rest.is_none() {
            self.rest.clone_from(&other.rest);
        }
    }

    pub(crate) fn requires(&self, wire: &str) -> bool {
        self.required.contains(&wire)
    }
}

/// What a schema was found to consist of.
struct Parts<'d> {
    object: Object<'d>,
    is_object: bool,
    choices: Vec<Choice<'d>>,
    leaves: Vec<(Leaf<'d>, Site)>,
    /// How many schemas may still be looked at; parts may share parts, so that a short document could have endlessly many.
    left: usize,
}

impl<'d> Lowering<'d> {
    /// What the schema means. `site` is where it stands.
    pub(crate) fn shape(&self, schema: &'d Schema, site: &Site) -> Shape<'d> {
        if let Some(only) = only_part(schema) {
            return Shape::Same(only);
        }
        let mut parts = Parts {
            object: Object::default(),
            is_object: false,
            choices: Vec::new(),
            leaves: Vec::new(),
            left: MOST_PARTS,
        };
        if parts.collect(self, schema, site, 0).is_none() {
            return Shape::Unclear("it is merged out of too many schemas");
        }
        parts.decide(self)
    }

    /// The schema as an object, where it is one.
    pub(crate) fn object_view(&self, schema: &'d Schema, site: &Site) -> Option<Object<'d>> {
        let (mut schema, mut site) = (schema, site.clone());
        for _ in 0..DEEPEST {
            match self.shape(schema, &site) {
                Shape::Object(object) => return Some(object),
                Shape::Same(other) => {
                    let (component, resolved) = self.document.schema(other)?;
                    schema = resolved;
                    site = component.map_or(site, |name| self.known.site(name));
                }
                _ => return None,
            }
        }
        None
    }
}

impl<'d> Parts<'d> {
    fn collect(
        &mut self,
        lowering: &Lowering<'d>,
        schema: &'d Schema,
        site: &Site,
        depth: usize,
    ) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let discriminator = schema.schema_data.discriminator.as_ref();
        match &schema.schema_kind {
            _ if depth > DEEPEST => return None,
            SchemaKind::Type(Kind::Object(object)) => self.add_object(object, site),
            SchemaKind::Type(kind) => {
                let leaf = mixed::leaf(kind)?;
                self.leaves.push((leaf, site.clone()));
            }
            SchemaKind::OneOf { one_of } => self.choose(one_of, "oneOf", discriminator, site),
            SchemaKind::AnyOf { any_of } => self.choose(any_of, "anyOf", discriminator, site),
            SchemaKind::AllOf { all_of } => self.all(lowering, all_of, site, depth)?,
            // What a value is not says little of what it is.
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => {
                self.all(lowering, &any.all_of, site, depth)?;
                self.add_any(any, discriminator, site);
            }
        }
        Some(())
    }

    fn all(
        &mut self,
        lowering: &Lowering<'d>,
        all_of: &'d [ReferenceOr<Schema>],
        site: &Site,
        depth: usize,
    ) -> Option<()> {
        for (index, part) in all_of.iter().enumerate() {
            let (component, schema) = lowering.document.schema(part)?;
            let site = component.map_or_else(
                || site.part("allOf", index),
                |name| lowering.known.site(name),
            );
            self.collect(lowering, schema, &site, depth + 1)?;
        }
        Some(())
    }

    fn add_object(&mut self, object: &'d ObjectType, site: &Site) {
        self.is_object = true;
        let rest = object.additional_properties.as_ref();
        self.object
            .add(&object.properties, &object.required, rest, site);
    }

    fn add_any(
        &mut self,
        any: &'d AnySchema,
        discriminator: Option<&'d Discriminator>,
        site: &Site,
    ) {
        let rest = any.additional_properties.as_ref();
        self.is_object |=
            any.typ.as_deref() == Some("object") || !any.properties.is_empty() || rest.is_some();
        self.object.add(&any.properties, &any.required, rest, site);
        let mut chosen = false;
        for (list, keyword) in [(&any.one_of, "oneOf"), (&any.any_of, "anyOf")] {
            // Beside a type, alternatives may say no more than which values it has.
            let narrows = any.typ.is_some() && list.iter().all(is_untyped);
            if !list.is_empty() && !narrows {
                self.choose(list, keyword, discriminator, site);
                chosen = true;
            }
        }
        if let Some(leaf) = mixed::meant(any).filter(|_| !chosen) {
            self.leaves.push((leaf, site.clone()));
        }
    }

    fn choose(
        &mut self,
        list: &'d [ReferenceOr<Schema>],
        keyword: &str,
        discriminator: Option<&'d Discriminator>,
        site: &Site,
    ) {
        let list = list.iter().enumerate();
        self.choices.push(Choice {
            list: list
                .map(|(index, one)| (one, site.part(keyword, index)))
                .collect(),
            discriminator,
            common: Object::default(),
        });
    }

    fn decide(mut self, lowering: &Lowering<'d>) -> Shape<'d> {
        let demands_only = |choice: &Choice<'d>| choice.list.iter().all(|(one, _)| demands(one));
        // `anyOf: [{required: [a]}, {required: [b]}]` says what goes together, not what it is.
        self.choices.retain(|choice| !demands_only(choice));
        let has_properties = !self.object.properties.is_empty();
        match (self.choices.len(), self.leaves.len()) {
            (0, 0) if self.is_object => Shape::Object(self.object),
            (0, 0) => Shape::Any,
            (0, _) if has_properties => {
                Shape::Unclear("it is to be an object and something else at once")
            }
            (0, _) => match one_leaf(self.leaves) {
                Some((leaf, site)) => Shape::Leaf(leaf, site),
                None => Shape::Unclear("it is to be of two kinds at once"),
            },
            (1, _) => match self.choices.pop() {
                Some(mut choice) => {
                    choice.common = self.object;
                    Shape::Choice(choice)
                }
                None => Shape::Any,
            },
            _ => self.flattened(lowering),
        }
    }

    /// Several choices at once: an object that may have whatever any alternative has.
    fn flattened(self, lowering: &Lowering<'d>) -> Shape<'d> {
        let mut object = self.object;
        for (one, site) in self.choices.iter().flat_map(|choice| &choice.list) {
            let Some((component, schema)) = lowering.document.schema(one) else {
                continue;
            };
            let site = component.map_or_else(|| site.clone(), |name| lowering.known.site(name));
            let Shape::Object(mut part) = lowering.shape(schema, &site) else {
                return Shape::Unclear("it is several choices at once");
            };
            part.required.clear();
            object.merge(&part);
        }
        Shape::Object(object)
    }
}

/// The leaf that several describe together: the one that says most.
fn one_leaf(leaves: Vec<(Leaf<'_>, Site)>) -> Option<(Leaf<'_>, Site)> {
    let mut leaves = leaves.into_iter();
    let mut best = leaves.next()?;
    for other in leaves {
        if std::mem::discriminant(&best.0) != std::mem::discriminant(&other.0) {
            return None;
        }
        if other.0.detail() > best.0.detail() {
            best = other;
        }
    }
    Some(best)
}

/// The only part of `allOf` that says anything, where it is a reference and nothing stands beside it.
fn only_part(schema: &Schema) -> Option<&ReferenceOr<Schema>> {
    let all_of = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) if !any.all_of.is_empty() => {
            let alone = any.typ.as_deref().is_none_or(|kind| kind == "object")
                && any.properties.is_empty()
                && any.required.is_empty()
                && any.enumeration.is_empty()
                && any.additional_properties.is_none()
                && any.one_of.is_empty()
                && any.any_of.is_empty();
            alone.then_some(&any.all_of)?
        }
        _ => return None,
    };
    let mut parts = all_of.iter().filter(|part| !says_nothing(part));
    let only = parts.next()?;
    let is_only = parts.next().is_none() && matches!(only, ReferenceOr::Reference { .. });
    is_only.then_some(only)
}

fn says_nothing(part: &ReferenceOr<Schema>) -> bool {
    match part {
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Any(any) => mixed::is_bare(any),
            SchemaKind::Type(Kind::Object(object)) => *object == ObjectType::default(),
            _ => false,
        },
        ReferenceOr::Reference { .. } => false,
    }
}

/// Whether an alternative says nothing of what kind of value it is.
fn is_untyped(one: &ReferenceOr<Schema>) -> bool {
    match one {
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Not { .. } => true,
            SchemaKind::Any(any) => {
                any.enumeration.is_empty()
                    && (mixed::is_bare(any)
                        || (any.typ.is_none()
                            && mixed::meant(any).is_some()
                            && any.items.is_none()))
            }
            _ => false,
        },
        ReferenceOr::Reference { .. } => false,
    }
}

/// Whether an alternative only demands or forbids, and describes nothing.
fn demands(one: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = one else {
        return false;
    };
    match &schema.schema_kind {
        SchemaKind::Not { .. } => true,
        SchemaKind::Any(any) => {
            mixed::meant(any).is_none()
                && any.typ.as_deref().is_none_or(|kind| kind == "object")
                && any.properties.is_empty()
                && any.additional_properties.is_none()
                && any.one_of.is_empty()
                && any.any_of.is_empty()
                && any.all_of.is_empty()
                && !(any.required.is_empty() && any.not.is_none())
        }
        SchemaKind::Type(Kind::Object(object)) => {
            object.properties.is_empty()
                && object.additional_properties.is_none()
                && !object.required.is_empty()
        }
        _ => false,
    }
}
