//! Takes a document whose references resolve and gives what is wrong between its operations: ids, path templates, parameters and security; it must never look into schemas.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToLowerCamelCase;
use serde_json::{Map, Value};

use super::check::{Mistake, Repair};
use super::hoist::free;
use super::moves::Moves;
use super::reference::local;
use super::spelling::{nearest, suggestion};
use super::table::METHODS;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::source::{Pointer, Source, at};

/// What was found between the operations.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) repairs: Vec<Repair>,
}

/// A parameter, wherever it is declared.
struct Declared<'a> {
    name: &'a str,
    location: &'a str,
    /// The element of the list of parameters.
    pointer: Pointer,
}

const LOCATIONS: [&str; 4] = ["query", "header", "path", "cookie"];

/// The location of a parameter that can't be read.
const UNKNOWN: &str = "";

struct Checker<'a> {
    source: &'a Source,
    value: &'a Value,
    moves: &'a Moves,
    schemes: BTreeSet<&'a str>,
    ids: BTreeMap<&'a str, Pointer>,
    /// Every id that an operation has, or is given.
    taken: BTreeSet<String>,
    templates: BTreeMap<String, Pointer>,
    findings: Findings,
}

/// Checks all operations. `moves` says where the text has what was renamed.
pub(super) fn check(source: &Source, value: &Value, moves: &Moves) -> Findings {
    let schemes = value
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object);
    let schemes = schemes
        .into_iter()
        .flat_map(Map::keys)
        .map(String::as_str)
        .collect();
    let mut checker = Checker {
        source,
        value,
        moves,
        schemes,
        ids: BTreeMap::new(),
        taken: ids(value),
        templates: BTreeMap::new(),
        findings: Findings::default(),
    };
    checker.security(value, &Pointer::root());
    let paths = value.get("paths").and_then(Value::as_object);
    for (template, item) in paths
        .into_iter()
        .flatten()
        .filter(|(key, _)| key.starts_with('/'))
    {
        checker.path(
            template,
            item,
            &Pointer::root().child("paths").child(template),
        );
    }
    checker.findings
}

impl<'a> Checker<'a> {
    fn path(&mut self, template: &'a str, item: &'a Value, pointer: &Pointer) {
        self.template(template, pointer);
        let shared = self.parameters(item, pointer);
        let mut used = BTreeSet::new();
        let mut operations = 0;
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            operations += 1;
            let pointer = pointer.child(method);
            self.operation_id(operation, &pointer, method, template);
            self.security(operation, &pointer);
            let own = self.parameters(operation, &pointer);
            self.placeholders(template, &pointer, &shared, &own, &mut used);
        }
        let unused = shared
            .iter()
            .filter(|one| one.location == "path" && !used.contains(one.name));
        let unused: Vec<_> = unused.filter(|_| operations > 0).collect();
        for one in unused {
            self.unused(template, one);
        }
    }

    /// Two templates that are equal but for names are the same path.
    fn template(&mut self, template: &str, pointer: &Pointer) {
        let names = placeholders(template);
        let shape = names.iter().fold(template.to_owned(), |shape, name| {
            shape.replacen(&format!("{{{name}}}"), "{}", 1)
        });
        if let Some(first) = self.templates.get(&shape) {
            let message = format!(
                "the path is the same as that{} but for the names of its parameters",
                self.line(&Place::key(first.clone()))
            );
            self.report(
                Severity::Warning,
                Code::DuplicatePath,
                Place::key(pointer.clone()),
                message,
                "put the operations into one path",
            );
        } else {
            self.templates.insert(shape, pointer.clone());
        }
    }

    fn operation_id(
        &mut self,
        operation: &'a Value,
        pointer: &Pointer,
        method: &str,
        template: &str,
    ) {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            return;
        };
        let pointer = pointer.child("operationId");
        let Some(first) = self.ids.get(id) else {
            self.ids.insert(id, pointer);
            return;
        };
        let line = self.line(&Place::value(first.clone()));
        let message = format!("the operation id `{id}` is already used{line}");
        let help = "give one of the two operations another id";
        let own = free(
            &format!("{method} {template}").to_lower_camel_case(),
            |name| self.taken.contains(name),
        );
        self.taken.insert(own.clone());
        let mend = format!("this operation is called `{own}`");
        let repair = Repair::Set(pointer.clone(), Value::String(own));
        let place = Place::value(pointer);
        self.mistake(
            (Code::DuplicateOperationId, place),
            message,
            help,
            mend,
            [repair],
        );
    }

    fn security(&mut self, holder: &'a Value, pointer: &Pointer) {
        let Some(Value::Array(requirements)) = holder.get("security") else {
            return;
        };
        let list = pointer.child("security");
        let known = |requirement: &Value| {
            let mut names = requirement.as_object().into_iter().flat_map(Map::keys);
            names.all(|name| self.schemes.contains(name.as_str()))
        };
        let all = !requirements.iter().any(known);
        for (index, requirement) in requirements.iter().enumerate() {
            let pointer = list.index(index);
            for name in requirement.as_object().into_iter().flat_map(Map::keys) {
                if self.schemes.contains(name.as_str()) {
                    continue;
                }
                let meant = nearest(name, self.schemes.iter().copied());
                let message = format!("there is no security scheme `{name}`{}", suggestion(meant));
                let place = Place::key(pointer.child(name));
                let help =
                    "correct the name, or declare the scheme in `components/securitySchemes`";
                let gone = if all { list.clone() } else { pointer.clone() };
                let fault = (Code::UnknownSecurityScheme, place);
                let repair = Repair::Remove(gone);
                self.mistake(fault, message, help, "the requirement is ignored", [repair]);
            }
        }
    }

    /// The parameters of a list, with those that occur twice reported.
    fn parameters(&mut self, holder: &'a Value, pointer: &Pointer) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut seen = BTreeMap::new();
        let Some(Value::Array(elements)) = holder.get("parameters") else {
            return declared;
        };
        for (index, element) in elements.iter().enumerate() {
            let pointer = pointer.child("parameters").index(index);
            let text = |key| self.resolved(element)?.get(key)?.as_str();
            // A reference to nothing, or a misspelt location: reported before, and it may be any parameter.
            let location = text("in").filter(|location| LOCATIONS.contains(location));
            let (Some(name), Some(location)) = (text("name"), location) else {
                declared.push(Declared {
                    name: "",
                    location: UNKNOWN,
                    pointer,
                });
                continue;
            };
            if let Some(first) = seen.insert((name, location), pointer.clone()) {
                let line = self.line(&Place::value(first));
                let message = format!(
                    "the {location} parameter `{name}` is declared twice; it came first{line}"
                );
                let repair = Repair::Remove(pointer.clone());
                let fault = (Code::DuplicateParameter, Place::value(pointer));
                let help = "remove one of the two";
                self.mistake(fault, message, help, "the first is used", [repair]);
                continue;
            }
            declared.push(Declared {
                name,
                location,
                pointer,
            });
        }
        declared
    }

    /// What a chain of references ends in.
    fn resolved(&self, element: &'a Value) -> Option<&'a Value> {
        let mut element = element;
        // No chain is that long; a circle has been reported before.
        for _ in 0..64 {
            match element.get("$ref") {
                Some(Value::String(target)) => element = at(self.value, &local(target)?)?,
                _ => return Some(element),
            }
        }
        None
    }

    fn placeholders(
        &mut self,
        template: &'a str,
        operation: &Pointer,
        shared: &[Declared<'a>],
        own: &[Declared<'a>],
        used: &mut BTreeSet<&'a str>,
    ) {
        let mut seen = BTreeSet::new();
        let mut names = placeholders(template);
        names.retain(|name| seen.insert(*name));
        let declared = || {
            shared
                .iter()
                .chain(own)
                .filter(|one| one.location == "path")
        };
        if shared.iter().chain(own).any(|one| one.location == UNKNOWN) {
            used.extend(declared().map(|one| one.name));
            return;
        }
        let mut others: Vec<&Declared<'a>> = declared().collect();
        others.retain(|other| !names.contains(&other.name));
        for name in &names {
            if declared().any(|one| one.name == *name) {
                used.insert(*name);
            } else if let Some(meant) = meant(name, &others) {
                // One mistake, not two: the other is the same parameter under a wrong name.
                others.retain(|other| other.name != meant.name);
                used.insert(meant.name);
                self.misnamed(template, name, meant, operation);
            } else {
                self.declare(template, name, operation);
            }
        }
        for one in own.iter().filter(|one| {
            one.location == "path" && others.iter().any(|other| other.name == one.name)
        }) {
            self.unused(template, one);
        }
    }

    fn misnamed(&mut self, template: &str, name: &str, meant: &Declared<'_>, operation: &Pointer) {
        let other = meant.name;
        let message = format!(
            "the path parameter `{name}` of `{template}` is not declared; did you mean `{other}`, which is?"
        );
        let help =
            format!("give the parameter the name `{name}`, or write `{{{other}}}` in the path");
        let element = at(self.value, &meant.pointer);
        let repairs = if element.is_some_and(|element| element.get("$ref").is_some()) {
            vec![
                Repair::Remove(meant.pointer.clone()),
                declaration(name, operation),
            ]
        } else {
            let name = Value::String(name.to_owned());
            vec![Repair::Set(meant.pointer.child("name"), name)]
        };
        let fault = (Code::UndeclaredParameter, Place::key(operation.clone()));
        self.mistake(fault, message, help, "it is read as that", repairs);
    }

    /// Declares a parameter that a path has and nothing else speaks of: it can only be text.
    fn declare(&mut self, template: &str, name: &str, operation: &Pointer) {
        let help = format!(
            "add `- {{ name: {name}, in: path, required: true, schema: {{ type: string }} }}` to the parameters"
        );
        let message = format!(
            "the path parameter `{name}` of `{template}` is not declared; it is read as required text"
        );
        self.report(
            Severity::Warning,
            Code::UndeclaredParameter,
            Place::key(operation.clone()),
            message,
            &help,
        );
        self.findings.repairs.push(declaration(name, operation));
    }

    fn unused(&mut self, template: &str, parameter: &Declared<'_>) {
        let name = parameter.name;
        let pointer = parameter.pointer.clone();
        let message = format!("the path `{template}` has no parameter `{name}`");
        let help =
            format!("add `{{{name}}}` to the path, remove the parameter, or correct its `in`");
        let repair = Repair::Remove(pointer.clone());
        let fault = (Code::UnusedParameter, Place::value(pointer));
        self.mistake(fault, message, help, "it is left out", [repair]);
    }

    fn mistake(
        &mut self,
        (code, place): (Code, Place),
        message: String,
        help: impl Into<String>,
        mend: impl Into<String>,
        repairs: impl IntoIterator<Item = Repair>,
    ) {
        let diagnostic = Diagnostic::error(code, self.source.path(), message, help).at(place);
        let mend = mend.into();
        self.findings.mistakes.push(Mistake { diagnostic, mend });
        self.findings.repairs.extend(repairs);
    }

    fn line(&self, place: &Place) -> String {
        self.source
            .locate(&self.moves.original(place))
            .map_or_else(String::new, |at| format!(" in line {}", at.line))
    }

    fn report(
        &mut self,
        severity: Severity,
        code: Code,
        place: Place,
        message: String,
        help: &str,
    ) {
        self.findings
            .diagnostics
            .push(Diagnostic::new(severity, code, self.source.path(), message, help).at(place));
    }
}

/// The parameter that was probably meant by a name.
fn meant<'d, 'a>(name: &str, others: &[&'d Declared<'a>]) -> Option<&'d Declared<'a>> {
    let near = nearest(name, others.iter().map(|other| other.name));
    let near = near.and_then(|near| others.iter().find(|other| other.name == near));
    near.or_else(|| others.first()).copied()
}

/// Adds a parameter of which only the name is known.
fn declaration(name: &str, operation: &Pointer) -> Repair {
    let parameter = serde_json::json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    Repair::Append(operation.child("parameters"), parameter)
}

fn ids(value: &Value) -> BTreeSet<String> {
    let paths = value.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(Map::values);
    let operations = items.flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
    let ids = operations.filter_map(|operation| operation.get("operationId")?.as_str());
    ids.map(str::to_owned).collect()
}

/// The names between braces.
pub(super) fn placeholders(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
