//! Takes the structs of answers and marks those that are pages of a list; a rule for any API, it must never know one by name.

use super::drafts::Drafts;
use super::words::Words;
use crate::model::{Field, Input, PageShape, Paging, Position, Struct, Type, TypeId, TypeKind};

/// What the link to the next page is called, as words.
const NEXT: [&str; 10] = [
    "next",
    "next_page",
    "next_url",
    "next_uri",
    "next_link",
    "next_href",
    "next_page_url",
    "next_page_uri",
    "next_page_link",
    "next_page_href",
];

/// What the number of items of a page is called, as words.
const SIZE: [&str; 5] = [
    "page_size",
    "per_page",
    "page_limit",
    "limit",
    "max_results",
];

/// How the struct is a page: one list of objects, and the URL of the next page in it or one object below.
pub(crate) fn shape(drafts: &Drafts, structure: &Struct) -> Option<PageShape> {
    let mut lists = structure.fields.iter().filter_map(|field| match &field.ty {
        Type::List(item) => Some((field, item)),
        _ => None,
    });
    let (items, item) = lists.next()?;
    if lists.next().is_some() || !matches!(**item, Type::Named(_)) {
        return None;
    }
    let next = next_link(structure)
        .map(|field| vec![step(field)])
        .or_else(|| {
            structure.fields.iter().find_map(|outer| {
                let Type::Named(id) = outer.ty else {
                    return None;
                };
                let TypeKind::Struct(inner) = &drafts.get(id)?.kind else {
                    return None;
                };
                next_link(inner).map(|field| vec![step(outer), step(field)])
            })
        })?;
    Some(PageShape {
        items: items.name.clone(),
        item: (**item).clone(),
        next,
    })
}

fn step(field: &Field) -> crate::model::Name {
    field.name.clone()
}

fn next_link(structure: &Struct) -> Option<&Field> {
    let is_next = |field: &&Field| {
        field.ty == Type::Text && NEXT.contains(&Words::of(&field.wire).snake().as_str())
    };
    structure.fields.iter().find(is_next)
}

/// Marks the struct where it is a page, and says how its operation asks for pages.
pub(crate) fn mark(drafts: &mut Drafts, answer: &Type, inputs: &[Input]) -> Option<Paging> {
    let Type::Named(id) = answer else { return None };
    let TypeKind::Struct(structure) = &drafts.get(*id)?.kind else {
        return None;
    };
    let page = shape(drafts, structure)?;
    set(drafts, *id, page);
    let is_size = |input: &&Input| {
        input.position == Position::Query
            && input.ty == Type::Integer
            && !input.required
            && SIZE.contains(&Words::of(&input.wire).snake().as_str())
    };
    let size = inputs
        .iter()
        .find(is_size)
        .map(|input| (input.name.clone(), input.rules.maximum));
    Some(Paging { size })
}

fn set(drafts: &mut Drafts, id: TypeId, page: PageShape) {
    if let Some(TypeKind::Struct(structure)) = drafts.get_mut(id).map(|draft| &mut draft.kind) {
        structure.page = Some(page);
    }
}
