//! Takes an operation that answers with many items and says how its pages are made; it must never guess from values.

use super::Types;
use crate::lower::words::Words;
use crate::model::{
    Field, Input, Label, Listing, Method, Name, Operation, Position, Struct, Success, Type,
};

/// How many items a page has where neither the document nor the request says.
const USUAL: u64 = 50;

/// What the parameter that says where a page begins is called, as words.
const TOKEN: [&str; 7] = [
    "page_token",
    "token",
    "next_token",
    "cursor",
    "page_cursor",
    "starting_after",
    "after",
];

/// What the parameter that counts pages is called, as words.
const NUMBER: [&str; 3] = ["page", "page_number", "page_index"];

/// What properties of a page are called, as words, and what they say.
const LABELS: [(&str, Label); 28] = [
    ("current_page", Label::Number),
    ("end", Label::End),
    ("first", Label::First),
    ("first_href", Label::First),
    ("first_link", Label::First),
    ("first_page", Label::First),
    ("first_page_uri", Label::First),
    ("first_page_url", Label::First),
    ("first_uri", Label::First),
    ("first_url", Label::First),
    ("limit", Label::Size),
    ("page", Label::Number),
    ("page_number", Label::Number),
    ("page_size", Label::Size),
    ("per_page", Label::Size),
    ("prev", Label::Previous),
    ("prev_page_url", Label::Previous),
    ("previous", Label::Previous),
    ("previous_page", Label::Previous),
    ("previous_page_uri", Label::Previous),
    ("previous_page_url", Label::Previous),
    ("previous_url", Label::Previous),
    ("self", Label::This),
    ("start", Label::Start),
    ("total", Label::Total),
    ("total_count", Label::Total),
    ("uri", Label::This),
    ("url", Label::This),
];

/// How the operation lists items, and what an item is; none where it does not.
pub(super) fn of(types: &Types<'_>, operation: &Operation) -> Option<(Listing, Type)> {
    let Success::Json(answer) = &operation.success else {
        return None;
    };
    if operation.http != Method::Get {
        return None;
    }
    if let Type::List(item) = answer {
        types.structure(item)?;
        return Some((Listing::default(), (**item).clone()));
    }
    let page = types.structure(answer)?;
    let shape = page.page.as_ref()?;
    let items = field(page, &shape.items)?.wire.clone();
    let names: Vec<&Name> = shape.next.iter().collect();
    let mut current = page;
    let mut next = Vec::new();
    let mut labels = labelled(current, &[]);
    for (index, name) in names.iter().enumerate() {
        let step = field(current, name)?;
        next.push(step.wire.clone());
        if index + 1 < names.len() {
            current = types.structure(&step.ty)?;
            labels.extend(labelled(current, &next));
        }
    }
    labels.retain(|(path, _)| *path != next);
    let query = |words: &[&str], ty: &Type| {
        let mut inputs = operation.inputs.iter();
        inputs.find(|input| is_called(input, words) && input.ty == *ty)
    };
    let listing = Listing {
        items: Some(items),
        next,
        size: size(operation),
        number: query(&NUMBER, &Type::Integer).map(|input| {
            let first = input
                .rules
                .minimum
                .and_then(|least| u64::try_from(least).ok());
            (input.wire.clone(), first.unwrap_or(0))
        }),
        token: query(&TOKEN, &Type::Text).map(|input| input.wire.clone()),
        labels,
    };
    Some((listing, shape.item.clone()))
}

fn field<'a>(structure: &'a Struct, name: &Name) -> Option<&'a Field> {
    structure.fields.iter().find(|field| field.name == *name)
}

fn is_called(input: &Input, words: &[&str]) -> bool {
    input.position == Position::Query && words.contains(&Words::of(&input.wire).snake().as_str())
}

fn size(operation: &Operation) -> Option<(String, u64, Option<u64>)> {
    let (name, most) = operation.paging.as_ref()?.size.as_ref()?;
    let input = operation.inputs.iter().find(|input| input.name == *name)?;
    let most = most.and_then(|most| u64::try_from(most).ok());
    let usual = input.default.as_ref().and_then(serde_json::Value::as_u64);
    let usual = usual.unwrap_or(USUAL).min(most.unwrap_or(u64::MAX)).max(1);
    Some((input.wire.clone(), usual, most))
}

fn labelled(structure: &Struct, path: &[String]) -> Vec<(Vec<String>, Label)> {
    let found = structure.fields.iter().filter_map(|field| {
        let words = Words::of(&field.wire).snake();
        let (_, label) = LABELS.iter().find(|(name, _)| *name == words)?;
        let fits = match label {
            Label::First | Label::Previous | Label::This => field.ty == Type::Text,
            _ => field.ty == Type::Integer,
        };
        let path = path.iter().cloned().chain([field.wire.clone()]);
        fits.then(|| (path.collect(), *label))
    });
    found.collect()
}
