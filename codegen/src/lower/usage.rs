//! Takes all definitions and operations and says which definitions are answered, which are sent, and which hold a secret; it must never keep what nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::Drafts;
use super::names;
use crate::model::{
    Access, BodyKind, Field, Module, Name, Operation, Part, Position, Rules, Struct, Style,
    StyleKind, Type, TypeId, TypeKind, Usage, is_structured,
};

/// Marks each definition, takes out of structs what goes neither way, and gives the definitions that are used.
pub(crate) fn mark(
    drafts: &mut Drafts,
    modules: &[Module],
    tags: &[(TypeId, String, String)],
) -> BTreeSet<TypeId> {
    fix_tags(drafts, tags);
    let mut reach = Reach::default();
    for operation in modules
        .iter()
        .flat_map(|module| &module.resources)
        .flat_map(|resource| &resource.operations)
    {
        reach.add_sent(operation, drafts);
        reach.add_answers(operation);
    }
    reach.follow(drafts);
    let secret = secret(drafts);
    for (index, draft) in drafts.iter_mut().enumerate() {
        let id = TypeId(index);
        let usage = Usage {
            answered: reach.seen.contains(&(id, Way::Answered)),
            sent: reach.seen.contains(&(id, Way::Sent)),
            parameter: reach.seen.contains(&(id, Way::Form)),
            secret: secret.contains(&id),
        };
        match &mut draft.kind {
            TypeKind::Struct(structure) => {
                structure.usage = usage;
                tidy(structure);
            }
            TypeKind::OneOf(choice) => choice.usage = usage,
            _ => {}
        }
    }
    reach.seen.into_iter().map(|(id, _)| id).collect()
}

/// How a definition is reached.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Way {
    Answered,
    Form,
    Sent,
}

#[derive(Default)]
struct Reach {
    seen: BTreeSet<(TypeId, Way)>,
    pending: Vec<(TypeId, Way)>,
}

impl Reach {
    /// What an operation takes.
    fn add_sent(&mut self, operation: &Operation, drafts: &Drafts) {
        let inputs = operation.inputs.iter();
        inputs.for_each(|input| {
            let way = match input.position {
                Position::Part(Part::Json | Part::Any | Part::Others) => Way::Sent,
                Position::Part(_) => Way::Form,
                _ => input_way(drafts, &input.ty, input.style),
            };
            self.add(&input.ty, way);
        });
        if let Some(body) = &operation.body {
            let kind = body.ty.named().and_then(|id| drafts.get(id));
            let kind = kind.map(|draft| &draft.kind);
            let way = match (&body.ty, kind, &operation.media) {
                (Type::Named(_), Some(TypeKind::Union(_)), _) | (_, _, Some(BodyKind::Text(_))) => {
                    Way::Form
                }
                _ => Way::Sent,
            };
            self.add(&body.ty, way);
        }
    }

    fn add(&mut self, ty: &Type, way: Way) {
        if let Some(id) = ty.named()
            && self.seen.insert((id, way))
        {
            self.pending.push((id, way));
        }
    }

    /// What the operation answers with, whether it says yes or no.
    fn add_answers(&mut self, operation: &Operation) {
        let errors = operation.errors.iter();
        let errors = errors.filter_map(|error| error.ty.as_ref());
        let answered = operation.success.types().into_iter().chain(errors);
        answered.for_each(|ty| self.add(ty, Way::Answered));
        if let Some(headers) = operation.headers {
            self.add(&Type::Named(headers), Way::Answered);
        }
    }

    fn follow(&mut self, drafts: &Drafts) {
        while let Some((id, way)) = self.pending.pop() {
            match drafts.get(id).map(|draft| &draft.kind) {
                Some(TypeKind::Struct(structure)) => {
                    let fields = structure.fields.iter();
                    let there = fields.filter(|field| goes(field, way));
                    there.for_each(|field| self.add(&field.ty, way));
                    structure.rest.iter().for_each(|(_, ty)| self.add(ty, way));
                }
                Some(TypeKind::OneOf(choice)) => {
                    let variants = choice.variants.iter();
                    variants.for_each(|variant| self.add(&variant.ty, way));
                }
                Some(TypeKind::Form(form)) => {
                    let fields = form.fields.iter();
                    fields.for_each(|field| {
                        self.add(&field.ty, input_way(drafts, &field.ty, field.style));
                    });
                }
                Some(TypeKind::Union(union)) => {
                    let variants = union.variants.iter();
                    variants.for_each(|variant| self.add(&Type::Named(variant.form), Way::Form));
                }
                Some(TypeKind::Headers(headers)) => {
                    let fields = headers.fields.iter();
                    fields.for_each(|field| self.add(&field.ty, Way::Answered));
                }
                Some(TypeKind::Enum(_) | TypeKind::Newtype(_)) | None => {}
            }
        }
    }
}

/// How an input is reached: what may be an object is written as JSON first.
fn input_way(drafts: &Drafts, ty: &Type, style: Style) -> Way {
    let find = |id| drafts.get(id).map(|draft| &draft.kind);
    if style.kind == StyleKind::Json || is_structured(ty, &find) {
        Way::Sent
    } else {
        Way::Form
    }
}

fn goes(field: &Field, way: Way) -> bool {
    match way {
        Way::Answered => field.access != Access::Sent,
        Way::Form | Way::Sent => field.access != Access::Answered && field.fixed.is_none(),
    }
}

/// A struct that stands for one value of a tag is sent with that value.
fn fix_tags(drafts: &mut Drafts, tags: &[(TypeId, String, String)]) {
    let mut values: BTreeMap<(TypeId, &str), BTreeSet<&str>> = BTreeMap::new();
    for (id, tag, value) in tags {
        values.entry((*id, tag)).or_default().insert(value);
    }
    for ((id, tag), values) in values {
        let mut values = values.into_iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            continue;
        };
        let Some(TypeKind::Struct(structure)) = drafts.get_mut(id).map(|draft| &mut draft.kind)
        else {
            continue;
        };
        match structure.fields.iter_mut().find(|field| field.wire == tag) {
            Some(field) if field.fixed.is_none() => field.fixed = Some(value.to_owned()),
            Some(_) => {}
            None => structure.fields.insert(0, tag_field(tag, value)),
        }
    }
}

/// A tag that its struct does not declare.
fn tag_field(tag: &str, value: &str) -> Field {
    Field {
        wire: tag.to_owned(),
        name: names::single("tag"),
        ty: Type::Text,
        required: true,
        nullable: false,
        access: Access::Sent,
        fixed: Some(value.to_owned()),
        docs: String::new(),
        rules: Rules::default(),
        default: None,
        deprecated: false,
    }
}

/// Leaves only what the usage needs.
fn tidy(structure: &mut Struct) {
    let usage = structure.usage;
    structure.fields.retain(|field| match field.access {
        Access::Both => true,
        Access::Answered => usage.answered,
        Access::Sent => usage.sent,
    });
    if !usage.sent {
        return;
    }
    for field in &mut structure.fields {
        if field.fixed.is_some() {
            field.ty = Type::Text;
        }
    }
    // Setters stand beside the constructor.
    let names: Vec<Name> = structure
        .fields
        .iter()
        .map(|field| field.name.clone())
        .collect();
    let free = ["new_value", "new_property", "new_field"]
        .into_iter()
        .find(|name| names.iter().all(|other| other.as_str() != *name));
    if let (Some(field), Some(free)) = (
        structure
            .fields
            .iter_mut()
            .find(|field| field.name.as_str() == "new"),
        free,
    ) {
        field.name = names::single(free);
    }
}

/// The definitions that hold a secret, or lead to one that does.
fn secret(drafts: &Drafts) -> BTreeSet<TypeId> {
    let mut referrers: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut pending = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let id = TypeId(index);
        let mut see = |ty: &Type| match ty.innermost() {
            Type::Secret => pending.push(id),
            Type::Named(inner) => referrers.entry(*inner).or_default().push(id),
            _ => {}
        };
        match &draft.kind {
            TypeKind::Struct(structure) => {
                structure.fields.iter().for_each(|field| see(&field.ty));
                structure.rest.iter().for_each(|(_, ty)| see(ty));
            }
            TypeKind::OneOf(choice) => choice.variants.iter().for_each(|one| see(&one.ty)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(referrers.get(&id).into_iter().flatten());
        }
    }
    found
}
