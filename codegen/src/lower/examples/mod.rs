//! Takes the examples of documents and the named model, and gives each operation those that its generated tests can use; it must never drop one that contradicts its document without a word.

mod call;
mod misfit;
mod objects;
mod reads;
mod role;
mod value;

use std::borrow::Cow;

use openapiv3::{MediaType, Operation as Source, PathItem, ReferenceOr, StatusCode};

pub(crate) use role::role;

use super::media::is_json;
use super::names::{self, Candidates};
use super::words::Words;
use super::{DocumentReport, Part};
use crate::cores;
use crate::diagnostic::Code;
use crate::document::Document;
use crate::model::{
    BodyKind, Crate, Example, ExampleBody, Module, Operation, Resource, Sent, Statuses, Success,
    Type, Value,
};
use crate::source::{Pointer, unescape};

use misfit::Misfit;

/// Gives every operation its examples, and every report what is to be said of those that can't be used.
pub(crate) fn lower(model: &mut Crate, parts: &[Part], reports: &mut [DocumentReport]) {
    let mut all = Vec::new();
    for ((module, part), report) in model.modules.iter().zip(parts).zip(reports) {
        let resources = module.resources.iter();
        let operations = resources.flat_map(|one| one.operations.iter().map(move |it| (one, it)));
        let operations: Vec<_> = operations.collect();
        let found = cores::each(cores::PER_DOCUMENT, &operations, |(_, operation)| {
            let lowering = Lowering {
                model,
                module,
                operation,
                document: &part.document,
            };
            lowering.examples()
        });
        let mut named = Vec::new();
        for ((resource, operation), (examples, told)) in operations.into_iter().zip(found) {
            report.remarks.extend(told.remarks);
            named.push((resource, operation, examples));
        }
        all.extend(with_names(named));
    }
    let modules = model.modules.iter_mut();
    let resources = modules.flat_map(|module| &mut module.resources);
    let operations = resources.flat_map(|resource| &mut resource.operations);
    for (operation, examples) in operations.zip(all) {
        operation.examples = examples;
    }
}

/// What an example shows, and what it is called in the document.
type Found = Vec<(String, ExampleBody)>;

/// Names the examples of each operation, and the tests of all of a module.
fn with_names(found: Vec<(&Resource, &Operation, Found)>) -> Vec<Vec<Example>> {
    let snake = |text: &str| Words::of(text).snake();
    let mut spellings = Vec::new();
    for (resource, operation, examples) in &found {
        for (name, _) in examples {
            let (method, http) = (&operation.method, operation.http.as_str());
            let test = format!("{} {method} {name}", resource.module);
            let place = format!("{http} {} {test}", operation.path);
            spellings.push(Candidates::new([snake(&test), snake(&place)]));
        }
    }
    let mut tests = names::assign(&spellings, &[]).into_iter();
    let operations = found.into_iter().map(|(_, _, examples)| {
        let spellings: Vec<_> = examples
            .iter()
            .map(|(name, _)| Candidates::new([snake(name)]))
            .collect();
        let names = names::assign(&spellings, &[]).into_iter();
        let pairs = examples.into_iter().zip(names).zip(&mut tests);
        let examples = pairs.map(|(((_, body), name), test)| Example { name, test, body });
        examples.collect()
    });
    operations.collect()
}

/// An example with as many properties that its schema does not have is none of it.
const MOST_UNKNOWN: usize = 32;

/// A value that a document shows.
#[derive(Clone, Copy, Debug)]
struct Original<'d> {
    name: &'d str,
    value: &'d Value,
    /// Whether it is the one example that has no name.
    single: bool,
}

impl Original<'_> {
    /// Where it stands in the media type.
    fn pointer(&self, media: &Pointer) -> Pointer {
        if self.single {
            media.child("example")
        } else {
            media.child("examples").child(self.name).child("value")
        }
    }
}

fn values<'d>(document: &'d Document, media: &'d MediaType) -> Vec<Original<'d>> {
    let single = media.example.iter();
    let single = single.map(|value| Original {
        name: "example",
        value,
        single: true,
    });
    let named = media.examples.iter().filter_map(|(name, example)| {
        let value = document.example(example)?.value.as_ref()?;
        Some(Original {
            name,
            value,
            single: false,
        })
    });
    single.chain(named).collect()
}

/// Takes a member out; the steps lead to it, the last one first.
fn remove(value: &mut Value, steps: &[String]) -> bool {
    let Some((member, before)) = steps.split_first() else {
        return false;
    };
    let holder = before
        .iter()
        .rev()
        .try_fold(value, |value, step| match value {
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            other => other.get_mut(step),
        });
    let members = holder.and_then(Value::as_object_mut);
    members.is_some_and(|members| members.remove(member).is_some())
}

/// What the examples of one operation are made with.
struct Lowering<'m> {
    model: &'m Crate,
    module: &'m Module,
    operation: &'m Operation,
    document: &'m Document,
}

impl<'m> Lowering<'m> {
    /// The examples, and what is to be said of others.
    fn examples(&self) -> (Found, DocumentReport) {
        let (mut found, mut report) = (Vec::new(), DocumentReport::default());
        if let Some((source, pointer)) = self.source() {
            if !self.operation.is_second {
                self.requests(source, &pointer, &mut found, &mut report);
            }
            // What a variant answers is shown by the operation that it is a variant of.
            if !self.operation.variant {
                self.answers(source, &pointer, &mut found, &mut report);
            }
        }
        (found, report)
    }

    /// The operation as the document has it.
    fn source(&self) -> Option<(&'m Source, Pointer)> {
        let item = self.document.api().paths.paths.get(&self.operation.path)?;
        let item: &PathItem = item.as_item()?;
        let method = self.operation.http.as_str().to_ascii_lowercase();
        let (_, source) = item.iter().find(|(name, _)| *name == method)?;
        let pointer = Pointer::root().child("paths").child(&self.operation.path);
        Some((source, pointer.child(&method)))
    }

    fn requests(
        &self,
        source: &'m Source,
        pointer: &Pointer,
        found: &mut Found,
        report: &mut DocumentReport,
    ) {
        let Some(media) = &self.operation.media else {
            return;
        };
        let Some((content, place)) = self.content(source, pointer) else {
            return;
        };
        if !matches!(media, BodyKind::Form | BodyKind::Json(_)) {
            return;
        }
        let same = |name: &str| super::media::essence(name) == super::media::essence(media.media());
        for (name, described) in content.iter().filter(|(name, _)| same(name)) {
            let place = place.child(name);
            for given in values(self.document, described) {
                let (sent, misfits) = self.sent(given.value);
                found.extend(
                    sent.map(|sent| (format!("sends {}", given.name), ExampleBody::Sent(sent))),
                );
                let start = given.pointer(&place);
                for (steps, message) in misfits {
                    warn(report, &start, &steps, message);
                }
            }
        }
    }

    /// The call that sends an example without what the schema does not have, and all that is wrong with it.
    fn sent(&self, value: &Value) -> (Option<Sent>, Vec<(Vec<String>, String)>) {
        let mut left = Cow::Borrowed(value);
        let mut misfits = Vec::new();
        while misfits.len() < MOST_UNKNOWN {
            match call::of(self.model, self.module, self.operation, &left) {
                Ok(sent) => return (Some(sent), misfits),
                Err(Misfit::Beyond) => break,
                Err(Misfit::Contradicts { steps, reason }) => {
                    let message = format!("this example of a request would be refused: {reason}");
                    misfits.push((steps, message));
                    break;
                }
                Err(Misfit::Unknown { steps }) => {
                    let removed = remove(left.to_mut(), &steps);
                    let message =
                        "this example of a request has a property that the schema does not have";
                    misfits.push((steps, message.to_owned()));
                    if !removed {
                        break;
                    }
                }
            }
        }
        (None, misfits)
    }

    /// What the body of a request may be, and where that stands.
    fn content(
        &self,
        source: &'m Source,
        pointer: &Pointer,
    ) -> Option<(&'m indexmap::IndexMap<String, MediaType>, Pointer)> {
        let reference = source.request_body.as_ref()?;
        let body = self.document.request_body(reference)?;
        let body_place = place(reference, pointer.child("requestBody"));
        Some((&body.content, body_place.child("content")))
    }

    fn answers(
        &self,
        source: &'m Source,
        pointer: &Pointer,
        found: &mut Found,
        report: &mut DocumentReport,
    ) {
        let pointer = pointer.child("responses");
        let default = source.responses.default.iter();
        let default = default.map(|response| (Statuses::Any, response));
        let responses = source.responses.responses.iter();
        let responses = responses.map(|(status, response)| match status {
            StatusCode::Code(code) => (Statuses::Code(*code), response),
            StatusCode::Range(digit) => (Statuses::Range(*digit), response),
        });
        for (statuses, reference) in responses.chain(default) {
            let Some(response) = self.document.response(reference) else {
                continue;
            };
            let status = spelled(statuses);
            let Some((ty, is_usual)) = self.answer(statuses, &status) else {
                continue;
            };
            let content = place(reference, pointer.child(&status)).child("content");
            for (name, media) in response.content.iter().filter(|(name, _)| is_json(name)) {
                for given in values(self.document, media) {
                    if let Err(misfit) = reads::check(self.model, &ty, given.value) {
                        if let Misfit::Contradicts { steps, reason } = misfit {
                            let message =
                                format!("this example of an answer can't be read: {reason}");
                            warn(
                                report,
                                &given.pointer(&content.child(name)),
                                &steps,
                                message,
                            );
                        }
                        continue;
                    }
                    let (ty, json) = (ty.clone(), given.value.clone());
                    found.push(if is_usual {
                        (
                            format!("reads {}", given.name),
                            ExampleBody::Answer { ty, json },
                        )
                    } else {
                        (
                            format!("reads {status} {}", given.name),
                            ExampleBody::OtherAnswer { ty, json },
                        )
                    });
                }
            }
        }
    }

    /// What JSON of that status is read as, and whether that is the usual success.
    fn answer(&self, statuses: Statuses, status: &str) -> Option<(Type, bool)> {
        let is_success = matches!(statuses, Statuses::Code(200..300) | Statuses::Range(2));
        match &self.operation.success {
            Success::Json(ty) if is_success => return Some((ty.clone(), true)),
            Success::OneOf(answers) => {
                let mut answers = answers.iter().filter(|one| one.statuses == statuses);
                let json = answers.find_map(|one| match &one.success {
                    Success::Json(ty) => Some(ty),
                    _ => None,
                });
                if let Some(ty) = json {
                    return Some((ty.clone(), false));
                }
            }
            _ => {}
        }
        let mut errors = self.operation.errors.iter();
        let error = errors.find(|error| error.status == status)?;
        Some((error.ty.clone()?, false))
    }
}

/// Where something stands that may be a component.
fn place<T>(reference: &ReferenceOr<T>, inline: Pointer) -> Pointer {
    let component = match reference {
        ReferenceOr::Reference { reference } => reference.strip_prefix("#/"),
        ReferenceOr::Item(_) => None,
    };
    component.map_or(inline, |steps| {
        let steps = steps.split('/').map(unescape);
        steps.fold(Pointer::root(), |pointer, step| pointer.child(&step))
    })
}

fn spelled(statuses: Statuses) -> String {
    match statuses {
        Statuses::Code(code) => code.to_string(),
        Statuses::Range(digit) => format!("{digit}XX"),
        Statuses::Any => "default".to_owned(),
    }
}

fn warn(report: &mut DocumentReport, start: &Pointer, steps: &[String], message: String) {
    let steps = steps.iter().rev();
    let pointer = steps.fold(start.clone(), |pointer, step| pointer.child(step));
    report.warn(Code::ContradictingExample, pointer, message);
}
