//! Takes the inputs of an operation and says which properties of an item they become; a secret must never become one.

use super::Types;
use crate::lower::words::Words;
use crate::model::{Field, Kept, Operation, Position, RoleField, Struct, Type, TypeKind, Union};

/// Every input but the headers and the id of an item.
pub(super) fn of(
    types: &Types<'_>,
    operation: &Operation,
    id: Option<&str>,
    item: Option<&Struct>,
) -> Vec<RoleField> {
    let mut fields: Vec<RoleField> = Vec::new();
    let mut add = |wire: &str, ty: &Type, kept: bool| {
        if !fields.iter().any(|field| field.wire == wire) {
            let item = item.filter(|_| kept);
            fields.push(field(types, wire, ty, item));
        }
    };
    let body = operation.body.as_ref().and_then(|body| body.ty.named());
    let body = body.and_then(|body| types.kind(body));
    if let Some(TypeKind::Union(union)) = body {
        add(&union.tag, &Type::Text, true);
        for (wire, ty) in of_variants(types, union) {
            add(wire, ty, true);
        }
    }
    for input in &operation.inputs {
        match input.position {
            Position::Header | Position::Cookie | Position::Part(_) => {}
            Position::Path if Some(input.wire.as_str()) == id => {}
            Position::Path | Position::Form => add(&input.wire, &input.ty, true),
            Position::Query => add(&input.wire, &input.ty, false),
        }
    }
    fields
}

fn of_variants<'a>(types: &Types<'a>, union: &Union) -> Vec<(&'a str, &'a Type)> {
    let forms = union
        .variants
        .iter()
        .filter_map(|variant| match types.kind(variant.form)? {
            TypeKind::Form(form) => Some(form),
            _ => None,
        });
    let fields = forms.flat_map(|form| &form.fields);
    fields
        .map(|field| (field.wire.as_str(), &field.ty))
        .collect()
}

fn field(types: &Types<'_>, wire: &str, ty: &Type, item: Option<&Struct>) -> RoleField {
    let secret = is_secret(ty);
    let words = Words::of(wire);
    let property = item.filter(|_| !secret).and_then(|item| {
        let mut fields = item.fields.iter();
        fields.find(|field| Words::of(&field.wire) == words)
    });
    let kept = property.and_then(|property| Some((property, kept(types, &property.ty)?)));
    RoleField {
        wire: wire.to_owned(),
        nullable: kept.is_some_and(
            |(
                Field {
                    required, nullable, ..
                },
                _,
            )| !*required || *nullable,
        ),
        property: kept.map(|(property, kept)| (property.wire.clone(), kept)),
        secret,
    }
}

fn is_secret(ty: &Type) -> bool {
    match ty {
        Type::Secret => true,
        Type::List(inner) => **inner == Type::Secret,
        _ => false,
    }
}

/// How a property is kept, where it is text, a number or a list of texts.
fn kept(types: &Types<'_>, ty: &Type) -> Option<Kept> {
    match ty {
        Type::Bool => Some(Kept::Bool),
        Type::Flag => Some(Kept::Flag),
        Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 | Type::Number => {
            Some(Kept::Number)
        }
        Type::Text | Type::Timestamp | Type::Date => Some(Kept::Text),
        Type::Named(id) => match types.kind(*id)? {
            TypeKind::Enum(_) | TypeKind::Newtype(_) => Some(Kept::Text),
            _ => None,
        },
        Type::List(inner) => {
            let is_text = !matches!(**inner, Type::List(_)) && kept_alone(types, inner);
            is_text.then_some(Kept::List)
        }
        _ => None,
    }
}

fn kept_alone(types: &Types<'_>, ty: &Type) -> bool {
    match ty {
        Type::Text => true,
        Type::Named(id) => matches!(
            types.kind(*id),
            Some(TypeKind::Enum(_) | TypeKind::Newtype(_))
        ),
        _ => false,
    }
}
