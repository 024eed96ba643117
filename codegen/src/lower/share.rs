//! Takes the model of several documents and makes one type of newtypes and enums that are equal in name and definition; it must never join structs, whose properties may part ways.

use std::collections::BTreeMap;

use crate::model::{Crate, ExampleBody, Home, Success, Type, TypeId, TypeKind};

/// Moves equal newtypes and enums to the crate's root.
pub(crate) fn share(model: &mut Crate) {
    let mut first: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let mut moved: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for index in 0..model.types.len() {
        let id = TypeId(index);
        let Some(definition) = model.type_def(id) else {
            continue;
        };
        if !matches!(definition.kind, TypeKind::Enum(_) | TypeKind::Newtype(_)) {
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
            .any(|other| other.home == Home::Root && Some(&other.name) == name.as_ref());
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
    remove(model, &moved);
}

/// Takes definitions out and lets what referred to them refer to their equals.
fn remove(model: &mut Crate, moved: &BTreeMap<TypeId, TypeId>) {
    let mut new = BTreeMap::new();
    let mut kept = Vec::new();
    for (index, definition) in std::mem::take(&mut model.types).into_iter().enumerate() {
        if !moved.contains_key(&TypeId(index)) {
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
                structure
                    .fields
                    .iter_mut()
                    .for_each(|field| each_in(&mut field.ty, change));
                if let Some(page) = &mut structure.page {
                    each_in(&mut page.item, change);
                }
            }
            TypeKind::Form(form) => form
                .fields
                .iter_mut()
                .for_each(|field| each_in(&mut field.ty, change)),
            TypeKind::Union(union) => union
                .variants
                .iter_mut()
                .for_each(|variant| change(&mut variant.form)),
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
            change(&mut body.ty);
        }
        if let Success::Json(ty) = &mut operation.success {
            each_in(ty, change);
        }
        for example in &mut operation.examples {
            if let ExampleBody::Response { ty, .. } = &mut example.body {
                each_in(ty, change);
            }
        }
    }
}

fn each_in(ty: &mut Type, change: &dyn Fn(&mut TypeId)) {
    let mut current = ty;
    loop {
        match current {
            Type::Named(id) => return change(id),
            Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => current = inner,
            _ => return,
        }
    }
}
