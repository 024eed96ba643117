//! Takes definitions and boxes the fields through which one would contain itself; it must never touch a list or a map, which are on the heap already.

use std::collections::BTreeSet;

use crate::model::{Field, Type, TypeDef, TypeId, TypeKind};

/// Boxes every field in whose definition its own struct is contained.
pub(crate) fn box_them(types: &mut [TypeDef]) {
    for index in 0..types.len() {
        let contained = |field: &Field| match field.ty {
            Type::Named(id) => contains(types, id, TypeId(index)),
            _ => false,
        };
        let boxed: Vec<usize> = match types.get(index).map(|definition| &definition.kind) {
            Some(TypeKind::Struct(structure)) => {
                let fields = structure.fields.iter().enumerate();
                fields
                    .filter(|(_, field)| contained(field))
                    .map(|(position, _)| position)
                    .collect()
            }
            _ => Vec::new(),
        };
        if let Some(TypeKind::Struct(structure)) =
            types.get_mut(index).map(|definition| &mut definition.kind)
        {
            for field in boxed {
                if let Some(field) = structure.fields.get_mut(field) {
                    field.ty = Type::Boxed(Box::new(field.ty.clone()));
                }
            }
        }
    }
}

/// Whether `inner` is kept in place somewhere in `outer`.
fn contains(types: &[TypeDef], outer: TypeId, inner: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![outer];
    while let Some(id) = pending.pop() {
        if id == inner {
            return true;
        }
        if !seen.insert(id) {
            continue;
        }
        if let Some(TypeKind::Struct(structure)) =
            types.get(id.0).map(|definition| &definition.kind)
        {
            pending.extend(structure.fields.iter().filter_map(|field| match field.ty {
                Type::Named(id) => Some(id),
                _ => None,
            }));
        }
    }
    false
}
