//! Takes the servers of a document and gives those of each operation, with their variables; it must never leave out an operation for its server.

use openapiv3::{Operation as Source, PathItem, Server, ServerVariable as Variable};

use super::names::{self, Candidates};
use super::operations::Found;
use super::server_url;
use super::words::Words;
use super::{Lowering, Part};
use crate::diagnostic::Code;
use crate::model::{Login, Module, Name, Reach, ServerUrl, ServerVariable, Takes, UrlVariable};
use crate::settings::Settings;
use crate::source::Pointer;

/// The servers of a document: each list that operations have, once.
#[derive(Debug, Default)]
pub(crate) struct Servers {
    lists: Vec<Vec<ServerUrl>>,
    /// That of the document itself, once an operation needed it.
    root: Option<usize>,
}

impl Lowering<'_> {
    /// The list of servers that an operation has.
    pub(crate) fn servers_of(
        &mut self,
        known: &mut Servers,
        item: &PathItem,
        operation: &Source,
        pointer: &Pointer,
    ) -> usize {
        let parent = pointer.parent().unwrap_or_default();
        let root = &self.document.api().servers;
        let (list, place) = if !operation.servers.is_empty() {
            (&operation.servers, pointer.clone())
        } else if !item.servers.is_empty() {
            (&item.servers, parent)
        } else if let Some(index) = known.root {
            return index;
        } else {
            (root, Pointer::root())
        };
        let is_root = place == Pointer::root();
        let urls = self.server_urls(list, &place);
        let index = known.lists.iter().position(|list| *list == urls);
        let index = index.unwrap_or_else(|| {
            known.lists.push(urls);
            known.lists.len() - 1
        });
        if is_root {
            known.root = Some(index);
        }
        index
    }

    /// The URLs of a list, the first one that requests can be sent to at its beginning.
    fn server_urls(&mut self, list: &[Server], place: &Pointer) -> Vec<ServerUrl> {
        let mut urls: Vec<ServerUrl> = Vec::new();
        let mut problem = "the document names no server".to_owned();
        for (index, server) in list.iter().enumerate() {
            match server_url::parse(server) {
                Ok(Some(url)) if !urls.contains(&url) => urls.push(url),
                Ok(_) => {}
                Err(reason) => {
                    let pointer = place.child("servers").index(index).child("url");
                    let message = format!("this server is left out: {reason}");
                    self.report.warn(Code::UnusableServer, pointer, message);
                    "none of its servers can be used".clone_into(&mut problem);
                }
            }
        }
        // The order of the document stands, but nothing can be sent to the others before the user says where.
        urls.sort_by_key(|url| url.reach != Reach::Absolute);
        let first = urls.first().map(|url| url.reach);
        match first {
            Some(Reach::Relative) => urls.truncate(1),
            _ => urls.retain(|url| url.reach != Reach::Relative),
        }
        let pointer = if list.is_empty() {
            place.clone()
        } else {
            place.child("servers")
        };
        self.undeclared(&urls, &pointer);
        match first {
            Some(Reach::Absolute) => return urls,
            Some(Reach::Relative) => {
                "its server is a path, below a URL that the document does not have"
                    .clone_into(&mut problem);
            }
            Some(Reach::Plain) => {
                "its server has no HTTPS, and nothing is sent without".clone_into(&mut problem);
            }
            None => {}
        }
        let message = format!("users have to call `base_url`: {problem}");
        self.report.note(Code::NeedsBaseUrl, pointer, message);
        urls
    }

    /// Says which variables users have to set.
    fn undeclared(&mut self, urls: &[ServerUrl], pointer: &Pointer) {
        let Some(url) = urls.first() else { return };
        for variable in url.variables.iter().filter(|one| one.default.is_none()) {
            let message = format!(
                "the variable `{}` of `{}` has no default that makes a URL, so users have to set it",
                variable.wire, url.template
            );
            self.report
                .warn(Code::UndeclaredVariable, pointer.clone(), message);
        }
    }
}

/// The servers that most operations have, and those of the others, each with its static.
pub(crate) fn assign(
    servers: Servers,
    found: &mut [Found],
) -> (Vec<ServerUrl>, Vec<(Name, Vec<ServerUrl>)>) {
    let uses = |index: usize| found.iter().filter(|one| one.servers == index).count();
    let mut lists: Vec<(usize, usize, Vec<ServerUrl>)> = servers
        .lists
        .into_iter()
        .enumerate()
        .map(|(index, urls)| (uses(index), index, urls))
        .collect();
    // Of two that are used alike, the first in alphabetical order: the result must not depend on the document's order.
    lists.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    lists.retain(|(uses, ..)| found.is_empty() || *uses > 0);
    let mut lists = lists.into_iter();
    let main = lists.next().map(|(_, _, urls)| urls).unwrap_or_default();
    let mut others = Vec::new();
    for (number, (_, index, urls)) in lists.enumerate() {
        let name = names::single(&format!("SERVER_{}", number + 2));
        for one in found.iter_mut().filter(|one| one.servers == index) {
            one.operation.server = Some(name.clone());
        }
        others.push((name, urls));
    }
    (main, others)
}

/// What users of the crate may choose, in the order of the documents.
pub(crate) fn variables(
    settings: &Settings,
    parts: &[Part],
    modules: &[Module],
    logins: &[Login],
) -> Vec<ServerVariable> {
    let mut found: Vec<ServerVariable> = Vec::new();
    for (part, module) in parts.iter().zip(modules) {
        for url in module.urls() {
            for variable in &url.variables {
                let declaration = declaration(part, &variable.wire);
                add(&mut found, variable, &url.template, declaration, settings);
            }
        }
    }
    let mut reserved: Vec<String> = logins
        .iter()
        .map(|login| login.method.to_string())
        .collect();
    let names = modules.iter().filter_map(|module| module.name.as_ref());
    reserved.extend(names.map(|name| format!("{name}_base_url")));
    let mut reserved: Vec<&str> = reserved.iter().map(String::as_str).collect();
    reserved.extend(names::RESERVED_BUILDER);
    let spellings: Vec<_> = found
        .iter()
        .map(|variable| {
            let name = Words::of(&variable.wire).snake();
            let qualified = format!("server_{name}");
            Candidates::new([name, qualified])
        })
        .collect();
    for (variable, name) in found.iter_mut().zip(names::assign(&spellings, &reserved)) {
        variable.name = name;
    }
    found
}

fn add(
    found: &mut Vec<ServerVariable>,
    variable: &UrlVariable,
    template: &str,
    declaration: Option<&Variable>,
    settings: &Settings,
) {
    let (wire, required) = (variable.wire.as_str(), variable.default.is_none());
    let docs = declaration.and_then(|variable| variable.description.clone());
    let values = declaration.map(|variable| variable.enumeration.clone());
    if let Some(known) = found.iter_mut().find(|variable| variable.wire == wire) {
        if known.docs.is_empty() {
            known.docs = docs.unwrap_or_default();
        }
        for value in values.unwrap_or_default() {
            if !known.values.contains(&value) {
                known.values.push(value);
            }
        }
        if !known.templates.iter().any(|other| other == template) {
            known.templates.push(template.to_owned());
        }
        if known.takes != variable.takes {
            known.takes = Takes::Label;
        }
        known.required |= required;
        return;
    }
    found.push(ServerVariable {
        wire: wire.to_owned(),
        name: names::single(&Words::of(wire).snake()),
        docs: docs.unwrap_or_default(),
        values: values.unwrap_or_default(),
        default: declaration.map_or_else(String::new, |variable| variable.default.clone()),
        templates: vec![template.to_owned()],
        takes: variable.takes,
        required,
        environment: settings.servers.env.get(wire).cloned(),
    });
}

/// What a document says of a variable, wherever a server has it; a description comes before none.
fn declaration<'p>(part: &'p Part, wire: &str) -> Option<&'p Variable> {
    let api = part.document.api();
    let items = api.paths.paths.values().filter_map(|item| item.as_item());
    let below = items.flat_map(|item| {
        let operations = item.iter().flat_map(|(_, operation)| &operation.servers);
        item.servers.iter().chain(operations)
    });
    let servers = api.servers.iter().chain(below);
    let declared = servers.filter_map(|server| server.variables.as_ref()?.get(wire));
    let declared: Vec<_> = declared.collect();
    let described = declared.iter().find(|one| one.description.is_some());
    described.or(declared.first()).copied()
}
