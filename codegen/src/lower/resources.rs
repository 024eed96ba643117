//! Takes the operations of a document and groups them by path: those on `/x` and `/x/{id}` are one resource, for any API; it must never look at schemas.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Lowering;
use super::names::{self, Candidates};
use super::operations::Found;
use super::words::Words;
use crate::model::{Crate, Home, Method, Operation, Resource, Success};

/// What stands beside the resources of a module: methods, modules, and the files that Cargo takes for roots of crates.
const RESERVED_MODULES: [&str; 14] = [
    "blocking",
    "builder",
    "client",
    "clone",
    "from_env",
    "from_settings",
    "lib",
    "main",
    "new",
    "runtime",
    // What stands in the module for tests as well, which refers to the library.
    "std",
    "testing",
    "tests",
    "types",
];

impl Lowering<'_> {
    /// The operations as resources, both in the document's order.
    pub(crate) fn resources(&mut self, operations: Vec<Found>, at_root: bool) -> Vec<Resource> {
        let mut groups: IndexMap<Vec<String>, Vec<Found>> = IndexMap::new();
        for found in operations {
            groups
                .entry(segments(&found.operation.path))
                .or_default()
                .push(found);
        }
        let spellings: Vec<_> = groups.keys().map(|key| spellings(key)).collect();
        let of_client = names::CLIENT_METHODS.iter().filter(|_| at_root);
        let reserved: Vec<&str> = RESERVED_MODULES.iter().chain(of_client).copied().collect();
        let modules = names::assign(&spellings, &reserved);
        let resources = groups
            .into_iter()
            .zip(modules)
            .map(|((key, group), module)| {
                let docs = group
                    .iter()
                    .find_map(|found| self.tag_docs(found.tag.as_deref()?))
                    .unwrap_or_default();
                let words = Words::of(module.as_str());
                let handle = names::single(&words.pascal());
                Resource {
                    module,
                    handle,
                    feature: None,
                    docs,
                    operations: name_methods(group, &key),
                    collections: Vec::new(),
                }
            });
        resources.collect()
    }

    fn tag_docs(&self, tag: &str) -> Option<String> {
        let tags = &self.document.api().tags;
        tags.iter()
            .find(|other| other.name == tag)
            .and_then(|tag| tag.description.clone())
    }
}

/// The fixed steps of a path, without a version at its beginning and an extension at its end.
pub(crate) fn segments(path: &str) -> Vec<String> {
    let fixed = path
        .split('/')
        .filter(|step| !step.is_empty() && !step.contains('{'));
    let fixed = fixed
        .enumerate()
        .filter(|(index, step)| *index > 0 || !is_version(step));
    fixed
        .map(|(_, step)| step.strip_suffix(".json").unwrap_or(step).to_owned())
        .collect()
}

/// `v1`, `v2.1`, `2010-04-01`.
fn is_version(step: &str) -> bool {
    let number = step.strip_prefix(['v', 'V']).unwrap_or(step);
    number.starts_with(|first: char| first.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == '-')
}

/// `channels`, then `service_channels`, and so on up to the root.
fn spellings(key: &[String]) -> Candidates {
    let mut words = Words::default();
    let mut all = Vec::new();
    for (index, step) in key.iter().rev().enumerate() {
        let step = Words::of(step);
        words = if index == 0 {
            step
        } else {
            step.to_singular().joined(&words)
        };
        all.push(words.snake());
    }
    if all.is_empty() {
        all.push("root".to_owned());
    }
    let last = all.last().map(|longest| format!("{longest}_resource"));
    Candidates::new(all.into_iter().chain(last))
}

fn name_methods(group: Vec<Found>, key: &[String]) -> Vec<Operation> {
    let of_resource = key
        .iter()
        .fold(Words::default(), |words, step| words.then(&Words::of(step)));
    let spellings: Vec<_> = group
        .iter()
        .map(|found| {
            let full = Words::of(&found.operation.id);
            let short = if found.has_id {
                full.without(&of_resource)
            } else {
                by_path(&found.operation)
            };
            let short = if short.is_empty() {
                full.clone()
            } else {
                short
            };
            let suffix = Words::of(&found.suffix);
            let (short, full) = (short.then(&suffix), full.then(&suffix));
            Candidates::new([short.snake(), full.snake()])
        })
        .collect();
    let methods = names::assign(&spellings, &["begin", "clone", "new"]);
    let thing = key.last().map_or_else(
        || "body".to_owned(),
        |last| Words::of(last).to_singular().snake(),
    );
    let operations = group.into_iter().zip(methods).map(|(found, method)| {
        let mut operation = found.operation;
        operation.method = method;
        let optional = operation.body.iter().any(|body| !body.required);
        let taken = operation
            .inputs
            .iter()
            .any(|input| input.name == names::single(&thing))
            || (optional && names::RESERVED_SETTERS.contains(&thing.as_str()));
        if let Some(body) = operation.body.as_mut().filter(|_| !taken) {
            body.name = names::single(&thing);
        }
        operation
    });
    operations.collect()
}

/// What an operation without an id does, by its method and whether its path ends with a parameter.
fn by_path(operation: &Operation) -> Words {
    let on_item = operation.path.trim_end_matches(".json").ends_with('}');
    let verb = match (operation.http, on_item) {
        (Method::Get, false) => "list",
        (Method::Get, true) => "fetch",
        (Method::Post, false) => "create",
        (Method::Post | Method::Patch, true) => "update",
        (Method::Delete, _) => "delete",
        (Method::Put, _) => "replace",
        (Method::Patch, false) => "patch",
        (Method::Options, _) => "options",
        (Method::Head, _) => "head",
        (Method::Trace, _) => "trace",
    };
    Words::of(verb)
}

/// Names what a resource's module declares, once the names of all types are known.
pub(crate) fn name_calls(model: &mut Crate) {
    for (index, module) in model.modules.iter_mut().enumerate() {
        let homes = [Home::Root, Home::Module(index)];
        let types = model.types.iter();
        let types = types.filter(|definition| homes.contains(&definition.home));
        let types = types.map(|definition| definition.name.as_str());
        let reserved: BTreeSet<&str> = types.chain(names::RESERVED_TYPES.iter().copied()).collect();
        for resource in &mut module.resources {
            name_resource(resource, &reserved);
        }
    }
}

fn name_resource(resource: &mut Resource, reserved: &BTreeSet<&str>) {
    let handle = resource.handle.to_string();
    let mut spellings = vec![Candidates::new([
        handle.clone(),
        format!("{handle}Resource"),
    ])];
    for operation in &resource.operations {
        let stem = Words::of(operation.method.as_str()).pascal();
        spellings.push(Candidates::new([
            format!("{stem}Request"),
            format!("{stem}CallRequest"),
        ]));
        if let Success::OneOf(_) = operation.success {
            spellings.push(Candidates::new([
                format!("{stem}Answer"),
                format!("{stem}CallAnswer"),
            ]));
        }
    }
    let is_reserved = |spelling: &str| reserved.contains(spelling);
    let mut names = names::assign_apart(&spellings, &is_reserved).into_iter();
    if let Some(name) = names.next() {
        resource.handle = name;
    }
    for operation in &mut resource.operations {
        if let Some(request) = names.next() {
            operation.request = request;
        }
        if let Success::OneOf(_) = operation.success
            && let Some(answer) = names.next()
        {
            operation.answer = answer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_version, segments, spellings};

    #[test]
    fn a_resource_is_its_fixed_steps_without_version_and_extension() {
        assert_eq!(segments("/v2/Credentials/{Sid}"), ["Credentials"]);
        assert_eq!(
            segments("/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json"),
            ["Accounts", "Calls"]
        );
        assert_eq!(segments("/2010-04-01/Accounts.json"), ["Accounts"]);
    }

    #[test]
    fn versions_are_recognised_at_the_beginning_only() {
        assert!(is_version("v1") && is_version("2010-04-01") && is_version("v2.1"));
        assert!(!is_version("video") && !is_version("Credentials"));
        assert_eq!(segments("/api/v1/things"), ["api", "v1", "things"]);
    }

    #[test]
    fn a_name_that_is_taken_is_qualified_by_its_parent() {
        let key = ["Services".to_owned(), "Channels".to_owned()];
        let names = super::names::assign(
            &[
                spellings(&key),
                spellings(&["Users".to_owned(), "Channels".to_owned()]),
            ],
            &[],
        );
        assert_eq!(
            names.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["service_channels", "user_channels"]
        );
    }
}
