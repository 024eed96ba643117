//! Takes the model of a large API and gives its resources, and the types that they alone lead to, a Cargo feature; it must never make more of them than a reader can choose from.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Candidates};
use super::resources::segments;
use super::words::Words;
use crate::model::{Crate, Name, Operation, Resource, Type, TypeDef, TypeKind};

/// An API with more operations has features: one of so many compiles in about two seconds, less than choosing takes.
const MANY: usize = 80;

/// A reader chooses from so many features at most.
const MOST: usize = 48;

/// What no feature of an API may be called: other features, and the file of the types that several lead to.
const RESERVED: [&str; 7] = [
    "blocking",
    "default",
    "native_tls",
    "rustls",
    "shared",
    "testing",
    "tracing",
];

/// Gives features to the only document of a crate, if it is large; of several, each is a feature already.
pub(crate) fn assign(model: &mut Crate) {
    let [module] = model.modules.as_mut_slice() else {
        return;
    };
    if module.name.is_some() || module.operations().count() <= MANY {
        return;
    }
    let keys = keys(&module.resources);
    let groups: BTreeSet<&Vec<String>> = keys.iter().collect();
    if groups.len() < 2 {
        return;
    }
    let spellings: Vec<Candidates> = groups.iter().map(|key| spellings(key)).collect();
    let named = names::assign(&spellings, &RESERVED);
    let named: BTreeMap<_, _> = groups.into_iter().zip(named).collect();
    for (resource, key) in module.resources.iter_mut().zip(&keys) {
        resource.feature = named.get(key).cloned();
    }
    let mut owners = vec![Owner::Nobody; model.types.len()];
    for resource in &module.resources {
        if let Some(feature) = &resource.feature {
            claim(resource, feature, &model.types, &mut owners);
        }
    }
    let owned: Vec<Option<Name>> = owners.into_iter().map(Owner::only).collect();
    for (definition, feature) in model.types.iter_mut().zip(owned) {
        definition.feature = feature;
    }
}

/// What each resource is grouped by: itself, or the steps at the beginning of its path where there are too many resources.
/// A group that has more than half of all operations is divided by its next step, and the smallest of too many are put together.
fn keys(resources: &[Resource]) -> Vec<Vec<String>> {
    let whole: Vec<Vec<String>> = resources.iter().map(path).collect();
    if resources.len() <= MOST {
        let names = resources.iter().map(|one| vec![one.module.to_string()]);
        return names.collect();
    }
    let mut keys: Vec<Vec<String>> = whole.iter().map(|path| start(path, 1)).collect();
    while let Some(large) = large(resources, &keys) {
        let divided = keys.iter().zip(&whole).map(|(key, path)| {
            let depth = key.len() + usize::from(*key == large);
            start(path, depth)
        });
        let divided: Vec<_> = divided.collect();
        if divided == keys {
            break;
        }
        keys = divided;
    }
    merged(resources, keys)
}

fn path(resource: &Resource) -> Vec<String> {
    let first = resource.operations.first();
    first.map_or_else(Vec::new, |operation| segments(&operation.path))
}

fn start(path: &[String], depth: usize) -> Vec<String> {
    path.iter().take(depth).cloned().collect()
}

/// How many operations each group has.
fn sizes<'k>(resources: &[Resource], keys: &'k [Vec<String>]) -> BTreeMap<&'k Vec<String>, usize> {
    let mut sizes = BTreeMap::new();
    for (resource, key) in resources.iter().zip(keys) {
        *sizes.entry(key).or_default() += resource.operations.len();
    }
    sizes
}

/// The group that has more than half of all operations.
fn large(resources: &[Resource], keys: &[Vec<String>]) -> Option<Vec<String>> {
    let sizes = sizes(resources, keys);
    let all: usize = sizes.values().sum();
    let (key, _) = sizes.into_iter().find(|(_, size)| *size > all / 2)?;
    Some(key.clone())
}

/// Puts the smallest of too many groups together.
fn merged(resources: &[Resource], keys: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut groups: Vec<_> = sizes(resources, &keys).into_iter().collect();
    if groups.len() <= MOST {
        return keys;
    }
    groups.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let kept = groups.into_iter().take(MOST - 1);
    let kept: BTreeSet<Vec<String>> = kept.map(|(key, _)| key.clone()).collect();
    let merge = |key: Vec<String>| {
        if kept.contains(&key) {
            key
        } else {
            vec!["others".to_owned()]
        }
    };
    keys.into_iter().map(merge).collect()
}

/// The last step, qualified by those before it.
fn spellings(key: &[String]) -> Candidates {
    let of = |steps: &[String]| Words::of(&steps.join("_")).snake();
    let mut spellings: Vec<String> = (0..key.len())
        .rev()
        .map(|from| of(key.get(from..).unwrap_or_default()))
        .collect();
    if spellings.is_empty() {
        spellings.push("root".to_owned());
    }
    let last = spellings.last().cloned().unwrap_or_default();
    spellings.push(format!("{last}_api"));
    Candidates::new(spellings)
}

/// Whose a type is.
#[derive(Clone, Debug, PartialEq)]
enum Owner {
    Nobody,
    One(Name),
    Several,
}

impl Owner {
    fn only(self) -> Option<Name> {
        match self {
            Self::One(name) => Some(name),
            Self::Nobody | Self::Several => None,
        }
    }
}

/// Notes that a resource leads to its types, and to theirs.
fn claim(resource: &Resource, feature: &Name, types: &[TypeDef], owners: &mut [Owner]) {
    let mut pending: Vec<usize> = Vec::new();
    for operation in &resource.operations {
        named(operation, &mut |ty| {
            pending.extend(ty.named().map(|id| id.0));
        });
    }
    while let Some(index) = pending.pop() {
        let (Some(owner), Some(definition)) = (owners.get_mut(index), types.get(index)) else {
            continue;
        };
        let next = match &*owner {
            Owner::Nobody => Owner::One(feature.clone()),
            Owner::One(other) if other != feature => Owner::Several,
            Owner::One(_) | Owner::Several => continue,
        };
        *owner = next;
        within(&definition.kind, &mut |ty| {
            pending.extend(ty.named().map(|id| id.0));
        });
    }
}

/// Every type that an operation names.
fn named(operation: &Operation, add: &mut dyn FnMut(&Type)) {
    operation.inputs.iter().for_each(|input| add(&input.ty));
    operation.body.iter().for_each(|body| add(&body.ty));
    operation.success.types().into_iter().for_each(&mut *add);
    let errors = operation.errors.iter();
    errors.for_each(|error| error.ty.iter().for_each(&mut *add));
    operation
        .headers
        .iter()
        .for_each(|id| add(&Type::Named(*id)));
    let bodies = operation
        .role
        .ready
        .iter()
        .filter_map(|ready| ready.body.as_ref());
    bodies.for_each(|made| add(&Type::Named(made.id)));
}

/// Every type that a definition names.
fn within(kind: &TypeKind, add: &mut dyn FnMut(&Type)) {
    match kind {
        TypeKind::Struct(structure) => {
            structure.fields.iter().for_each(|field| add(&field.ty));
            structure.rest.iter().for_each(|(_, ty)| add(ty));
        }
        TypeKind::OneOf(choice) => choice.variants.iter().for_each(|one| add(&one.ty)),
        TypeKind::Form(form) => form.fields.iter().for_each(|field| add(&field.ty)),
        TypeKind::Union(union) => {
            let variants = union.variants.iter();
            variants.for_each(|variant| add(&Type::Named(variant.form)));
        }
        TypeKind::Headers(headers) => headers.fields.iter().for_each(|field| add(&field.ty)),
        TypeKind::Enum(_) | TypeKind::Newtype(_) => {}
    }
}
