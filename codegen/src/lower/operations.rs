//! Takes the paths of a document and gives its operations; what it can't express it must leave out with a reason, never in silence.

use openapiv3::{Operation as Source, PathItem};

use super::answers::Reading;
use super::bodies::Body;
use super::names;
use super::parameters::name_inputs;
use super::servers::Servers;
use super::words::Words;
use super::{Lowering, examples, pages};
use crate::model::{Method, Operation, Success};
use crate::source::Pointer;

/// An operation and what its resource is made of.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) operation: Operation,
    pub(crate) tag: Option<String>,
    /// Whether the document gives it an id.
    pub(crate) has_id: bool,
    /// What tells it apart from the operation that it is a variant of.
    pub(crate) suffix: String,
    /// Its list of servers.
    pub(crate) servers: usize,
}

impl<'d> Lowering<'d> {
    pub(crate) fn items(&self) -> impl Iterator<Item = (&'d String, &'d PathItem)> + use<'d> {
        let document = self.document;
        document
            .api()
            .paths
            .paths
            .iter()
            .filter_map(|(path, item)| Some((path, item.as_item()?)))
    }

    /// Every operation that the crate can have.
    pub(crate) fn operations(&mut self, servers: &mut Servers) -> Vec<Found> {
        let document = self.document;
        let mut found = Vec::new();
        for (path, item) in &document.api().paths.paths {
            let Some(item) = item.as_item() else { continue };
            for (method, source) in item.iter() {
                let pointer = Pointer::root().child("paths").child(path).child(method);
                let operations = match self.variants(path, method, item, source, &pointer) {
                    Ok(operations) => operations,
                    Err(reason) => {
                        self.skip(&pointer, reason);
                        continue;
                    }
                };
                for (operation, suffix) in operations {
                    found.push(Found {
                        servers: self.servers_of(servers, item, source, &pointer),
                        operation,
                        tag: source.tags.first().cloned(),
                        has_id: source.operation_id.is_some(),
                        suffix,
                    });
                }
            }
        }
        found
    }

    /// An operation for each kind of body that it takes and of answer that it gives, and what tells them apart.
    fn variants(
        &mut self,
        path: &str,
        method: &str,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
    ) -> Result<Vec<(Operation, String)>, String> {
        let (base, bodies, readings) = self.operation(path, method, item, source, pointer)?;
        let mut bodies: Vec<Option<Body>> = bodies.into_iter().map(Some).collect();
        if bodies.is_empty() {
            bodies.push(None);
        }
        let mut all = Vec::new();
        for (index, body) in bodies.into_iter().enumerate() {
            let of_body = body.as_ref().filter(|_| index > 0);
            let of_body = of_body.map_or("", |body| body.suffix);
            let with_body = with_body(base.clone(), body);
            for reading in &readings {
                let mut operation = self.read_as(with_body.clone(), reading);
                operation.variant = index > 0;
                all.push((operation, format!("{of_body} {}", reading.suffix)));
            }
        }
        Ok(all)
    }

    /// The operation in one of the ways in which it answers.
    fn read_as(&mut self, mut operation: Operation, reading: &Reading) -> Operation {
        operation.success = reading.success.clone();
        operation.accept.clone_from(&reading.accept);
        operation.is_second = !reading.suffix.is_empty();
        if let Success::Json(answer) = &operation.success {
            operation.paging = pages::mark(self.drafts, answer, &operation.inputs);
        }
        operation
    }

    /// An operation without its body, and the bodies that it may have.
    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
    ) -> Result<(Operation, Vec<Body>, Vec<Reading>), String> {
        let http = http_method(method)?;
        let id = source
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{method} {path}"));
        let security = self.security(source, pointer);
        let inputs = self.parameters(item, source, pointer, &id);
        let bodies = self.bodies(source, pointer, &id);
        let readings = self.readings(source, pointer, &id, http);
        let operation = Operation {
            method: names::single(&Words::of(&id).snake()),
            request: names::single("Request"),
            answer: names::single("Answer"),
            errors: self.failures(source, pointer, &id),
            headers: self.headers(&self.successes(source, pointer, &id), &id),
            id,
            http,
            path: path.to_owned(),
            docs: description(source),
            see: source.external_docs.as_ref().map(|docs| docs.url.clone()),
            deprecated: source.deprecated,
            inputs,
            body: None,
            media: None,
            variant: false,
            success: Success::Empty,
            accept: None,
            is_second: false,
            security,
            server: None,
            paging: None,
            examples: Vec::new(),
            role: examples::role(self.document, source),
        };
        Ok((operation, bodies, readings))
    }
}

fn with_body(mut operation: Operation, body: Option<Body>) -> Operation {
    if let Some(body) = body {
        operation.inputs.extend(body.inputs);
        operation.body = body.argument;
        operation.media = Some(body.kind);
    }
    name_inputs(&mut operation.inputs);
    operation
}

fn http_method(method: &str) -> Result<Method, String> {
    Ok(match method {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        other => return Err(format!("`{other}` is no HTTP method of OpenAPI")),
    })
}

fn description(source: &Source) -> String {
    let summary = source.summary.as_deref().unwrap_or_default().trim();
    let description = source.description.as_deref().unwrap_or_default().trim();
    if description.is_empty() || description.starts_with(summary) {
        return if description.is_empty() {
            summary.to_owned()
        } else {
            description.to_owned()
        };
    }
    if summary.is_empty() {
        description.to_owned()
    } else {
        format!("{summary}\n\n{description}")
    }
}
