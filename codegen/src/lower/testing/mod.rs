//! Takes the named model and says what a server that stands in for the API has to know; a rule for any API, it must never know one by name.

mod fields;
mod listing;
mod sample;

use indexmap::IndexMap;

use super::names::{self, Candidates};
use super::words::Words;
use crate::model::{
    Action, Argument, BodyKind, Collection, Crate, ExampleBody, Listing, Made, Method, Name,
    Operation, PatternPart, Ready, Resource, Sent, Serial, Shown, Struct, Success, Type, TypeDef,
    TypeId, TypeKind,
};

/// Gives every operation its role, and every resource its collections.
pub(crate) fn assign_roles(model: &mut Crate) {
    let types = Types(&model.types);
    for resource in model
        .modules
        .iter_mut()
        .flat_map(|module| &mut module.resources)
    {
        of_resource(&types, resource);
    }
}

/// The definitions of the crate.
pub(super) struct Types<'a>(&'a [TypeDef]);

impl<'a> Types<'a> {
    pub(super) fn kind(&self, id: TypeId) -> Option<&'a TypeKind> {
        self.0.get(id.0).map(|definition| &definition.kind)
    }

    /// The struct that a type is.
    pub(super) fn structure(&self, ty: &Type) -> Option<&'a Struct> {
        match ty {
            Type::Named(id) => match self.kind(*id)? {
                TypeKind::Struct(structure) => Some(structure),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What is known of a collection before it has names.
#[derive(Default)]
struct Draft<'a> {
    /// What an item is.
    item: Option<&'a Struct>,
    /// The parameter that names an item, and its type.
    id: Option<(String, Type)>,
    /// Whether an operation lists or names its items.
    has_items: bool,
}

fn of_resource(types: &Types<'_>, resource: &mut Resource) {
    let mut drafts: IndexMap<String, Draft<'_>> = IndexMap::new();
    let mut places = Vec::new();
    for operation in &resource.operations {
        let listing = listing::of(types, operation);
        let (path, id) = split(&operation.path);
        let (path, id) = if listing.is_some() {
            (bare(&operation.path), None)
        } else {
            (path, id)
        };
        let draft = drafts.entry(path.to_owned()).or_default();
        draft.has_items |= id.is_some() || listing.is_some();
        if let Some(id) = id {
            let input = operation.inputs.iter().find(|input| input.wire == id);
            draft.id = draft
                .id
                .take()
                .or_else(|| Some((id.to_owned(), input.map_or(Type::Text, |i| i.ty.clone()))));
        }
        places.push((path.to_owned(), id.map(str::to_owned), listing));
    }
    let words = Words::of(resource.module.as_str());
    let mut actions = Vec::new();
    for (operation, (path, id, listing)) in resource.operations.iter().zip(places) {
        let Some(draft) = drafts.get_mut(&path) else {
            continue;
        };
        let action = action(
            operation,
            id.is_some(),
            draft.has_items,
            listing,
            draft,
            types,
        );
        actions.push((path, id, action));
    }
    for (operation, (path, id, action)) in resource.operations.iter_mut().zip(actions) {
        let draft = drafts.get(&path);
        let item = draft.and_then(|draft| draft.item);
        operation.role.fields = fields::of(types, operation, id.as_deref(), item);
        operation.role.sample = sample::of(types, operation);
        if action != Action::Answer {
            operation.role.collection = path;
        }
        operation.role.action = action;
    }
    resource.collections = collections(types, &drafts, &resource.operations, &words);
    name_examples(resource);
}

/// What the operation does; what an item is follows from it.
fn action<'a>(
    operation: &Operation,
    on_item: bool,
    has_items: bool,
    listing: Option<(Listing, Type)>,
    draft: &mut Draft<'a>,
    types: &Types<'a>,
) -> Action {
    let mut learn = |ty: &Type| draft.item = draft.item.or_else(|| types.structure(ty));
    if let Some((listing, item)) = listing {
        learn(&item);
        return Action::List(listing);
    }
    let answer = match &operation.success {
        Success::Json(ty) => types.structure(ty).map(|_| ty),
        _ => None,
    };
    match (operation.http, on_item, answer) {
        (Method::Get, true, Some(ty)) => {
            learn(ty);
            Action::Fetch
        }
        (Method::Post | Method::Put | Method::Patch, true, answer) => {
            answer.into_iter().for_each(learn);
            Action::Update
        }
        (Method::Delete, true, _) => Action::Delete,
        (Method::Post, false, Some(ty)) if has_items => {
            learn(ty);
            Action::Create
        }
        _ => Action::Answer,
    }
}

/// A path without an extension.
fn bare(path: &str) -> &str {
    path.strip_suffix(".json").unwrap_or(path)
}

/// The path of the collection, and the parameter that names an item of it.
fn split(path: &str) -> (&str, Option<&str>) {
    let bare = bare(path);
    let found = bare.rsplit_once('/').and_then(|(collection, last)| {
        let name = last.strip_prefix('{')?.strip_suffix('}')?;
        (!name.contains(['{', '}'])).then_some((collection, name))
    });
    found.map_or((bare, None), |(collection, name)| (collection, Some(name)))
}

fn collections(
    types: &Types<'_>,
    drafts: &IndexMap<String, Draft<'_>>,
    operations: &[Operation],
    resource: &Words,
) -> Vec<Collection> {
    let is_used = |path: &str| {
        let mut roles = operations.iter().map(|operation| &operation.role);
        roles.any(|role| role.action != Action::Answer && role.collection == path)
    };
    let used: Vec<_> = drafts.iter().filter(|(path, _)| is_used(path)).collect();
    let spellings: Vec<_> = used
        .iter()
        .map(|(path, _)| {
            let by: Vec<_> = parameters(path)
                .map(|name| Words::of(name).snake())
                .collect();
            let by = format!("collection_by_{}", by.join("_and_"));
            Candidates::new(["collection".to_owned(), by])
        })
        .collect();
    let functions = names::assign(&spellings, &[]);
    let collections = used
        .into_iter()
        .zip(functions)
        .map(|((path, draft), function)| {
            let wires: Vec<&str> = parameters(path).collect();
            let spellings: Vec<_> = wires
                .iter()
                .map(|wire| Candidates::new([Words::of(wire).snake()]))
                .collect();
            let arguments = names::assign(&spellings, &[]);
            Collection {
                path: path.clone(),
                function,
                parameters: wires
                    .into_iter()
                    .map(str::to_owned)
                    .zip(arguments)
                    .collect(),
                id: id_property(draft, resource),
                serial: serial(types, draft.id.as_ref().map(|(_, ty)| ty)),
            }
        });
    collections.collect()
}

/// The names in the braces of a path.
fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
}

/// The property of an item that the parameter of a path stands for: the one with the same words, but for those of the
/// resource; else `id`; else the only one of the same type.
fn id_property(draft: &Draft<'_>, resource: &Words) -> Option<String> {
    let ((wire, ty), item) = (draft.id.as_ref()?, draft.item?);
    let words = Words::of(wire);
    let find = |wanted: &Words| {
        let mut fields = item.fields.iter();
        fields.find(|field| !wanted.is_empty() && Words::of(&field.wire) == *wanted)
    };
    let same_type = || {
        let mut alike = item.fields.iter().filter(|field| field.ty == *ty);
        let first = alike.next();
        first.filter(|field| alike.next().is_none() && matches!(field.ty, Type::Named(_)))
    };
    let field = find(&words)
        .or_else(|| find(&words.without(resource)))
        .or_else(|| find(&Words::new(["id"])))
        .or_else(same_type);
    field.map(|field| field.wire.clone())
}

/// Without a pattern, ids look like UUIDs, which are text as well.
fn serial(types: &Types<'_>, ty: Option<&Type>) -> Serial {
    let pattern = match ty {
        Some(
            Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 | Type::Number,
        ) => return Serial::Number,
        Some(Type::Named(id)) => match types.kind(*id) {
            Some(TypeKind::Newtype(newtype)) => newtype.pattern.alternatives.first(),
            _ => None,
        },
        _ => None,
    };
    pattern
        .and_then(|parts| counted(parts))
        .unwrap_or_else(|| Serial::Text {
            before: "00000000-0000-4000-8000-".to_owned(),
            digits: "0123456789abcdef".to_owned(),
            length: 12,
            after: String::new(),
        })
}

/// The parts of a pattern, the last class of characters as a number.
fn counted(parts: &[PatternPart]) -> Option<Serial> {
    let is_class = |part: &PatternPart| matches!(part, PatternPart::Class { max, .. } if *max > 0);
    let at = parts.iter().rposition(is_class)?;
    let PatternPart::Class { ranges, min, max } = parts.get(at)? else {
        return None;
    };
    let text = |parts: &[PatternPart]| -> String {
        let texts = parts.iter().map(|part| match part {
            PatternPart::Literal(text) => text.clone(),
            PatternPart::Class { ranges, min, .. } => digits(ranges)
                .chars()
                .take(1)
                .collect::<String>()
                .repeat(length(*min)),
        });
        texts.collect()
    };
    Some(Serial::Text {
        before: text(parts.get(..at)?),
        digits: digits(ranges),
        length: length((*min).max(8).min(*max)).max(length(*min)),
        after: text(parts.get(at + 1..)?),
    })
}

fn length(count: u32) -> usize {
    usize::try_from(count).unwrap_or(0).min(256)
}

/// The characters of a class that one would count with: one case of letters is enough.
fn digits(ranges: &[(char, char)]) -> String {
    let of = |first: char, last: char| -> String {
        let all = first..=last;
        all.filter(|c| ranges.iter().any(|(from, to)| (*from..=*to).contains(c)))
            .collect()
    };
    let (numbers, small) = (of('0', '9'), of('a', 'z'));
    let letters = if small.is_empty() {
        of('A', 'Z')
    } else {
        small
    };
    let usual = numbers + &letters;
    if usual.is_empty() {
        ranges.iter().map(|(first, _)| *first).take(1).collect()
    } else {
        usual
    }
}

/// The form that an example sends, where it can be made without anything that may fail, and what the argument is called.
fn sent_form<'o>(operation: &'o Operation, sent: &'o Sent) -> Option<(&'o Name, &'o Made)> {
    let is_form = operation.media == Some(BodyKind::Form);
    let arguments = operation.arguments().into_iter().zip(&sent.arguments);
    let mut bodies = arguments.filter_map(|(argument, shown)| match (argument, shown) {
        (Argument::Body(body), Shown::Made(made)) if !shown.is_parsed() => Some((&body.name, made)),
        _ => None,
    });
    bodies.next().filter(|_| is_form)
}

/// Names the functions that give the examples of a resource as values.
fn name_examples(resource: &mut Resource) {
    let mut spellings = Vec::new();
    let mut found = Vec::new();
    for (index, operation) in resource.operations.iter().enumerate() {
        for (example, shown) in operation.examples.iter().enumerate() {
            let short = shown
                .name
                .as_str()
                .split_once('_')
                .map_or("example", |(_, name)| name);
            // Documents often begin the names of examples with that of the operation.
            let prefix = format!("{}_", operation.method);
            let short = short.strip_prefix(&prefix).unwrap_or(short);
            let name = format!("{prefix}{short}");
            let (body, name) = match &shown.body {
                ExampleBody::Answer { .. } => (None, name),
                ExampleBody::Sent(sent) => match sent_form(operation, sent) {
                    Some((body, made)) => (Some(made.clone()), format!("{name}_{body}")),
                    None => continue,
                },
                ExampleBody::OtherAnswer { .. } => continue,
            };
            spellings.push(Candidates::new([name.clone(), format!("{name}_example")]));
            found.push((index, example, body));
        }
    }
    let reserved: Vec<&str> = resource
        .collections
        .iter()
        .map(|collection| collection.function.as_str())
        .collect();
    let names: Vec<Name> = names::assign(&spellings, &reserved);
    for ((index, example, body), function) in found.into_iter().zip(names) {
        if let Some(operation) = resource.operations.get_mut(index) {
            operation.role.ready.push(Ready {
                function,
                example,
                body,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, split};
    use crate::lower::pattern::table;
    use crate::model::Serial;

    #[test]
    fn an_item_is_below_its_collection() {
        assert_eq!(
            split("/v2/Credentials/{Sid}"),
            ("/v2/Credentials", Some("Sid"))
        );
        assert_eq!(
            split("/a/{A}/Calls/{Sid}.json"),
            ("/a/{A}/Calls", Some("Sid"))
        );
        assert_eq!(split("/a/{A}/Calls.json"), ("/a/{A}/Calls", None));
        assert_eq!(split("/a/{from}..{to}"), ("/a/{from}..{to}", None));
    }

    #[test]
    fn ids_count_with_the_last_class_of_the_pattern() {
        let serial = |pattern| counted(table(pattern).expect("a table").alternatives.first()?);
        let text = |before: &str, digits: &str, length, after: &str| {
            let (before, digits, after) = (before.into(), digits.into(), after.into());
            Some(Serial::Text {
                before,
                digits,
                length,
                after,
            })
        };
        assert_eq!(
            serial("^CR[0-9a-fA-F]{32}$"),
            text("CR", "0123456789abcdef", 32, "")
        );
        assert_eq!(
            serial("^[A-C]{2}-[0-9]+x$"),
            text("AA-", "0123456789", 8, "x")
        );
        assert_eq!(serial("^[a-b]{1,3}$"), text("", "ab", 3, ""));
        assert_eq!(serial("^fixed$"), None);
    }
}
