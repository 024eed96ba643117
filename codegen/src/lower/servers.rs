//! Takes the servers of a document and gives their URLs and variables; a URL that can't be completed it must leave out.

use std::collections::BTreeMap;

use openapiv3::{Operation as Source, PathItem, Server, ServerVariable as Variable};

use super::names::{self, Candidates};
use super::words::Words;
use super::{Lowering, Part};
use crate::model::{Login, Module, ServerUrl, ServerVariable};
use crate::settings::Settings;

/// The URLs of a server, or why there is none.
pub(crate) type Servers = Result<Vec<ServerUrl>, String>;

impl Lowering<'_> {
    /// The servers that most operations use.
    pub(crate) fn servers(&self) -> Servers {
        let mut uses: BTreeMap<Servers, usize> = BTreeMap::new();
        for (_, item) in self.items() {
            for (_, operation) in item.iter() {
                *uses.entry(self.servers_of(item, operation)).or_default() += 1;
            }
        }
        // Of two that are used alike, the first in alphabetical order: the result must not depend on the document's order.
        uses.into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
            .map_or_else(|| Ok(Vec::new()), |(servers, _)| servers)
    }

    pub(crate) fn servers_of(&self, item: &PathItem, operation: &Source) -> Servers {
        let lists = [
            &operation.servers,
            &item.servers,
            &self.document.api().servers,
        ];
        let list = lists.into_iter().find(|list| !list.is_empty());
        let Some((first, others)) = list.and_then(|list| list.split_first()) else {
            return Err("the document names no server".to_owned());
        };
        let mut urls = vec![server_url(first)?];
        for url in others.iter().filter_map(|other| server_url(other).ok()) {
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        Ok(urls)
    }
}

/// The URL of a server. With the defaults of its variables it has to be absolute.
fn server_url(server: &Server) -> Result<ServerUrl, String> {
    let template = server.url.trim_end_matches('/').to_owned();
    let mut variables = Vec::new();
    let mut complete = String::new();
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .ok_or_else(|| format!("its server `{template}` has an open brace"))?;
        let mut declared = server.variables.iter().flatten();
        let declared = declared.find(|(known, _)| *known == name);
        let (_, variable) = declared
            .ok_or_else(|| format!("its server does not say what its variable `{name}` is"))?;
        if !variables.iter().any(|(known, _)| known == name) {
            variables.push((name.to_owned(), variable.default.clone()));
        }
        complete.push_str(before);
        complete.push_str(&variable.default);
        rest = after;
    }
    complete.push_str(rest);
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "{}<>\"\\".contains(c);
    let is_absolute = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| complete.strip_prefix(scheme)?.split('/').next())
        .any(|host| !host.is_empty() && !host.starts_with(['.', ':']) && !host.contains(is_odd));
    if is_absolute {
        Ok(ServerUrl {
            template,
            variables,
        })
    } else {
        Err(format!("its server `{complete}` is not an absolute URL"))
    }
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
        for url in &module.servers {
            for (wire, _) in &url.variables {
                add(
                    &mut found,
                    wire,
                    &url.template,
                    declaration(part, wire),
                    settings,
                );
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
    wire: &str,
    template: &str,
    declaration: Option<&Variable>,
    settings: &Settings,
) {
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
        return;
    }
    found.push(ServerVariable {
        wire: wire.to_owned(),
        name: names::single(&Words::of(wire).snake()),
        docs: docs.unwrap_or_default(),
        values: values.unwrap_or_default(),
        default: declaration.map_or_else(String::new, |variable| variable.default.clone()),
        templates: vec![template.to_owned()],
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
