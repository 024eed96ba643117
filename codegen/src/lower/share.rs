//! Takes the model of several documents and makes one type of newtypes and enums that are equal in name and definition; it must never join structs, whose properties may part ways.

use std::collections::BTreeMap;

use super::names::RESERVED_AT_ROOT;
use crate::model::{Crate, Home, Type, TypeId, TypeKind};

/// Moves equal newtypes and enums to the crate's root, and takes out what is not used.
pub(crate) fn share(model: &mut Crate, is_used: impl Fn(TypeId) -> bool) {
    let mut first: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let mut moved: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for index in 0..model.types.len() {
        let id = TypeId(index);
        let Some(definition) = model.type_def(id) else {
            continue;
        };
        let is_plain = matches!(definition.kind, TypeKind::Enum(_) | TypeKind::Newtype(_));
        if !is_plain || !is_used(id) {
            continue;
        }
        let known = first.entry(definition.name.to_string()).or_default();
        let equal = known.iter().copied().find(|other| {
            model
                .type_def(*other)
                .is_some_and(|other| other.kind == definition.kind && other.home != definition.home)
        });
        match equal {
            Some(equal) => {
                moved.insert(id, equal);
            }
            None => known.push(id),
        }
    }
    let shared: Vec<TypeId> = moved.values().copied().collect();
    for id in &shared {
        // Two different definitions of one name cannot both stand at the root.
        let name = model
            .type_def(*id)
            .map(|definition| definition.name.clone());
        let taken = model
            .types
            .iter()
            .any(|other| other.home == Home::Root && Some(&other.name) == name.as_ref())
            || name.is_some_and(|name| RESERVED_AT_ROOT.contains(&name.as_str()));
        if let Some(definition) = model.types.get_mut(id.0).filter(|_| !taken) {
            definition.home = Home::Root;
        }
    }
    let is_at_root = |id: &TypeId| {
        model
            .type_def(*id)
            .is_some_and(|definition| definition.home == Home::Root)
    };
    moved.retain(|_, target| is_at_root(target));
    remove(model, &moved, is_used);
}

/// Takes definitions out and lets what referred to them refer to their equals.
fn remove(model: &mut Crate, moved: &BTreeMap<TypeId, TypeId>, is_used: impl Fn(TypeId) -> bool) {
    let mut new = BTreeMap::new();
    let mut kept = Vec::new();
    for (index, definition) in std::mem::take(&mut model.types).into_iter().enumerate() {
        if is_used(TypeId(index)) && !moved.contains_key(&TypeId(index)) {
            new.insert(TypeId(index), TypeId(kept.len()));
            kept.push(definition);
        }
    }
    model.types = kept;
    let renumber = |id: &mut TypeId| {
        let target = moved.get(id).unwrap_or(id);
        if let Some(number) = new.get(target) {
            *id = *number;
        }
    };
    each_reference(model, &renumber);
}

fn each_reference(model: &mut Crate, change: &dyn Fn(&mut TypeId)) {
    for definition in &mut model.types {
        match &mut definition.kind {
            TypeKind::Struct(structure) => {
                let fields = structure.fields.iter_mut().map(|field| &mut field.ty);
                let rest = structure.rest.iter_mut().map(|(_, ty)| ty);
                let page = structure.page.iter_mut().map(|page| &mut page.item);
                fields
                    .chain(rest)
                    .chain(page)
                    .for_each(|ty| each_in(ty, change));
            }
            TypeKind::OneOf(choice) => {
                let variants = choice.variants.iter_mut();
                variants.for_each(|variant| each_in(&mut variant.ty, change));
            }
            TypeKind::Form(form) => form
                .fields
                .iter_mut()
                .for_each(|field| each_in(&mut field.ty, change)),
            TypeKind::Union(union) => union
                .variants
                .iter_mut()
                .for_each(|variant| change(&mut variant.form)),
            TypeKind::Headers(headers) => headers
                .fields
                .iter_mut()
                .for_each(|field| each_in(&mut field.ty, change)),
            TypeKind::Enum(_) | TypeKind::Newtype(_) => {}
        }
    }
    let resources = model
        .modules
        .iter_mut()
        .flat_map(|module| &mut module.resources);
    for operation in resources.flat_map(|resource| &mut resource.operations) {
        operation
            .inputs
            .iter_mut()
            .for_each(|input| each_in(&mut input.ty, change));
        if let Some(body) = &mut operation.body {
            each_in(&mut body.ty, change);
        }
        operation
            .success
            .each_type_mut(&mut |ty| each_in(ty, change));
        let errors = operation.errors.iter_mut();
        let errors = errors.filter_map(|error| error.ty.as_mut());
        errors.for_each(|ty| each_in(ty, change));
        operation.headers.iter_mut().for_each(change);
    }
}

fn each_in(ty: &mut Type, change: &dyn Fn(&mut TypeId)) {
    if let Type::Named(id) = ty.innermost_mut() {
        change(id);
    }
}
